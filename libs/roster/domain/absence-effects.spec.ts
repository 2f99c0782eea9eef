import fc from 'fast-check';
import { absenceEffects, type PlannedSchedule } from './absence-effects.js';
import { absencesFrom, nobodyAway, type Away } from './absences.js';
import type { Override } from './schedule.js';
import { gapsBetween, shiftsBetween } from './shifts.js';

const hour = 3_600_000;
const from = new Date('2026-03-27T00:00:00Z');
const to = new Date('2026-04-03T00:00:00Z');
const at = (hours: number) => from.getTime() + hours * hour;

const schedule = (members: (string | string[] | null)[], overrides: Override[] = []): PlannedSchedule => ({
  definition: {
    timeZone: 'Europe/Bucharest',
    layers: [{ name: 'Days', rotation: { unit: 'day', length: 1, firstHandoff: '2026-03-01T08:00', members } }],
  },
  overrides,
});

describe('what an absence takes from a schedule', () => {
  it('is the shifts of that person, and what of them nobody else covers', () => {
    const plan = schedule(['a', ['a', 'b']]);
    const after = absencesFrom([{ responderId: 'a', start: at(0), end: at(72) }]);
    const { shifts, uncovered } = absenceEffects(plan, 'a', { from, to }, { before: nobodyAway, after });
    expect(shifts.map(({ start, end }) => [start.toISOString(), end.toISOString()])).toEqual([
      ['2026-03-27T00:00:00.000Z', '2026-03-30T00:00:00.000Z'],
    ]);
    expect(uncovered.map(({ start, end }) => [start.toISOString(), end.toISOString()])).toEqual([
      ['2026-03-27T06:00:00.000Z', '2026-03-28T06:00:00.000Z'],
      ['2026-03-29T05:00:00.000Z', '2026-03-30T00:00:00.000Z'],
    ]);
  });

  it('is nothing where they were away already, or somebody has taken their place', () => {
    const away = absencesFrom([{ responderId: 'a', start: at(0), end: at(72) }]);
    const nothing = { shifts: [], uncovered: [] };
    expect(absenceEffects(schedule(['a']), 'a', { from, to }, { before: away, after: away })).toEqual(nothing);
    const replaced: Override = { id: '1', kind: 'replace', responderId: 'b', start: from, end: to };
    const change = { before: nobodyAway, after: away };
    expect(absenceEffects(schedule(['a'], [replaced]), 'a', { from, to }, change)).toEqual(nothing);
  });

  it('is at every hour what changed between the two rosters', () => {
    const person = fc.constantFrom('a', 'b', 'c');
    const stretch: fc.Arbitrary<Away> = fc
      .record({
        responderId: person,
        start: fc.integer({ min: -20, max: 180 }),
        hours: fc.integer({ min: 1, max: 60 }),
      })
      .map(({ responderId, start, hours }) => ({ responderId, start: at(start), end: at(start + hours) }));
    const turn = fc.oneof(person, fc.uniqueArray(person, { minLength: 1, maxLength: 2 }), fc.constant(null));
    const members = fc.tuple(person, fc.array(turn, { maxLength: 3 })).map(([one, others]) => [one, ...others]);
    fc.assert(
      fc.property(
        members,
        fc.array(stretch, { maxLength: 5 }),
        fc.array(stretch, { maxLength: 4 }),
        (people, known, more) => {
          const plan = schedule(people);
          const before = absencesFrom(known);
          const after = absencesFrom([...known, ...more.map((away) => ({ ...away, responderId: 'a' }))]);
          const told = absenceEffects(plan, 'a', { from, to }, { before, after });
          for (let time = from.getTime() + hour / 2; time < to.getTime(); time += hour) {
            const has = ({ start, end }: { start: Date; end: Date }) => start.getTime() <= time && time < end.getTime();
            const holds = (absences: typeof before) =>
              shiftsBetween(plan.definition, [], from, to, absences).some(
                (shift) => shift.responderId === 'a' && has(shift),
              );
            const open = (absences: typeof before) => gapsBetween(plan.definition, [], from, to, absences).some(has);
            expect(told.shifts.some(has)).toBe(holds(before) && !holds(after));
            expect(told.uncovered.some(has)).toBe(open(after) && !open(before));
          }
        },
      ),
      { numRuns: 20 },
    );
  });
});
