import * as fc from 'fast-check';
import {
  healthAfter,
  reportedAfterFailures,
  type AttemptOutcome,
  type HealthNews,
  type MethodHealth,
} from './method-health.js';

const now = new Date('2026-02-11T02:00:00Z');
const later = new Date('2026-02-11T03:00:00Z');
const unused: MethodHealth = {
  failures: 0,
  failingSince: null,
  lastError: null,
  returned: false,
  reportedFailingAt: null,
};
const passing: AttemptOutcome = { failed: true, permanent: false, error: 'busy', returned: false };
const lasting: AttemptOutcome = { failed: true, permanent: true, error: 'gone', returned: false };
const bounced: AttemptOutcome = { ...lasting, returned: true };
const taken: AttemptOutcome = { failed: false, delivered: false };
const worked: AttemptOutcome = { failed: false, delivered: true };

function run(outcomes: readonly AttemptOutcome[], verified = true): { health: MethodHealth; news: HealthNews[] } {
  let health = unused;
  const news: HealthNews[] = [];
  for (const outcome of outcomes) {
    const after = healthAfter(health, outcome, verified, now);
    health = after.health;
    if (after.news) news.push(after.news);
  }
  return { health, news };
}

describe('a contact method', () => {
  it('is reported at the first failure that would be the same again', () => {
    expect(run([lasting]).news).toEqual(['failing']);
    expect(run([lasting]).health).toEqual({
      failures: 1,
      failingSince: now,
      lastError: 'gone',
      returned: false,
      reportedFailingAt: now,
    });
  });

  it('is reported at the third in a row that may pass', () => {
    expect(run([passing, passing]).news).toEqual([]);
    expect(run([passing, passing, passing]).news).toEqual(['failing']);
    expect(run([passing, passing, worked, passing, passing]).news).toEqual([]);
  });

  it('keeps the time of its first failure', () => {
    const first = healthAfter(unused, passing, true, now).health;
    expect(healthAfter(first, passing, true, later).health.failingSince).toEqual(now);
  });

  it('whose messages come back is not mended by one more that is taken over', () => {
    expect(run([bounced, taken, bounced, taken]).news).toEqual(['failing']);
    expect(run([bounced, taken, worked]).news).toEqual(['failing', 'recovered']);
    expect(run([lasting, taken]).news).toEqual(['failing', 'recovered']);
  });

  it('is not reported before it is verified, and then not for what was before', () => {
    expect(run([lasting, lasting], false).news).toEqual([]);
  });

  it('is reported once until it works again, and then as recovered once', () => {
    const outcomes = fc.array(fc.constantFrom(passing, lasting, bounced, taken, worked), { maxLength: 30 });
    fc.assert(
      fc.property(outcomes, (all) => {
        const { news, health } = run(all);
        expect(news).toEqual(news.map((_, index) => (index % 2 === 0 ? 'failing' : 'recovered')));
        expect(health.reportedFailingAt !== null).toBe(news.at(-1) === 'failing');
        if (health.failures >= reportedAfterFailures) expect(health.reportedFailingAt).not.toBeNull();
        expect(health.failures === 0).toBe(health.failingSince === null);
      }),
    );
  });
});
