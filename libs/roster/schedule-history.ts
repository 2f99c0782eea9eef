import type { EntityManager } from 'typeorm';
import type { Plan } from './domain/schedule.js';
import type { Schedule, ScheduleOverride } from './roster.entity.js';
import { assembledPlans } from './schedule-plans.js';

/**
 * Schedule $1 and those that filled its gaps, as they were known at $2; what did not exist then, or was deleted, is left
 * out. Index: schedule_history_schedule.
 */
const readAsKnown = `
  WITH RECURSIVE needed AS (
    SELECT * FROM (
      SELECT schedule_id AS id, definition FROM codegrey.schedule_history
      WHERE schedule_id = $1 AND recorded_at <= $2 ORDER BY recorded_at DESC, sequence DESC LIMIT 1) AS asked
    UNION
    SELECT behind.id, behind.definition
    FROM needed CROSS JOIN LATERAL (
      SELECT schedule_id AS id, definition FROM codegrey.schedule_history
      WHERE schedule_id = (needed.definition #>> '{fallback,schedule}')::uuid AND recorded_at <= $2
      ORDER BY recorded_at DESC, sequence DESC LIMIT 1) AS behind)
  SELECT id, definition FROM needed WHERE definition IS NOT NULL`;

/**
 * Overrides of schedules $1 that were known at $2 and touch the time from $3 to $4, in the order in which they were made.
 * Index: schedule_override_history_schedule.
 */
const readOverridesAsKnown = `
  SELECT override_id AS id, schedule_id AS "scheduleId", override ->> 'kind' AS kind,
         override ->> 'responder_id' AS "responderId", override ->> 'replaces' AS replaces,
         (override ->> 'starts_at')::timestamptz AS "startsAt", (override ->> 'ends_at')::timestamptz AS "endsAt",
         override ->> 'reason' AS reason, override ->> 'created_by' AS "createdBy"
  FROM (
    SELECT DISTINCT ON (schedule_id, override_id) * FROM codegrey.schedule_override_history
    WHERE schedule_id = ANY($1) AND recorded_at <= $2
    ORDER BY schedule_id, override_id, recorded_at DESC, sequence DESC) AS known
  WHERE override IS NOT NULL
    AND (override ->> 'ends_at')::timestamptz > $3 AND (override ->> 'starts_at')::timestamptz < $4
  ORDER BY override_id`;

/** The plan of a schedule as it was known at a moment, for a window of time; undefined where there was none then. */
export async function planAsKnown(
  manager: EntityManager,
  scheduleId: string,
  asOf: Date,
  from: Date,
  to: Date,
): Promise<Plan | undefined> {
  const schedules = await manager.query<Pick<Schedule, 'id' | 'definition'>[]>(readAsKnown, [scheduleId, asOf]);
  const ids = schedules.map(({ id }) => id);
  const overrides = await manager.query<ScheduleOverride[]>(readOverridesAsKnown, [ids, asOf, from, to]);
  return assembledPlans(
    schedules,
    Map.groupBy(overrides, (override) => override.scheduleId),
  ).get(scheduleId.toLowerCase());
}
