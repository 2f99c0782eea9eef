import type { EntityManager } from 'typeorm';
import { absencesInPlans } from './absence-rows.js';
import type { PlannedSchedule } from './domain/absence-effects.js';
import type { Absences } from './domain/absences.js';
import type { Schedule } from './roster.entity.js';
import { toDefinition, toOverride } from './schedule-definition.js';
import { overridesBetween } from './schedule-rows.js';

/** A schedule with the changes of it. */
export interface Plan extends PlannedSchedule {
  id: string;
  name: string;
}

/** The plans of these schedules with the changes of them and the absences of their people, as they bear on the window. */
export async function loadPlans(
  manager: EntityManager,
  schedules: readonly Schedule[],
  from: Date,
  to: Date,
): Promise<{ plans: Plan[]; absences: Absences }> {
  const ids = schedules.map(({ id }) => id);
  const overrides = await overridesBetween(manager, ids, from, to);
  const plans = schedules.map(({ id, name, definition }) => ({
    id,
    name,
    definition: toDefinition(definition),
    overrides: (overrides.get(id) ?? []).map(toOverride),
  }));
  return { plans, absences: await absencesInPlans(manager, plans, from, to) };
}
