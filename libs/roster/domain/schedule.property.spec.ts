import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import type { Layer, Override, Restriction, ScheduleDefinition } from './schedule.js';
import { weekdays } from './schedule.js';
import { gapsBetween, onCallAt, shiftsBetween } from './shifts.js';

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
] as const;

// The model: slow and plain. It steps through every unit from the first hand-off on and asks minute by minute.

function instantOf(wall: Temporal.PlainDateTime, zone: string, disambiguation: 'compatible' | 'later'): number {
  return wall.toZonedDateTime(zone, { disambiguation }).epochMilliseconds;
}

function coverSpans(restrictions: readonly Restriction[], zone: string, around: number): [number, number][] {
  const today = Temporal.Instant.fromEpochMilliseconds(around).toZonedDateTimeISO(zone).toPlainDate();
  return Array.from({ length: 15 }, (_, index) => today.add({ days: index - 7 })).flatMap((day) =>
    restrictions
      .filter(({ days }) => days.includes(weekdays[day.dayOfWeek - 1]!))
      .map(({ from, to }): [number, number] => [
        instantOf(day.toPlainDateTime(from), zone, 'compatible'),
        instantOf((to > from ? day : day.add({ days: 1 })).toPlainDateTime(to), zone, 'later'),
      ]),
  );
}

/** Whether any minute of the unit is restricted time on the wall. */
function isServed(
  from: Temporal.PlainDateTime,
  to: Temporal.PlainDateTime,
  restrictions: readonly Restriction[],
): boolean {
  for (let wall = from; Temporal.PlainDateTime.compare(wall, to) < 0; wall = wall.add({ minutes: 5 })) {
    const time = wall.toPlainTime().toString({ smallestUnit: 'minute' });
    const today = weekdays[wall.dayOfWeek - 1]!;
    const yesterday = weekdays[(wall.dayOfWeek + 5) % 7]!;
    const hit = restrictions.some((restriction) =>
      restriction.from < restriction.to
        ? restriction.days.includes(today) && restriction.from <= time && time < restriction.to
        : (restriction.days.includes(today) && restriction.from <= time) ||
          (restriction.days.includes(yesterday) && time < restriction.to),
    );
    if (hit) return true;
  }
  return false;
}

/** Every hand-off with who takes over, counted unit by unit up to a few days after the instant. */
function handoffs({ rotation, restrictions = [] }: Layer, zone: string, until: number): [number, readonly string[]][] {
  const first = Temporal.PlainDateTime.from(rotation.firstHandoff);
  const lengths = [rotation.length].flat();
  const result: [number, readonly string[]][] = [];
  let left = 0;
  for (let unit = 0; ; unit += 1) {
    const begins = first.add({ [`${rotation.unit}s`]: unit });
    const at = instantOf(begins, zone, 'compatible');
    if (at > until + 3 * 24 * 60 * minute) return result;
    const ends = first.add({ [`${rotation.unit}s`]: unit + 1 });
    const counts = !rotation.countOnlyServed || restrictions.length === 0 || isServed(begins, ends, restrictions);
    if (left === 0 && (counts || unit === 0)) {
      left = lengths[result.length % lengths.length]!;
      const members = rotation.members[result.length % rotation.members.length] ?? [];
      result.push([at, [members].flat()]);
    }
    if (counts) left -= 1;
  }
}

/** Who is on call at each minute of the window, sorted. */
function model(definition: ScheduleDefinition, overrides: readonly Override[], from: number, to: number): string[][] {
  const layers = definition.layers.map((layer) => ({
    ...layer,
    handoffs: handoffs(layer, definition.timeZone, to),
    cover: layer.restrictions?.length ? coverSpans(layer.restrictions, definition.timeZone, from) : null,
  }));
  const minutes: string[][] = [];
  for (let at = from; at < to; at += minute) {
    let onCall: string[] = [];
    for (const { startsAt, endsAt, handoffs, cover } of layers) {
      if ((startsAt && at < startsAt.getTime()) || (endsAt && at >= endsAt.getTime())) continue;
      if (cover && !cover.some(([start, end]) => start <= at && at < end)) continue;
      if (at < handoffs[0]![0]) continue;
      const held = handoffs.findLast(([handoff]) => handoff <= at)![1];
      if (held.length > 0) onCall = [...held];
    }
    for (const { kind, responderId, replaces, start, end } of overrides) {
      if (at < start.getTime() || at >= end.getTime()) continue;
      const others = onCall.filter((id) => id !== responderId);
      if (kind === 'add') onCall = [...others, responderId];
      if (kind === 'remove') onCall = others;
      if (kind === 'replace' && (replaces ? onCall.includes(replaces) : onCall.length > 0)) {
        onCall = [...(replaces ? others.filter((id) => id !== replaces) : []), responderId];
      }
    }
    minutes.push(onCall.sort());
  }
  return minutes;
}

const person = fc.constantFrom('a', 'b', 'c', 'd', 'e');
const timeOfDay = fc
  .tuple(fc.constantFrom('00', '01', '02', '03', '04', '08', '18', '23'), fc.constantFrom('00', '15', '30', '45'))
  .map(([hour, minutes]) => `${hour}:${minutes}`);
const restriction: fc.Arbitrary<Restriction> = fc.record({
  days: fc.uniqueArray(fc.constantFrom(...weekdays), { minLength: 1 }),
  from: timeOfDay,
  to: timeOfDay,
});
const someone = fc.oneof(person, fc.uniqueArray(person, { minLength: 1, maxLength: 2 }));

function layerNear(zone: string, from: number, to: number): fc.Arbitrary<Layer> {
  const around = fc.integer({ min: from / minute, max: to / minute }).map((minutes) => new Date(minutes * minute));
  return fc.record(
    {
      name: fc.constant('layer'),
      startsAt: fc.option(around, { freq: 4 }),
      endsAt: fc.option(around, { freq: 4 }),
      rotation: fc.record(
        {
          unit: fc.constantFrom('hour' as const, 'day' as const, 'week' as const, 'month' as const),
          length: fc.oneof(
            fc.integer({ min: 1, max: 12 }),
            fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 3 }),
          ),
          firstHandoff: fc.tuple(fc.integer({ min: -1, max: 20 }), timeOfDay).map(([days, time]) => {
            const date = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(zone).toPlainDate();
            return `${date.subtract({ days }).toString()}T${time}`;
          }),
          members: fc
            .tuple(someone, fc.array(fc.oneof(someone, fc.constant(null)), { maxLength: 4 }))
            .map(([one, others]) => [...others, one]),
          countOnlyServed: fc.boolean(),
        },
        { requiredKeys: ['unit', 'length', 'firstHandoff', 'members'] },
      ),
      restrictions: fc.array(restriction, { maxLength: 2 }),
    },
    { requiredKeys: ['name', 'rotation'] },
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
        const expected = model(definition, overrides, from.getTime(), to.getTime());
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
      fc.property(situation, ({ definition, overrides, from, to }) => {
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
