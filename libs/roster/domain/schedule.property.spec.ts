import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { slowSchedule, slowShadows } from '../../../test/harness/slow-schedule.js';
import type {
  Fallback,
  Layer,
  Override,
  Plan,
  Recurrence,
  Restriction,
  Rotation,
  ScheduleDefinition,
} from './schedule.js';
import { weekdays } from './schedule.js';
import { gapsBetween, onCallAt, shadowShiftsBetween, shiftsBetween } from './shifts.js';

const minute = 60_000;

/** Zones and moments around which their wall is unkind: half hours, midnights, a whole day skipped, two hours at once. */
const turbulences = [
  ['Europe/Bucharest', '2026-03-29T01:00Z'],
  ['Europe/Bucharest', '2026-10-25T01:00Z'],
  ['Australia/Lord_Howe', '2026-04-04T15:00Z'],
  ['Australia/Lord_Howe', '2026-10-03T15:30Z'],
  ['Pacific/Apia', '2011-12-30T10:00Z'],
  ['Africa/Casablanca', '2026-02-15T02:00Z'],
  ['Africa/Casablanca', '2026-03-22T02:00Z'],
  ['America/Havana', '2026-11-01T05:00Z'],
  ['America/St_Johns', '2010-03-14T03:31Z'],
  ['America/St_Johns', '2010-11-07T02:31Z'],
  ['Antarctica/Troll', '2026-03-29T01:00Z'],
  ['Antarctica/Troll', '2026-10-25T01:00Z'],
  ['Asia/Beirut', '2026-03-28T22:00Z'],
  ['Asia/Kolkata', '2026-06-01T00:00Z'],
  ['Asia/Kathmandu', '2026-06-01T00:00Z'],
  ['Pacific/Chatham', '2026-04-04T14:00Z'],
  ['Pacific/Chatham', '2026-09-26T14:00Z'],
] as const;

const person = fc.constantFrom('a', 'b', 'c', 'd', 'e');
const timeOfDay = fc
  .tuple(fc.constantFrom('00', '01', '02', '03', '04', '08', '18', '23'), fc.constantFrom('00', '15', '30', '45'))
  .map(([hour, minutes]) => `${hour}:${minutes}`);
const restriction: fc.Arbitrary<Restriction> = fc
  .record({
    days: fc.uniqueArray(fc.constantFrom(...weekdays, 'holiday' as const), { minLength: 1 }),
    from: timeOfDay,
    to: timeOfDay,
    exceptHolidays: fc.boolean(),
  })
  .map(({ exceptHolidays, ...hours }) => ({
    ...hours,
    exceptHolidays: exceptHolidays && !hours.days.includes('holiday'),
  }));
/** More holidays than any country has, so that they are met. */
const holidays = fc.integer({ min: 2, max: 5 }).map((every) => (day: number) => day % every === 0);
const rule = fc.oneof(
  fc.integer({ min: 1, max: 5 }).map((days) => `FREQ=DAILY;INTERVAL=${days}`),
  fc
    .tuple(fc.uniqueArray(fc.constantFrom(...weekdays), { minLength: 1 }), fc.integer({ min: 1, max: 3 }))
    .map(([days, weeks]) => `FREQ=WEEKLY;INTERVAL=${weeks};BYDAY=${days.join().toUpperCase()}`),
  fc.constantFrom(
    'FREQ=WEEKLY',
    'FREQ=DAILY;BYDAY=SA,SU',
    'FREQ=DAILY;COUNT=4',
    'FREQ=DAILY;UNTIL=20260329T000000Z',
    'FREQ=MONTHLY;BYDAY=1SA,-1SU',
    'FREQ=MONTHLY;BYMONTHDAY=-1,1,29',
  ),
);
const someone = fc.oneof(person, fc.uniqueArray(person, { minLength: 1, maxLength: 2 }));

const turns = fc
  .tuple(someone, fc.array(fc.oneof(someone, fc.constant(null)), { maxLength: 4 }))
  .map(([one, others]) => [...others, one]);

/** A wall time up to three weeks before the window, or a day after it begins. */
function wallNear(zone: string, from: number): fc.Arbitrary<string> {
  return fc.tuple(fc.integer({ min: -1, max: 20 }), timeOfDay).map(([days, time]) => {
    const date = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(zone).toPlainDate();
    return `${date.subtract({ days }).toString()}T${time}`;
  });
}

function rotationNear(zone: string, from: number): fc.Arbitrary<Rotation> {
  return fc.record(
    {
      unit: fc.constantFrom('hour' as const, 'day' as const, 'week' as const, 'month' as const),
      length: fc.oneof(
        fc.integer({ min: 1, max: 12 }),
        fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 3 }),
      ),
      firstHandoff: wallNear(zone, from),
      members: turns,
      countOnlyServed: fc.boolean(),
    },
    { requiredKeys: ['unit', 'length', 'firstHandoff', 'members'] },
  );
}

function recurrenceNear(zone: string, from: number): fc.Arbitrary<Recurrence> {
  return fc.record({
    start: wallNear(zone, from),
    duration: fc.constantFrom('PT45M', 'PT6H', 'PT12H', 'P1D', 'P1DT30M', 'P2D', 'P7D'),
    rule,
    members: turns,
  });
}

function layerNear(zone: string, from: number, to: number): fc.Arbitrary<Layer> {
  const around = fc.integer({ min: from / minute, max: to / minute }).map((minutes) => new Date(minutes * minute));
  const common = {
    name: fc.constant('layer'),
    timeZone: fc.option(fc.constantFrom('Europe/Bucharest', 'America/Toronto', 'Asia/Kathmandu'), {
      freq: 4,
      nil: undefined,
    }),
    shadow: fc.option(fc.constant(true), { freq: 6, nil: undefined }),
    holidays,
    startsAt: fc.option(around, { freq: 4 }),
    endsAt: fc.option(around, { freq: 4 }),
    restrictions: fc.array(restriction, { maxLength: 2 }),
  };
  const rotating: fc.Arbitrary<Layer> = fc.record({ ...common, rotation: rotationNear(zone, from) }).filter(
    // Nothing would ever count, which is refused (see `scheduleFaults`).
    ({ rotation, restrictions }) =>
      !rotation.countOnlyServed ||
      restrictions.some(({ days }) => days.some((day) => day !== 'holiday')) ||
      restrictions.length === 0,
  );
  const recurring: fc.Arbitrary<Layer> = fc.record({ ...common, recurrence: recurrenceNear(zone, from) });
  return fc.oneof({ arbitrary: rotating, weight: 2 }, { arbitrary: recurring, weight: 1 });
}

function fallbackNear(zone: string, from: number, to: number): fc.Arbitrary<Fallback | null> {
  const behind = fc.record({
    definition: fc.record({
      timeZone: fc.constant(zone),
      layers: fc.array(layerNear(zone, from, to), { maxLength: 2 }),
    }),
    overrides: fc.constant([]),
  });
  return fc.oneof(
    { arbitrary: fc.constant(null), weight: 2 },
    { arbitrary: person.map((responderId) => ({ responderId })), weight: 1 },
    { arbitrary: behind.map((plan: Plan) => ({ plan })), weight: 1 },
  );
}

/** A schedule with overrides, and a window that begins up to a day and a half before the zone's wall does something odd. */
const situation = fc
  .tuple(fc.constantFrom(...turbulences), fc.integer({ min: 0, max: 36 * 60 }), fc.integer({ min: 1, max: 40 * 60 }))
  .chain(([[zone, moment], before, length]) => {
    const from = Date.parse(moment) - before * minute;
    const to = from + length * minute;
    const start = fc.integer({ min: -120, max: length }).map((minutes) => new Date(from + minutes * minute));
    const override: fc.Arbitrary<Override> = fc
      .record({
        id: fc.uuid(),
        kind: fc.constantFrom('replace' as const, 'add' as const, 'remove' as const),
        responderId: person,
        replaces: fc.option(person),
        start,
        lasts: fc.integer({ min: 1, max: 20 * 60 }),
      })
      .map(({ lasts, ...rest }) => ({ ...rest, end: new Date(rest.start.getTime() + lasts * minute) }));
    return fc.record({
      definition: fc.record({
        timeZone: fc.constant<string>(zone),
        layers: fc.array(layerNear(zone, from, to), { minLength: 1, maxLength: 3 }),
        fallback: fallbackNear(zone, from, to),
      }),
      overrides: fc.array(override, { maxLength: 4 }),
      from: fc.constant(new Date(from)),
      to: fc.constant(new Date(to)),
    });
  });

describe('the final schedule', () => {
  it('has at every minute exactly those whom a slow model of the rules names, and its gaps are where that names nobody', () => {
    fc.assert(
      fc.property(situation, ({ definition, overrides, from, to }) => {
        const expected = slowSchedule({ definition, overrides }, from.getTime(), to.getTime());
        const shifts = shiftsBetween(definition, overrides, from, to);
        const gaps = gapsBetween(definition, overrides, from, to);
        expected.forEach((onCall, index) => {
          const at = from.getTime() + index * minute;
          const has = ({ start, end }: { start: Date; end: Date }): boolean =>
            start.getTime() <= at && at < end.getTime();
          const found = shifts.filter(has).map(({ responderId }) => responderId);
          if (found.sort().join() !== onCall.join() || gaps.some(has) !== (onCall.length === 0)) {
            throw new Error(`${new Date(at).toISOString()}: expected [${onCall.join()}], found [${found.join()}]`);
          }
        });
      }),
      { numRuns: 200 },
    );
  });

  it('has beside it at every minute exactly those in training whom the model names', () => {
    fc.assert(
      fc.property(situation, ({ definition, from, to }) => {
        const shifts = shadowShiftsBetween(definition, from, to);
        slowShadows(definition, from.getTime(), to.getTime()).forEach((expected, index) => {
          const at = from.getTime() + index * minute;
          const found = shifts.filter(({ start, end }) => start.getTime() <= at && at < end.getTime());
          expect(found.map(({ responderId }) => responderId).sort()).toEqual(expected);
        });
      }),
      { numRuns: 40 },
    );
  });

  it('is ordered, inside its window, and the shifts of one person neither overlap nor touch', () => {
    fc.assert(
      fc.property(situation, ({ definition, overrides, from, to }) => {
        const shifts = shiftsBetween(definition, overrides, from, to);
        expect(shifts.every(({ start, end }) => from <= start && start < end && end <= to)).toBe(true);
        expect(shifts.map(({ start }) => start.getTime())).toEqual(
          shifts.map(({ start }) => start.getTime()).sort((a, b) => a - b),
        );
        for (const responderId of new Set(shifts.map((shift) => shift.responderId))) {
          const own = shifts.filter((shift) => shift.responderId === responderId);
          own
            .slice(1)
            .forEach((shift, index) => expect(shift.start.getTime()).toBeGreaterThan(own[index]!.end.getTime()));
        }
      }),
    );
  });

  it('is the same whether it is asked for at once or in two windows', () => {
    fc.assert(
      fc.property(
        situation,
        fc.double({ min: 0, max: 1, noNaN: true }),
        ({ definition, overrides, from, to }, share) => {
          const middle = new Date(Math.floor(from.getTime() + share * (to.getTime() - from.getTime())));
          const minutesOf = (windows: [Date, Date][]): number =>
            windows
              .flatMap(([start, end]) => shiftsBetween(definition, overrides, start, end))
              .reduce((sum, { start, end }) => sum + end.getTime() - start.getTime(), 0);
          expect(
            minutesOf([
              [from, middle],
              [middle, to],
            ]),
          ).toBe(minutesOf([[from, to]]));
        },
      ),
    );
  });

  it('says at an instant whom the shifts around it name, with their bounds', () => {
    fc.assert(
      fc.property(situation, ({ definition, overrides, from }) => {
        const days = (count: number): Date => new Date(from.getTime() + count * 24 * 60 * minute);
        const expected = shiftsBetween(definition, overrides, days(-400), days(400))
          .filter(({ start, end }) => start <= from && from < end)
          .map(({ responderId, start, end, source }) => ({ responderId, since: start, until: end, source }));
        expect(onCallAt(definition, overrides, from)).toEqual(expected);
      }),
      { numRuns: 50 },
    );
  });
});

describe('overrides', () => {
  it('never lose a minute: replacing leaves every gap as it was, adding only fills, and nothing changes outside them', () => {
    fc.assert(
      fc.property(situation, ({ definition: planned, overrides, from, to }) => {
        const definition: ScheduleDefinition = { ...planned, fallback: null };
        const gaps = (changes: Override[]): string[] =>
          gapsBetween(definition, changes, from, to).map((gap) => JSON.stringify(gap));
        const replacing = overrides.filter(({ kind }) => kind === 'replace');
        expect(gaps(replacing)).toEqual(gaps([]));
        const minutesWithout = (changes: Override[]): number =>
          gapsBetween(definition, changes, from, to).reduce(
            (sum, { start, end }) => sum + end.getTime() - start.getTime(),
            0,
          );
        const adding = overrides.filter(({ kind }) => kind === 'add');
        expect(minutesWithout(adding)).toBeLessThanOrEqual(minutesWithout([]));
        const earliest = new Date(Math.min(to.getTime(), ...overrides.map(({ start }) => start.getTime())));
        expect(shiftsBetween(definition, overrides, from, earliest)).toEqual(
          shiftsBetween(definition, [], from, earliest),
        );
      }),
    );
  });
});
