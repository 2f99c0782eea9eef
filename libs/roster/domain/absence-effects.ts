import type { Absences } from './absences.js';
import type { Gap, Override, ScheduleDefinition, Shift } from './schedule.js';
import { gapsBetween, shiftsBetween } from './shifts.js';
import { cutTo, type Span, uncovered } from './span.js';

/** What it does to one schedule when somebody is away more than before. */
export interface AbsenceEffects {
  /** What they were to be on call for, and now are not. */
  shifts: Shift[];
  /** Where somebody was to be on call, and now nobody is. */
  uncovered: Gap[];
}

/** A schedule and the changes of it, in the order in which they were made. */
export interface PlannedSchedule {
  definition: ScheduleDefinition;
  overrides: readonly Override[];
}

/** What a change of a person's absences takes away from a schedule in the window. What it gives back is not told. */
export function absenceEffects(
  { definition, overrides }: PlannedSchedule,
  responderId: string,
  window: { from: Date; to: Date },
  { before, after }: { before: Absences; after: Absences },
): AbsenceEffects {
  const { from, to } = window;
  const span = { start: from.getTime(), end: to.getTime() };
  const held = (absences: Absences): Shift[] =>
    shiftsBetween(definition, overrides, from, to, absences).filter((shift) => shift.responderId === responderId);
  const open = (absences: Absences): Span[] => gapsBetween(definition, overrides, from, to, absences).map(toSpan);
  const kept = uncovered(held(after).map(toSpan), span);
  const wasCovered = uncovered(open(before), span);
  return {
    shifts: held(before).flatMap((shift) =>
      cutTo([toSpan(shift)], kept).map((lost) => ({ ...shift, ...toDates(lost) })),
    ),
    uncovered: cutTo(open(after), wasCovered).map(toDates),
  };
}

function toSpan({ start, end }: { start: Date; end: Date }): Span {
  return { start: start.getTime(), end: end.getTime() };
}

function toDates({ start, end }: Span): { start: Date; end: Date } {
  return { start: new Date(start), end: new Date(end) };
}
