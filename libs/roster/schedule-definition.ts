import type { EntityManager } from 'typeorm';
import { problems } from '../platform/index.js';
import type { Override, ScheduleDefinition } from './domain/schedule.js';
import { scheduleFaults } from './domain/validate-schedule.js';
import type { Schedule, ScheduleOverride } from './roster.entity.js';
import type { LayerDto, ScheduleInputDto } from './schedule.dto.js';
import { unknownMembers, type NamedMember } from './unknown-members.js';

/** A stored definition as the arithmetic takes it: instants instead of texts. */
export function toDefinition({ timeZone, layers }: Schedule['definition']): ScheduleDefinition {
  return {
    timeZone,
    layers: layers.map((layer) => ({
      ...layer,
      startsAt: layer.startsAt === null ? null : new Date(layer.startsAt),
      endsAt: layer.endsAt === null ? null : new Date(layer.endsAt),
    })),
  };
}

/** A stored override as the arithmetic takes it. */
export function toOverride({ id, kind, responderId, replaces, startsAt, endsAt }: ScheduleOverride): Override {
  return { id, kind, responderId, replaces, start: startsAt, end: endsAt };
}

/** What is kept of a schedule that somebody wrote down. Throws 422 with every fault in it, or with everybody it names who is not on the roster. */
export async function checkedDefinition(
  manager: EntityManager,
  input: Pick<ScheduleInputDto, 'timeZone' | 'layers' | 'owners'>,
): Promise<Schedule['definition']> {
  const definition = { timeZone: input.timeZone, layers: input.layers.map(storedLayer) };
  const faults = scheduleFaults(toDefinition(definition));
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

function storedLayer({
  name,
  startsAt,
  endsAt,
  rotation,
  restrictions,
}: LayerDto): Schedule['definition']['layers'][0] {
  const { unit, length, firstHandoff, members, countOnlyServed } = rotation;
  return {
    name,
    startsAt: startsAt ?? null,
    endsAt: endsAt ?? null,
    rotation: { unit, length, firstHandoff, members, ...(countOnlyServed ? { countOnlyServed } : {}) },
    restrictions: restrictions?.map(({ days, from, to }) => ({ days, from, to })) ?? [],
  };
}

function namedMembers({ layers }: Schedule['definition']): NamedMember[] {
  return layers.flatMap(({ rotation }, layer) =>
    rotation.members.flatMap((turn, place) => {
      const pointer = `/layers/${layer}/rotation/members/${place}`;
      if (turn === null) return [];
      if (typeof turn === 'string') return [{ pointer, responderId: turn }];
      return turn.map((responderId, index) => ({ pointer: `${pointer}/${index}`, responderId }));
    }),
  );
}
