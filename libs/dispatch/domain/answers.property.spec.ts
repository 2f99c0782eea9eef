import fc from 'fast-check';
import { decideRepages, type AskingStep } from './answers.js';

const repeatMs = 120_000;
const now = new Date('2026-02-11T02:00:00Z');
const names = ['a', 'b', 'c', 'd'];

const asking: fc.Arbitrary<AskingStep> = fc.record({
  step: fc.integer({ min: 1, max: 3 }),
  round: fc.integer({ min: 1, max: 2 }),
  answers: fc.oneof(fc.constant('all' as const), fc.integer({ min: 1, max: 5 })),
  people: fc.uniqueArray(fc.constantFrom(...names), { minLength: 1 }).chain((ids) =>
    fc.tuple(
      ...ids.map((responderId) =>
        fc.record({
          responderId: fc.constant(responderId),
          answered: fc.boolean(),
          lastPagedAt: fc.integer({ min: 0, max: 300_000 }).map((ago) => new Date(now.getTime() - ago)),
        }),
      ),
    ),
  ),
});
const steps = fc.array(asking, { maxLength: 3 });

const isMet = ({ answers, people }: AskingStep) =>
  people.filter(({ answered }) => answered).length >=
  (answers === 'all' ? people.length : Math.min(answers, people.length));

describe('steps that ask for answers', () => {
  it('page again nobody who has answered, and nobody twice at once', () => {
    fc.assert(
      fc.property(steps, (taken) => {
        const { again } = decideRepages(taken, now, repeatMs);
        const paged = again.flatMap(({ responderIds }) => responderIds);
        expect(new Set(paged).size).toBe(paged.length);
        for (const { step, round, responderIds } of again) {
          const matching = taken.filter((one) => one.step === step && one.round === round);
          for (const id of responderIds)
            expect(matching.some(({ people }) => people.some((one) => one.responderId === id && !one.answered))).toBe(
              true,
            );
        }
      }),
    );
  });

  it('page again exactly those who are awaited and whose last page is old enough', () => {
    fc.assert(
      fc.property(steps, (taken) => {
        const due = taken
          .filter((one) => !isMet(one))
          .flatMap(({ people }) => people)
          .filter(({ answered, lastPagedAt }) => !answered && now.getTime() - lastPagedAt.getTime() >= repeatMs);
        const paged = decideRepages(taken, now, repeatMs).again.flatMap(({ responderIds }) => responderIds);
        expect(new Set(paged)).toEqual(new Set(due.map(({ responderId }) => responderId)));
      }),
    );
  });

  it('look again within the interval until everything is answered, and then no more', () => {
    fc.assert(
      fc.property(steps, (taken) => {
        const { nextAt } = decideRepages(taken, now, repeatMs);
        expect(nextAt === null).toBe(taken.every(isMet));
        if (nextAt) {
          expect(nextAt.getTime()).toBeGreaterThan(now.getTime());
          expect(nextAt.getTime()).toBeLessThanOrEqual(now.getTime() + repeatMs);
        }
      }),
    );
  });
});
