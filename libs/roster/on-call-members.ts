import { nobodyAway, type Absences } from './domain/absences.js';
import type { Override, ScheduleDefinition } from './domain/schedule.js';
import { shiftsBetween } from './domain/shifts.js';

/**
 * Who is on call at the instant: the people of `onCallAt`, without the bounds of their shifts. Those are found by looking
 * ever further around the instant; this looks at the instant alone (the finest step of an instant is a millisecond), so
 * that it stays cheap between a call for help and a page.
 */
export function membersOnCall(
  definition: ScheduleDefinition,
  overrides: readonly Override[],
  at: Date,
  absences: Absences = nobodyAway,
): string[] {
  const shifts = shiftsBetween(definition, overrides, at, new Date(at.getTime() + 1), absences);
  return shifts.map(({ responderId }) => responderId);
}
