import type { Gap, Shift } from './domain/schedule.js';
import type { ShiftChange } from './domain/shift-changes.js';
import type { Schedule, ScheduleOverride } from './roster.entity.js';
import type { GapDto, OverrideDto, ScheduleDto, ShiftChangeDto, ShiftDto } from './schedule.dto.js';

/** A schedule as the API shows it. */
export function presentSchedule(
  { id, name, definition, owners, requires, version }: Schedule,
  overrides: ScheduleOverride[],
): ScheduleDto {
  const layers = definition.layers.map(({ startsAt, endsAt, ...layer }) => ({
    ...layer,
    ...(startsAt === null ? {} : { startsAt }),
    ...(endsAt === null ? {} : { endsAt }),
  }));
  return {
    id,
    name,
    timeZone: definition.timeZone,
    ...(definition.calendar === undefined ? {} : { calendar: definition.calendar }),
    ...(definition.fallback === undefined ? {} : { fallback: definition.fallback }),
    layers: layers as ScheduleDto['layers'],
    owners,
    requires: {
      skills: [...requires.skills],
      languages: [...requires.languages],
      ...(requires.people === null ? {} : { people: requires.people }),
    },
    version,
    overrides: overrides.map(presentOverride),
  };
}

/** An override as the API shows it. */
export function presentOverride(override: ScheduleOverride): OverrideDto {
  return {
    id: override.id,
    kind: override.kind,
    responderId: override.responderId,
    replaces: override.replaces,
    start: override.startsAt.toISOString(),
    end: override.endsAt.toISOString(),
    reason: override.reason,
  };
}

/** A shift as the API shows it. */
export function presentShift({ responderId, start, end, source }: Shift): ShiftDto {
  return { responderId, start: start.toISOString(), end: end.toISOString(), source };
}

/** A gap as the API shows it. */
export function presentGap({ start, end }: Gap): GapDto {
  return { start: start.toISOString(), end: end.toISOString() };
}

/** What an edit changes for somebody, as the API shows it. */
export function presentShiftChange({ responderId, change, start, end, shadow }: ShiftChange): ShiftChangeDto {
  return { responderId, change, start: start.toISOString(), end: end.toISOString(), shadow };
}
