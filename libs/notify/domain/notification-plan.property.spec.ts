import fc from 'fast-check';
import { attemptLastsMs, planDeliveries, type PageAttempt, type PlanFacts } from './notification-plan.js';

const owedAt = new Date('2026-02-11T02:10:00Z');
const ids = ['a', 'b', 'c', 'd'];
const severity = fc.constantFrom('SEV1', 'SEV2', 'SEV3', 'SEV4') as fc.Arbitrary<PlanFacts['severity']>;

const methods = fc
  .shuffledSubarray(ids, { minLength: 1 })
  .map((chosen) => chosen.map((id, position) => ({ id, position })));

const rules = fc.array(
  fc.record({
    severities: fc.uniqueArray(severity, { minLength: 1 }),
    contactMethodId: fc.constantFrom(...ids, 'deleted'),
    afterMs: fc.nat(600_000),
  }),
  { maxLength: 6 },
);

/** What becomes of each attempt, in turn: `lost` is one whose process was killed before it could say. */
const outcomes = fc.array(fc.constantFrom('sent', 'delivered', 'passing', 'permanent', 'lost'), {
  minLength: 1,
  maxLength: 60,
});

interface Story {
  attempts: PageAttempt[];
  exhausted: boolean;
  /** Moments at which something was sent. */
  sent: { at: Date; methodIds: string[]; before: PageAttempt[] }[];
}

/** Lives a page through to its end: sends whatever is planned, and sleeps until the plan says. */
function live(facts: Omit<PlanFacts, 'attempts' | 'owedAt'>, fates: string[]): Story {
  const story: Story = { attempts: [], exhausted: false, sent: [] };
  let now = owedAt;
  let next = 0;
  for (let round = 0; round < 200; round += 1) {
    const plan = planDeliveries({ ...facts, owedAt, attempts: story.attempts }, now);
    story.exhausted = plan.exhausted;
    if (plan.sendNow.length > 0) {
      story.sent.push({ at: now, methodIds: plan.sendNow, before: [...story.attempts] });
      for (const contactMethodId of plan.sendNow) {
        const fate = next < fates.length ? fates[next] : 'permanent';
        next += 1;
        story.attempts.push({ contactMethodId, at: now, ...resultOf(fate ?? 'permanent') });
      }
    } else if (plan.nextAt === null) return story;
    else {
      expect(plan.nextAt.getTime()).toBeGreaterThan(now.getTime());
      now = plan.nextAt;
    }
  }
  throw new Error('The page never came to an end.');
}

function resultOf(fate: string): Pick<PageAttempt, 'state' | 'permanent'> {
  if (fate === 'sent' || fate === 'delivered') return { state: fate, permanent: false };
  if (fate === 'lost') return { state: 'sending', permanent: false };
  return { state: 'failed', permanent: fate === 'permanent' };
}

const page = fc.record({ severity, methods, rules });

describe('planDeliveries', () => {
  it('comes to an end, and has tried every method before it gives up', () => {
    fc.assert(
      fc.property(page, outcomes, (facts, fates) => {
        const { attempts, exhausted } = live(facts, fates);
        const reached = attempts.some(({ state }) => state === 'sent' || state === 'delivered');
        if (exhausted)
          expect(new Set(attempts.map((attempt) => attempt.contactMethodId)).size).toBe(facts.methods.length);
        expect(exhausted || reached).toBe(true);
      }),
    );
  });

  it('reaches the responder when one method works, whichever it is', () => {
    fc.assert(
      fc.property(page, fc.nat(3), ({ severity, methods, rules }, index) => {
        const working = methods[index % methods.length]?.id;
        const attempts: PageAttempt[] = [];
        let now = owedAt;
        for (let round = 0; round < 50 && !attempts.some(({ state }) => state === 'delivered'); round += 1) {
          const plan = planDeliveries({ severity, owedAt, methods, rules, attempts }, now);
          expect(plan.exhausted).toBe(false);
          for (const contactMethodId of plan.sendNow) {
            const works = contactMethodId === working;
            attempts.push({ contactMethodId, state: works ? 'delivered' : 'failed', permanent: !works, at: now });
          }
          if (plan.sendNow.length === 0) now = plan.nextAt as Date;
        }
        expect(attempts.some(({ state }) => state === 'delivered')).toBe(true);
        // Only the shortest delay of a rule holds a page up: a failure costs no time.
        const delays = rules
          .filter((rule) => rule.severities.includes(severity) && methods.some(({ id }) => id === rule.contactMethodId))
          .map(({ afterMs }) => afterMs);
        expect(now.getTime() - owedAt.getTime()).toBe(delays.length === 0 ? 0 : Math.min(...delays));
      }),
    );
  });

  it('tries every method about a page of SEV1 or SEV2 that nobody answers, whatever the rules say', () => {
    fc.assert(
      fc.property(page, fc.constantFrom('SEV1' as const, 'SEV2' as const), (facts, grave) => {
        const { attempts } = live(
          { ...facts, severity: grave },
          Array.from({ length: 20 }, () => 'delivered'),
        );
        const tried = attempts.map(({ contactMethodId }) => contactMethodId);
        expect(new Set(tried)).toEqual(new Set(facts.methods.map(({ id }) => id)));
      }),
    );
  });

  it('never uses a method twice at once, and only the methods that there are', () => {
    fc.assert(
      fc.property(page, outcomes, (facts, fates) => {
        for (const { at, methodIds, before } of live(facts, fates).sent) {
          expect(new Set(methodIds).size).toBe(methodIds.length);
          expect(facts.methods.map(({ id }) => id)).toEqual(expect.arrayContaining(methodIds));
          const underWay = before.filter(
            ({ state, at: begun }) => state === 'sending' && begun.getTime() + attemptLastsMs > at.getTime(),
          );
          for (const attempt of underWay) expect(methodIds).not.toContain(attempt.contactMethodId);
        }
      }),
    );
  });

  it('uses no method again that has worked, and none more often than four times that fails', () => {
    fc.assert(
      fc.property(page, outcomes, (facts, fates) => {
        for (const [, own] of Map.groupBy(live(facts, fates).attempts, (attempt) => attempt.contactMethodId)) {
          const worked = own.findIndex(({ state }) => state === 'sent' || state === 'delivered');
          if (worked !== -1) expect(worked).toBe(own.length - 1);
          expect(own.filter(({ state }) => state === 'failed').length).toBeLessThanOrEqual(4);
          const permanent = own.findIndex(({ permanent }) => permanent);
          if (permanent !== -1) expect(permanent).toBe(own.length - 1);
        }
      }),
    );
  });

  it('keeps to the order and the delays of the rules while nothing fails', () => {
    fc.assert(
      fc.property(page, (facts) => {
        const { sent } = live(
          facts,
          Array.from({ length: 20 }, () => 'delivered'),
        );
        for (const { at, methodIds } of sent) {
          for (const id of methodIds) {
            const own = facts.rules.filter(
              (rule) => rule.contactMethodId === id && rule.severities.includes(facts.severity),
            );
            if (own.length === 0) continue;
            const delay = Math.min(...own.map(({ afterMs }) => afterMs));
            expect(at.getTime() - owedAt.getTime()).toBe(delay);
          }
        }
      }),
    );
  });
});
