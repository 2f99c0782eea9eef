import type { EntityManager } from 'typeorm';
import { problems } from '../platform/index.js';
import { absencesInPlans } from './absence-rows.js';
import type { Absences } from './domain/absences.js';
import type { Plan } from './domain/schedule.js';
import type { Schedule, ScheduleOverride, StoredDefinition } from './roster.entity.js';
import { toDefinition, toOverride } from './schedule-definition.js';
import { overridesBetween } from './schedule-rows.js';

type KeptSchedule = Pick<Schedule, 'id' | 'definition'>;

/** Schedules, those that fill their gaps, those that fill theirs, and so on. Index: the primary key. */
const readWithFallbacks = `
  WITH RECURSIVE needed AS (
    SELECT id, definition FROM codegrey.schedules WHERE id = ANY($1)
    UNION
    SELECT behind.id, behind.definition
    FROM needed JOIN codegrey.schedules behind ON behind.id = (needed.definition #>> '{fallback,schedule}')::uuid)
  SELECT id, definition FROM needed`;

/** The plans of these schedules as they are followed in the window, each with whatever fills its gaps. */
export async function plansBetween(
  manager: EntityManager,
  scheduleIds: readonly string[],
  from: Date,
  to: Date,
): Promise<Map<string, Plan>> {
  const schedules = await manager.query<KeptSchedule[]>(readWithFallbacks, [scheduleIds]);
  const ids = schedules.map(({ id }) => id);
  return assembledPlans(schedules, await overridesBetween(manager, ids, from, to));
}

/** Plans as they are followed: with whatever fills their gaps, and with when their people are away. */
export interface FollowedPlans {
  /** By the id of the schedule. */
  plans: Map<string, Plan>;
  absences: Absences;
}

/** All that decides who is on call by these schedules in the window. */
export async function followedPlans(
  manager: EntityManager,
  scheduleIds: readonly string[],
  from: Date,
  to: Date,
): Promise<FollowedPlans> {
  const plans = await plansBetween(manager, scheduleIds, from, to);
  return { plans, absences: await absencesInPlans(manager, [...plans.values()], from, to) };
}

/** The plan that fills the gaps of a definition, if one does. Throws 422 when it names a schedule that does not exist. */
export async function behindOf(
  manager: EntityManager,
  { fallback }: StoredDefinition,
  from: Date,
  to: Date,
): Promise<Plan | undefined> {
  if (!fallback || !('schedule' in fallback)) return undefined;
  const plan = (await plansBetween(manager, [fallback.schedule], from, to)).get(fallback.schedule);
  if (!plan) throw problems.invalidInput([{ pointer: '/fallback/schedule', detail: 'is no schedule' }]);
  return plan;
}

/** Puts schedules together with their overrides and with those that fill their gaps, which are among them. */
export function assembledPlans(
  schedules: readonly KeptSchedule[],
  overridesOf: ReadonlyMap<string, readonly ScheduleOverride[]>,
): Map<string, Plan> {
  const byId = new Map(schedules.map((schedule) => [schedule.id, schedule]));
  const plans = new Map<string, Plan>();
  // A schedule never leads back to itself (see `refuseImpossibleFallback`), so this comes to an end.
  const planOf = (schedule: KeptSchedule): Plan => {
    const { fallback } = schedule.definition;
    const behind = fallback && 'schedule' in fallback ? byId.get(fallback.schedule) : undefined;
    const plan = plans.get(schedule.id) ?? {
      definition: toDefinition(schedule.definition, behind && planOf(behind)),
      overrides: (overridesOf.get(schedule.id) ?? []).map(toOverride),
    };
    plans.set(schedule.id, plan);
    return plan;
  };
  schedules.forEach(planOf);
  return plans;
}
