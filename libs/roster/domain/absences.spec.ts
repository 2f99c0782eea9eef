import fc from 'fast-check';
import { absencesFrom, withoutThoseAway, type Away } from './absences.js';
import type { RosterSpan } from './overrides.js';
import type { ShiftSource } from './schedule.js';

const onCall = (...people: string[]) => new Map(people.map((person): [string, ShiftSource] => [person, 'layer']));
const who = (timeline: readonly RosterSpan[]) =>
  timeline.map(({ start, end, onCall }) => [start, end, ...onCall.keys()]);

describe('somebody who is away', () => {
  const turn: RosterSpan[] = [{ start: 0, end: 10, onCall: onCall('a', 'b') }];

  it('is not on call for that time, and the others of the turn stay', () => {
    const away = absencesFrom([{ responderId: 'a', start: 4, end: 6 }]);
    expect(who(withoutThoseAway(turn, away))).toEqual([
      [0, 4, 'a', 'b'],
      [4, 6, 'b'],
      [6, 10, 'a', 'b'],
    ]);
  });

  it('leaves a gap where nobody is left', () => {
    const away = absencesFrom([
      { responderId: 'a', start: -5, end: 6 },
      { responderId: 'b', start: 5, end: 20 },
    ]);
    expect(who(withoutThoseAway(turn, away))).toEqual([
      [0, 5, 'b'],
      [5, 6],
      [6, 10, 'a'],
    ]);
  });

  it('is away once, however many absences say so', () => {
    const away = absencesFrom([
      { responderId: 'a', start: 5, end: 7 },
      { responderId: 'a', start: 2, end: 5 },
      { responderId: 'a', start: 3, end: 6 },
    ]);
    expect(away.get('a')).toEqual([{ start: 2, end: 7 }]);
  });
});

const person = fc.constantFrom('a', 'b', 'c', 'd');
const timeline = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 9 }), fc.uniqueArray(person)), { minLength: 1, maxLength: 8 })
  .map((lengths) => {
    let reached = 0;
    return lengths.map(([length, people]): RosterSpan => {
      const start = reached;
      reached += length;
      return { start, end: reached, onCall: onCall(...people) };
    });
  });
const stretch: fc.Arbitrary<Away> = fc
  .record({ responderId: person, start: fc.integer({ min: -5, max: 60 }), length: fc.integer({ min: 1, max: 20 }) })
  .map(({ length, ...rest }) => ({ ...rest, end: rest.start + length }));

describe('a timeline without those who are away', () => {
  it('has at every instant exactly those who were on call and are not away, and still covers the same time', () => {
    fc.assert(
      fc.property(timeline, fc.array(stretch, { maxLength: 12 }), (before, stretches) => {
        const after = withoutThoseAway(before, absencesFrom(stretches));
        const end = before.at(-1)!.end;
        expect([after[0]!.start, after.at(-1)!.end]).toEqual([0, end]);
        after.slice(1).forEach(({ start }, index) => expect(start).toBe(after[index]!.end));
        expect(after.every(({ start, end }) => start < end)).toBe(true);
        for (let at = 0; at < end; at += 1) {
          const onCallIn = (spans: readonly RosterSpan[]) =>
            spans.find(({ start, end }) => start <= at && at < end)!.onCall;
          const away = stretches
            .filter(({ start, end }) => start <= at && at < end)
            .map(({ responderId }) => responderId);
          const expected = [...onCallIn(before).keys()].filter((responderId) => !away.includes(responderId));
          expect([...onCallIn(after).keys()]).toEqual(expected);
        }
      }),
    );
  });
});
