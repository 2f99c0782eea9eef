import {
  attemptLastsMs,
  planDeliveries,
  retryPausesMs,
  type PageAttempt,
  type PlanFacts,
} from './notification-plan.js';
import type { NotificationRule } from './notification-schedule.js';

const owedAt = new Date('2026-02-11T02:10:00Z');
const after = (ms: number) => new Date(owedAt.getTime() + ms);
const minute = 60_000;

const methods = ['phone', 'mail', 'pager'].map((id, position) => ({ id, position }));

const twoMethods = methods.slice(0, 2);

const attempt = (
  contactMethodId: string,
  state: PageAttempt['state'],
  at = owedAt,
  permanent = false,
): PageAttempt => ({
  contactMethodId,
  state,
  permanent,
  at,
});

const facts = (changes: Partial<PlanFacts> = {}): PlanFacts => ({
  severity: 'SEV3',
  owedAt,
  methods,
  rules: [],
  attempts: [],
  ...changes,
});

const rule = (contactMethodId: string, afterMs: number, ...severities: PlanFacts['severity'][]): NotificationRule => ({
  severities: severities.length > 0 ? severities : ['SEV3'],
  contactMethodId,
  afterMs,
});

describe('without rules', () => {
  it.each(['SEV1', 'SEV2'] as const)('sends a page of %s by every method at once', (severity) => {
    const plan = planDeliveries(facts({ severity }), owedAt);
    expect(plan).toEqual({ sendNow: ['phone', 'mail', 'pager'], nextAt: null, exhausted: false });
  });

  it.each(['SEV3', 'SEV4'] as const)(
    'sends a page of %s by one method after the other, two minutes apart',
    (severity) => {
      expect(planDeliveries(facts({ severity }), owedAt)).toMatchObject({
        sendNow: ['phone'],
        nextAt: after(2 * minute),
      });
      const delivered = [attempt('phone', 'delivered')];
      expect(planDeliveries(facts({ severity, attempts: delivered }), after(2 * minute - 1)).sendNow).toEqual([]);
      expect(planDeliveries(facts({ severity, attempts: delivered }), after(2 * minute))).toEqual({
        sendNow: ['mail'],
        nextAt: after(4 * minute),
        exhausted: false,
      });
    },
  );

  it('goes by the position of the methods, not by the order in which they are given', () => {
    expect(planDeliveries(facts({ methods: methods.toReversed() }), owedAt).sendNow).toEqual(['phone']);
  });

  it('sends by what is overdue after downtime', () => {
    expect(planDeliveries(facts(), after(60 * minute)).sendNow).toEqual(['phone', 'mail', 'pager']);
  });
});

describe('with rules', () => {
  it('follows the rules for the severity, and keeps the methods that they do not name for the case of failure', () => {
    const rules = [rule('mail', 5 * minute), rule('pager', 0), rule('phone', 0, 'SEV1')];
    expect(planDeliveries(facts({ rules }), owedAt)).toEqual({
      sendNow: ['pager'],
      nextAt: after(5 * minute),
      exhausted: false,
    });
    const reached = [attempt('pager', 'delivered'), attempt('mail', 'sent', after(5 * minute))];
    expect(planDeliveries(facts({ rules, attempts: reached }), after(60 * minute))).toEqual({
      sendNow: [],
      nextAt: null,
      exhausted: false,
    });
    const failed = [attempt('pager', 'failed'), attempt('mail', 'failed')];
    expect(planDeliveries(facts({ rules, attempts: failed }), owedAt).sendNow).toEqual(['phone']);
  });

  it('takes what is due together in the order of the rules', () => {
    const rules = [rule('pager', 0), rule('phone', 0)];
    expect(planDeliveries(facts({ rules }), owedAt).sendNow).toEqual(['pager', 'phone']);
  });

  it('falls back on the default where the rules name no method that works', () => {
    expect(planDeliveries(facts({ rules: [rule('deleted', 0), rule('mail', 0, 'SEV1')] }), owedAt).sendNow).toEqual([
      'phone',
    ]);
  });
});

describe('when a method fails', () => {
  it.each([true, false])('goes to the next one at once (permanent: %s)', (permanent) => {
    const attempts = [attempt('phone', 'failed', owedAt, permanent)];
    expect(planDeliveries(facts({ attempts }), after(1)).sendNow).toEqual(['mail']);
  });

  it('repeats a failure that may pass, ever more slowly and within five minutes', () => {
    const attempts = [attempt('mail', 'delivered'), attempt('phone', 'failed')];
    for (const pauseMs of retryPausesMs) {
      const last = attempts.at(-1)?.at ?? owedAt;
      const now = new Date(last.getTime() + 1);
      const { nextAt } = planDeliveries(facts({ methods: twoMethods, attempts }), now);
      const waitedMs = Number(nextAt) - last.getTime();
      expect(waitedMs).toBeGreaterThanOrEqual(pauseMs);
      expect(waitedMs).toBeLessThan(pauseMs * 1.5);
      expect(planDeliveries(facts({ methods: twoMethods, attempts }), nextAt as Date).sendNow).toEqual(['phone']);
      attempts.push(attempt('phone', 'failed', nextAt as Date));
    }
    expect(Number(attempts.at(-1)?.at)).toBeLessThan(Number(after(5 * minute)));
    expect(planDeliveries(facts({ methods: twoMethods, attempts }), after(60 * minute)).sendNow).toEqual([]);
  });

  it('spreads repetitions of pages that failed together', () => {
    const moments = ['a', 'b', 'c', 'd', 'e', 'f'].map((id) => {
      const attempts = [attempt(id, 'failed')];
      return Number(planDeliveries(facts({ methods: [{ id, position: 0 }], attempts }), after(1)).nextAt);
    });
    expect(new Set(moments).size).toBe(moments.length);
  });

  it('never repeats a failure for good', () => {
    const attempts = [attempt('phone', 'failed', owedAt, true), attempt('mail', 'delivered'), attempt('pager', 'sent')];
    expect(planDeliveries(facts({ attempts }), after(60 * minute))).toMatchObject({ sendNow: [], nextAt: null });
  });

  it('is exhausted when all have failed, and tries those again that may work by then', () => {
    const attempts = [
      attempt('phone', 'failed', owedAt, true),
      attempt('mail', 'failed'),
      attempt('pager', 'failed', owedAt, true),
    ];
    const plan = planDeliveries(facts({ attempts }), after(1));
    expect(plan).toEqual({ sendNow: [], nextAt: expect.any(Date), exhausted: true });
    expect(Number(plan.nextAt)).toBeLessThan(Number(after(minute)));
  });

  it('is exhausted at once without a method', () => {
    expect(planDeliveries(facts({ methods: [] }), owedAt)).toEqual({ sendNow: [], nextAt: null, exhausted: true });
  });
});

describe('while an attempt is under way', () => {
  it('does not make another by the same method, and waits for what comes of it', () => {
    const attempts = [attempt('phone', 'sending')];
    expect(planDeliveries(facts({ attempts }), after(attemptLastsMs - 1))).toEqual({
      sendNow: [],
      nextAt: after(attemptLastsMs),
      exhausted: false,
    });
  });

  it('makes it again when nothing was heard of it in time', () => {
    const attempts = [attempt('phone', 'sending')];
    expect(planDeliveries(facts({ attempts }), after(attemptLastsMs)).sendNow).toEqual(['phone']);
  });
});
