import { type Fault, faultIf } from './fault.js';
import { type Layer, type Restriction, type Rotation, type ScheduleDefinition, weekdays } from './schedule.js';
import { isTimeZone, parseTimeOfDay, parseWallTime } from './wall-clock.js';

const units: readonly string[] = ['hour', 'day', 'week', 'month'] satisfies Rotation['unit'][];

/**
 * Every fault of a definition at once, in its order; empty when shifts can be computed from it. Pointers begin at the definition
 * (`/layers/0/rotation/members`). Whether the responders exist is not asked here.
 */
export function scheduleFaults(definition: ScheduleDefinition): Fault[] {
  return [
    ...faultIf(
      !isTimeZone(definition.timeZone),
      '/timeZone',
      'must be a time zone of the IANA database, such as Europe/Bucharest',
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
    ...rotationFaults(layer.rotation, `${pointer}/rotation`),
    ...(layer.restrictions ?? []).flatMap((restriction, index) =>
      restrictionFaults(restriction, `${pointer}/restrictions/${index}`),
    ),
  ];
}

function rotationFaults(rotation: Rotation, pointer: string): Fault[] {
  return [
    ...faultIf(!units.includes(rotation.unit), `${pointer}/unit`, `must be one of ${units.join(', ')}`),
    ...lengthFaults(rotation.length, `${pointer}/length`),
    ...faultIf(
      parseWallTime(rotation.firstHandoff) === null,
      `${pointer}/firstHandoff`,
      'must be a time on the wall that the calendar has, such as 2026-01-05T08:00, without an offset',
    ),
    ...memberFaults(rotation.members, `${pointer}/members`),
  ];
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

function memberFaults(members: Rotation['members'], pointer: string): Fault[] {
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

function restrictionFaults(restriction: Restriction, pointer: string): Fault[] {
  const timeOfDay = 'must be a time of day from 00:00 to 23:59';
  return [
    ...faultIf(restriction.days.length === 0, `${pointer}/days`, 'must name one day at least'),
    ...restriction.days.flatMap((day, index) =>
      faultIf(!weekdays.includes(day), `${pointer}/days/${index}`, `must be one of ${weekdays.join(', ')}`),
    ),
    ...faultIf(parseTimeOfDay(restriction.from) === null, `${pointer}/from`, timeOfDay),
    ...faultIf(parseTimeOfDay(restriction.to) === null, `${pointer}/to`, timeOfDay),
  ];
}
