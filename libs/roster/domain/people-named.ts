import type { PlannedSchedule } from './absence-effects.js';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Everybody whom a plan, or a change of it, can put on call. Whatever shape a plan takes, a person in it is an id: all ids in it
 * are answered, so that a new kind of layer is not forgotten here, and some may be of something else.
 */
export function peopleNamed({ definition, overrides }: PlannedSchedule): Set<string> {
  const named = new Set(overrides.map(({ responderId }) => responderId));
  const visit = (value: unknown): void => {
    if (typeof value === 'string') {
      if (uuid.test(value)) named.add(value);
    } else if (typeof value === 'object' && value !== null) Object.values(value).forEach(visit);
  };
  visit(definition);
  return named;
}
