import { type Fault, faultIf } from './fault.js';
import { parseOccurrenceLength } from './recurrence.js';
import { readRule, UnusableRule } from './recurrence-rule.js';
import { asksForHolidays } from './restrictions.js';
import {
  type Layer,
  type Recurrence,
  type Restriction,
  type Rotation,
  type ScheduleDefinition,
  type TurnMembers,
  weekdays,
} from './schedule.js';
import { isTimeZone, parseTimeOfDay, parseWallTime, type WallMinutes } from './wall-clock.js';

const days: readonly string[] = [...weekdays, 'holiday'];
/** 1970-01-01T00:00: occurrences are counted from the start of their recurrence on, and nobody plans for an earlier time. */
const earliestStart: WallMinutes = 0;
const zone = 'must be a time zone of the IANA database, such as Europe/Bucharest';
const wallTime = 'must be a time on the wall that the calendar has, such as 2026-01-05T08:00, without an offset';
const units: readonly string[] = ['hour', 'day', 'week', 'month'] satisfies Rotation['unit'][];

/**
 * Every fault of a definition at once, in its order; empty when shifts can be computed from it. Pointers begin at the definition
 * (`/layers/0/rotation/members`). Whether the responders exist is not asked here.
 */
export function scheduleFaults(definition: ScheduleDefinition): Fault[] {
  return [
    ...faultIf(!isTimeZone(definition.timeZone), '/timeZone', zone),
    ...faultIf(
      definition.layers.every(({ shadow }) => shadow),
      '/layers',
      'must have one at least that is no shadow: those who shadow are no cover',
    ),
    ...definition.layers.flatMap((layer, index) => layerFaults(layer, `/layers/${index}`)),
  ];
}

function layerFaults(layer: Layer, pointer: string): Fault[] {
  const starts = layer.startsAt?.getTime() ?? -Infinity;
  const ends = layer.endsAt?.getTime() ?? Infinity;
  return [
    ...faultIf(Number.isNaN(starts), `${pointer}/startsAt`, 'must be a time'),
    ...faultIf(Number.isNaN(ends), `${pointer}/endsAt`, 'must be a time'),
    ...faultIf(ends <= starts, `${pointer}/endsAt`, 'must be later than startsAt'),
    ...faultIf(layer.timeZone !== undefined && !isTimeZone(layer.timeZone), `${pointer}/timeZone`, zone),
    ...turnsFaults(layer, pointer),
    ...restrictionsFaults(layer, `${pointer}/restrictions`),
  ];
}

function turnsFaults({ rotation, recurrence, restrictions = [] }: Layer, pointer: string): Fault[] {
  const both = rotation !== undefined && recurrence !== undefined;
  return [
    ...faultIf(both, `${pointer}/recurrence`, 'goes without a rotation: a layer has the one or the other'),
    ...faultIf(!rotation && !recurrence, `${pointer}/rotation`, 'must be given, or a recurrence in its place'),
    ...(rotation ? rotationFaults(rotation, restrictions, `${pointer}/rotation`) : []),
    ...(recurrence ? recurrenceFaults(recurrence, `${pointer}/recurrence`) : []),
  ];
}

function rotationFaults(rotation: Rotation, restrictions: readonly Restriction[], pointer: string): Fault[] {
  const onlyHolidays =
    restrictions.length > 0 && restrictions.every(({ days }) => days.every((day) => day === 'holiday'));
  return [
    ...faultIf(!units.includes(rotation.unit), `${pointer}/unit`, `must be one of ${units.join(', ')}`),
    ...lengthFaults(rotation.length, `${pointer}/length`),
    ...faultIf(parseWallTime(rotation.firstHandoff) === null, `${pointer}/firstHandoff`, wallTime),
    ...memberFaults(rotation.members, `${pointer}/members`),
    ...faultIf(
      rotation.countOnlyServed === true && onlyHolidays,
      `${pointer}/countOnlyServed`,
      'needs a day of the week in the restrictions: holidays do not move the count',
    ),
  ];
}

function recurrenceFaults(recurrence: Recurrence, pointer: string): Fault[] {
  const start = parseWallTime(recurrence.start);
  return [
    ...faultIf(start === null, `${pointer}/start`, wallTime),
    ...faultIf(start !== null && start < earliestStart, `${pointer}/start`, 'must lie in 1970 or later'),
    ...faultIf(
      parseOccurrenceLength(recurrence.duration) === null,
      `${pointer}/duration`,
      'must be an ISO 8601 duration of whole minutes up to 35 days, such as PT12H',
    ),
    ...ruleFaults(recurrence.rule, Math.max(earliestStart, start ?? earliestStart), `${pointer}/rule`),
    ...memberFaults(recurrence.members, `${pointer}/members`),
  ];
}

function ruleFaults(rule: string, start: WallMinutes, pointer: string): Fault[] {
  try {
    readRule(rule, start);
    return [];
  } catch (error) {
    if (error instanceof UnusableRule) return [{ pointer, detail: error.message }];
    throw error;
  }
}

function lengthFaults(length: Rotation['length'], pointer: string): Fault[] {
  const detail = 'must be a whole number of units, 1 or more';
  const wrong = (value: number): boolean => !Number.isSafeInteger(value) || value < 1;
  if (typeof length === 'number') return faultIf(wrong(length), pointer, detail);
  return [
    ...faultIf(length.length === 0, pointer, 'must name the length of one turn at least'),
    ...length.flatMap((value, index) => faultIf(wrong(value), `${pointer}/${index}`, detail)),
  ];
}

function memberFaults(members: readonly TurnMembers[], pointer: string): Fault[] {
  if (members.every((turn) => turn === null)) {
    return [{ pointer, detail: 'must name one person at least' }];
  }
  return members.flatMap((turn, index) => {
    const people = turn === null || typeof turn === 'string' ? null : turn;
    if (people === null)
      return faultIf(turn === '', `${pointer}/${index}`, 'must name a person, or be null for nobody');
    return [
      ...faultIf(
        people.length === 0,
        `${pointer}/${index}`,
        'must name one person at least; nobody is written as null',
      ),
      ...people.flatMap((person, place) => [
        ...faultIf(person === '', `${pointer}/${index}/${place}`, 'must name a person'),
        ...faultIf(
          person !== '' && people.indexOf(person) < place,
          `${pointer}/${index}/${place}`,
          'names a person who is already in this turn',
        ),
      ]),
    ];
  });
}

function restrictionsFaults({ restrictions = [], holidays }: Layer, pointer: string): Fault[] {
  return restrictions.flatMap((restriction, index) => [
    ...restrictionFaults(restriction, `${pointer}/${index}`),
    ...faultIf(
      asksForHolidays(restriction) && !holidays,
      `${pointer}/${index}`,
      'speaks of holidays, so the layer or the schedule must name a calendar, such as RO or DE-BY',
    ),
  ]);
}

function restrictionFaults(restriction: Restriction, pointer: string): Fault[] {
  const timeOfDay = 'must be a time of day from 00:00 to 23:59';
  return [
    ...faultIf(restriction.days.length === 0, `${pointer}/days`, 'must name one day at least'),
    ...restriction.days.flatMap((day, index) =>
      faultIf(!days.includes(day), `${pointer}/days/${index}`, `must be one of ${days.join(', ')}`),
    ),
    ...faultIf(
      restriction.exceptHolidays === true && restriction.days.includes('holiday'),
      `${pointer}/exceptHolidays`,
      'contradicts days, which name holidays',
    ),
    ...faultIf(parseTimeOfDay(restriction.from) === null, `${pointer}/from`, timeOfDay),
    ...faultIf(parseTimeOfDay(restriction.to) === null, `${pointer}/to`, timeOfDay),
  ];
}
