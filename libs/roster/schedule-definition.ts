import type { EntityManager } from 'typeorm';
import { problems, type Fault } from '../platform/index.js';
import type { Override, Plan, ScheduleDefinition, TurnMembers } from './domain/schedule.js';
import { scheduleFaults } from './domain/validate-schedule.js';
import { holidayCalendar, isHolidayCalendar } from './public-holidays.js';
import type { Schedule, ScheduleOverride, StoredDefinition, StoredFallback, StoredLayer } from './roster.entity.js';
import type { FallbackDto, LayerDto, ScheduleInputDto } from './schedule.dto.js';
import { unknownMembers, type NamedMember } from './unknown-members.js';

/**
 * A stored definition as the arithmetic takes it: instants instead of texts, calendars instead of their names.
 *
 * @param behind the plan of the schedule that fills the gaps; where there is none, its gaps stay gaps
 */
export function toDefinition(
  { timeZone, layers, calendar, fallback }: StoredDefinition,
  behind?: Plan,
): ScheduleDefinition {
  return {
    timeZone,
    layers: layers.map(({ calendar: own = calendar, ...layer }) => ({
      ...layer,
      startsAt: layer.startsAt === null ? null : new Date(layer.startsAt),
      endsAt: layer.endsAt === null ? null : new Date(layer.endsAt),
      ...(own === undefined ? {} : { holidays: holidayCalendar(own) }),
    })),
    fallback:
      fallback && 'responder' in fallback ? { responderId: fallback.responder } : behind ? { plan: behind } : null,
  };
}

/** A stored override as the arithmetic takes it. */
export function toOverride({ id, kind, responderId, replaces, startsAt, endsAt }: ScheduleOverride): Override {
  return { id, kind, responderId, replaces, start: startsAt, end: endsAt };
}

/** What is kept of a schedule that somebody wrote down. Throws 422 with every fault in it, or with everybody it names who is not on the roster. */
export async function checkedDefinition(
  manager: EntityManager,
  input: Omit<ScheduleInputDto, 'name' | 'requires'>,
): Promise<StoredDefinition> {
  const { timeZone, layers, calendar, fallback } = input;
  const definition: StoredDefinition = {
    timeZone,
    ...(calendar ? { calendar } : {}),
    layers: layers.map(storedLayer),
    ...(fallback === undefined ? {} : { fallback: storedFallback(fallback) }),
  };
  const faults = [
    ...calendarFaults(definition),
    ...fallbackFaults(fallback),
    ...scheduleFaults(toDefinition(definition)),
  ];
  if (faults.length === 0)
    faults.push(...(await unknownMembers(manager, [...namedMembers(definition), ...namedOwners(input)])));
  if (faults.length > 0) throw problems.invalidInput(faults);
  return definition;
}

/** Whom the roster watch tells about a schedule, and what it looks for, as it is kept. */
export function watchedBy({ owners, requires }: ScheduleInputDto): Pick<Schedule, 'owners' | 'requires'> {
  const { people, skills, languages } = requires ?? {};
  return {
    owners: owners ?? [],
    requires: { people: people ?? null, skills: skills ?? [], languages: languages ?? [] },
  };
}

function namedOwners({ owners }: Pick<ScheduleInputDto, 'owners'>): NamedMember[] {
  return (owners ?? []).map((responderId, index) => ({ pointer: `/owners/${index}`, responderId }));
}

function storedLayer(layer: LayerDto): StoredLayer {
  const { name, startsAt, endsAt, timeZone, calendar, shadow, rotation, recurrence, restrictions } = layer;
  return {
    name,
    startsAt: startsAt ?? null,
    endsAt: endsAt ?? null,
    ...(timeZone ? { timeZone } : {}),
    ...(calendar ? { calendar } : {}),
    ...(shadow ? { shadow } : {}),
    ...(rotation === undefined ? {} : { rotation: storedRotation(rotation) }),
    ...(recurrence === undefined ? {} : { recurrence: storedRecurrence(recurrence) }),
    restrictions:
      restrictions?.map(({ days, from, to, exceptHolidays }) => ({
        days,
        from,
        to,
        ...(exceptHolidays ? { exceptHolidays } : {}),
      })) ?? [],
  };
}

function storedRotation(rotation: NonNullable<LayerDto['rotation']>): StoredLayer['rotation'] {
  const { unit, length, firstHandoff, members, countOnlyServed } = rotation;
  return { unit, length, firstHandoff, members, ...(countOnlyServed ? { countOnlyServed } : {}) };
}

function storedRecurrence({
  start,
  duration,
  rule,
  members,
}: NonNullable<LayerDto['recurrence']>): StoredLayer['recurrence'] {
  return { start, duration, rule, members };
}

/** `fallbackFaults` has seen that it is one of the two. */
function storedFallback({ responder, schedule }: FallbackDto): StoredFallback {
  return responder === undefined ? { schedule: (schedule ?? '').toLowerCase() } : { responder };
}

function fallbackFaults(fallback: FallbackDto | undefined): Fault[] {
  if (!fallback || (fallback.responder === undefined) !== (fallback.schedule === undefined)) return [];
  return [{ pointer: '/fallback', detail: 'must name either a responder or a schedule' }];
}

function calendarFaults({ calendar, layers }: StoredDefinition): Fault[] {
  const named = [
    { pointer: '/calendar', calendar },
    ...layers.map((layer, index) => ({ pointer: `/layers/${index}/calendar`, calendar: layer.calendar })),
  ];
  return named
    .filter((place) => place.calendar !== undefined && !isHolidayCalendar(place.calendar))
    .map(({ pointer }) => ({
      pointer,
      detail: 'must be an ISO 3166 code of a country or a part of one whose holidays are known, such as RO or DE-BY',
    }));
}

function namedMembers({ layers, fallback }: StoredDefinition): NamedMember[] {
  const inLayers = layers.flatMap(({ rotation, recurrence }, layer) => [
    ...membersOf(rotation?.members ?? [], `/layers/${layer}/rotation/members`),
    ...membersOf(recurrence?.members ?? [], `/layers/${layer}/recurrence/members`),
  ]);
  if (!fallback || !('responder' in fallback)) return inLayers;
  return [...inLayers, { pointer: '/fallback/responder', responderId: fallback.responder }];
}

function membersOf(members: readonly TurnMembers[], pointer: string): NamedMember[] {
  return members.flatMap((turn, place) => {
    if (turn === null) return [];
    if (typeof turn === 'string') return [{ pointer: `${pointer}/${place}`, responderId: turn }];
    return turn.map((responderId, index) => ({ pointer: `${pointer}/${place}/${index}`, responderId }));
  });
}
