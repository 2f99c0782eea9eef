import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { RotationTurns } from './rotation.js';
import type { Restriction, Rotation } from './schedule.js';
import { weekdays } from './schedule.js';
import { WallClock } from './wall-clock.js';

const zone = fc.constantFrom(...Intl.supportedValuesOf('timeZone'));
const unit = fc.constantFrom('day' as const, 'week' as const, 'month' as const);
const members = ['a', 'b', 'c'];

/** A wall time of 2016, on any day and at any minute. */
const firstHandoff = fc
  .tuple(fc.integer({ min: 0, max: 365 }), fc.integer({ min: 0, max: 24 * 60 - 1 }))
  .map(([days, minutes]) => Temporal.PlainDateTime.from('2016-01-01T00:00').add({ days, minutes }));

const restrictions: fc.Arbitrary<Restriction[]> = fc.array(
  fc
    .record({
      days: fc.uniqueArray(fc.constantFrom(...weekdays), { minLength: 1, maxLength: 4 }),
      from: fc.integer({ min: 0, max: 23 }),
      to: fc.integer({ min: 0, max: 23 }),
    })
    .map(({ days, from, to }) => ({ days, from: timeOfDay(from), to: timeOfDay(to) })),
  { minLength: 1, maxLength: 2 },
);

function timeOfDay(hour: number): string {
  return `${String(hour).padStart(2, '0')}:00`;
}

function wallText(wall: Temporal.PlainDateTime): string {
  return wall.toString({ smallestUnit: 'minute' });
}

describe('a hand-off', () => {
  it('keeps its wall time over ten years in every zone; where the wall skips it, it has the offset from before the gap', () => {
    fc.assert(
      fc.property(zone, unit, firstHandoff, fc.integer({ min: 1, max: 5 }), (timeZone, unit, first, length) => {
        const rotation: Rotation = { unit, length, firstHandoff: wallText(first), members };
        const start = first.toZonedDateTime(timeZone);
        const turns = new RotationTurns(rotation, [], new WallClock(timeZone)).between({
          start: start.epochMilliseconds,
          end: start.add({ years: 10 }).epochMilliseconds,
        });
        expect(turns.length).toBeGreaterThanOrEqual(24);
        for (const turn of turns) {
          const shown = Temporal.Instant.fromEpochMilliseconds(turn.start).toZonedDateTimeISO(timeZone).toPlainDate();
          // A hand-off late in the evening that the wall skips comes only on the next day (America/Nuuk, 23:00 to 00:00).
          const readings = [shown, shown.subtract({ days: 1 })].map((day) =>
            day.toPlainDateTime(first.toPlainTime()).toZonedDateTime(timeZone),
          );
          expect(readings.map(({ epochMilliseconds }) => epochMilliseconds)).toContain(turn.start);
        }
      }),
      { numRuns: 30 },
    );
  });
});

describe('the turn held far in the future', () => {
  it('is the one that stepping from hand-off to hand-off arrives at', () => {
    const anyUnit = fc.oneof(unit, fc.constant('hour' as const));
    const lengths = fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 3 });
    const instant = fc.integer({ min: Date.parse('2017-02-01Z'), max: Date.parse('2050-01-01Z') });
    fc.assert(
      fc.property(zone, anyUnit, firstHandoff, lengths, instant, (timeZone, unit, first, length, at) => {
        const steps = unit === 'hour' ? length.map((hours) => hours * 6) : length;
        const turns = new RotationTurns(
          { unit, length: steps, firstHandoff: wallText(first), members },
          [],
          new WallClock(timeZone),
        );
        const handoff = (units: number): number =>
          first.add({ [`${unit}s`]: units }).toZonedDateTime(timeZone).epochMilliseconds;
        let turn = 0;
        for (let units = steps[0]!; handoff(units) <= at; units += steps[turn % steps.length]!) turn += 1;
        expect(turns.at(at)).toBe(turn);
        expect(turns.membersOf(turn)).toEqual([members[turn % 3]]);
        expect(turns.handoff(turn)).toBeLessThanOrEqual(at);
        expect(turns.handoff(turn + 1)).toBeGreaterThan(at);
      }),
      { numRuns: 20 },
    );
  });

  it('is the same when only served units count, hour by hour and day by day', () => {
    const counted = fc.constantFrom('hour' as const, 'day' as const);
    const days = fc.integer({ min: 1, max: 400 });
    fc.assert(
      fc.property(
        counted,
        firstHandoff,
        restrictions,
        fc.integer({ min: 1, max: 9 }),
        days,
        (unit, first, hours, length, after) => {
          const rotation = { unit, length, firstHandoff: wallText(first), members, countOnlyServed: true };
          const at = first.add({ days: after, minutes: 7 });
          const served = servedUnits(first, at, unit, hours);
          const turns = new RotationTurns(rotation, hours, new WallClock('UTC'));
          expect(turns.at(at.toZonedDateTime('UTC').epochMilliseconds)).toBe(
            Math.floor(Math.max(0, served - 1) / length),
          );
        },
      ),
      { numRuns: 20 },
    );
  });
});

/** How many units that touch restricted time have begun by `at`. */
function servedUnits(
  first: Temporal.PlainDateTime,
  at: Temporal.PlainDateTime,
  unit: 'hour' | 'day',
  hours: Restriction[],
): number {
  const restricted = new Set(hours.flatMap(hoursOfWeek));
  let served = 0;
  for (let units = 0; ; units += 1) {
    const begins = first.add({ [`${unit}s`]: units });
    if (Temporal.PlainDateTime.compare(begins, at) > 0) return served;
    // Restrictions begin and end on the hour here, so a unit touches the hour it begins in and those up to its last minute.
    const lastMinute = begins.add({ [`${unit}s`]: 1 }).subtract({ minutes: 1 });
    const touched = unit === 'hour' ? [begins, lastMinute] : everyHour(begins, lastMinute);
    if (touched.some((wall) => restricted.has((wall.dayOfWeek - 1) * 24 + wall.hour))) served += 1;
  }
}

function hoursOfWeek({ days, from, to }: Restriction): number[] {
  const begin = Number(from.slice(0, 2));
  const count = (Number(to.slice(0, 2)) - begin + 24) % 24 || 24;
  return days.flatMap((day) =>
    Array.from(
      { length: count },
      (_, hour) => (weekdays.findIndex((known) => known === day) * 24 + begin + hour) % (7 * 24),
    ),
  );
}

function everyHour(begins: Temporal.PlainDateTime, lastMinute: Temporal.PlainDateTime): Temporal.PlainDateTime[] {
  return [...Array.from({ length: 24 }, (_, hours) => begins.add({ hours })), lastMinute];
}
