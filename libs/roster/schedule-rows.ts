import { In, LessThan, MoreThan, type EntityManager } from 'typeorm';
import { isId, problems, type Work } from '../platform/index.js';
import { Schedule, ScheduleOverride } from './roster.entity.js';

/** More than anybody arranges ahead; what lies beyond is still followed, and only not listed with the schedule. */
const mostOverridesListed = 200;

/** The schedule with this id. Throws 404 when there is none. */
export async function findSchedule(manager: EntityManager, id: string): Promise<Schedule> {
  const schedule = isId(id) ? await manager.findOneBy(Schedule, { id }) : null;
  if (!schedule) throw problems.notFound('schedule');
  return schedule;
}

/** The schedules with these ids, the oldest first. Throws 404 when one of them does not exist. */
export async function findSchedules(manager: EntityManager, ids: readonly string[]): Promise<Schedule[]> {
  const asked = new Set(ids.map((id) => id.toLowerCase()));
  const found = await manager.find(Schedule, { where: { id: In([...asked]) }, order: { id: 'ASC' } });
  if (found.length < asked.size) throw problems.notFound('schedule');
  return found;
}

const readNaming = `
  WITH RECURSIVE naming AS (
    SELECT schedule.id FROM codegrey.schedules AS schedule
    WHERE jsonb_path_exists(schedule.definition, '$.** ? (@ == $person)', jsonb_build_object('person', $1::text))
      OR EXISTS (SELECT FROM codegrey.schedule_overrides AS override
        WHERE override.schedule_id = schedule.id AND override.responder_id = $1::uuid AND override.ends_at > $2)
    UNION
    SELECT filled.id FROM naming JOIN codegrey.schedules AS filled
      ON filled.definition #>> '{fallback,schedule}' = naming.id::text)
  SELECT id FROM naming`;

/**
 * The schedules that can put this person on call: those whose plan names them anywhere, those that were changed in their
 * favour by an override that ends after the instant, and those whose gaps one of these fills. Every plan is read; a plan is
 * small, and nobody waits for it.
 */
export async function schedulesNaming(manager: EntityManager, responderId: string, after: Date): Promise<Schedule[]> {
  const naming = await manager.query<{ id: string }[]>(readNaming, [responderId, after]);
  return manager.find(Schedule, { where: { id: In(naming.map(({ id }) => id)) }, order: { id: 'ASC' } });
}

/** The schedule with this id, locked until the transaction ends: its overrides and what names it do not change meanwhile. */
export async function lockSchedule({ manager }: Work, id: string): Promise<Schedule> {
  const schedule = isId(id)
    ? await manager.findOne(Schedule, { where: { id }, lock: { mode: 'pessimistic_write' } })
    : null;
  if (!schedule) throw problems.notFound('schedule');
  return schedule;
}

/** The overrides of these schedules that touch the window, in the order in which they were made. Index: schedule_overrides_schedule. */
export async function overridesBetween(
  manager: EntityManager,
  scheduleIds: readonly string[],
  from: Date,
  to: Date,
): Promise<Map<string, ScheduleOverride[]>> {
  const overrides = await manager.find(ScheduleOverride, {
    where: { scheduleId: In([...scheduleIds]), endsAt: MoreThan(from), startsAt: LessThan(to) },
    order: { id: 'ASC' },
  });
  return Map.groupBy(overrides, ({ scheduleId }) => scheduleId);
}

/** The overrides of these schedules that have not ended at the instant, as they are listed with each. Index: schedule_overrides_schedule. */
export async function openOverrides(
  manager: EntityManager,
  scheduleIds: readonly string[],
  at: Date,
): Promise<(scheduleId: string) => ScheduleOverride[]> {
  const overrides = await manager.find(ScheduleOverride, {
    where: { scheduleId: In([...scheduleIds]), endsAt: MoreThan(at) },
    order: { id: 'ASC' },
  });
  const bySchedule = Map.groupBy(overrides, ({ scheduleId }) => scheduleId);
  return (scheduleId) => (bySchedule.get(scheduleId) ?? []).slice(0, mostOverridesListed);
}
