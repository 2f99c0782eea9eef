import { type Absences, nobodyAway, withoutThoseAway } from './absences.js';
import { layeredSpans } from './layers.js';
import { type RosterSpan, withOverrides } from './overrides.js';
import type { Gap, Override, ScheduleDefinition, Shift, ShiftSource } from './schedule.js';
import { type Span, uncovered } from './span.js';

/** Somebody who is on call at an instant. `since` and `until` bound their whole shift. */
export interface OnCall {
  responderId: string;
  since: Date;
  until: Date;
  source: ShiftSource;
}

/** How far `onCallAt` looks for the beginning and the end of a shift, in days each way. */
export const furthestLookDays = 400;

const millisecondsPerDay = 86_400_000;

/** Widths tried one after the other: most shifts are short, and a wide window is dear. */
const looksDays = [2, 10, 50, furthestLookDays];

/**
 * Who is on call from `from` up to but not including `to`: one shift for each person and unbroken stretch, cut to the window,
 * ordered by start, then end, then responder. Empty when `to` is not after `from`.
 *
 * @param definition without faults (see `scheduleFaults`)
 * @param overrides in the order in which they were made: a later one wins over an earlier one
 * @param absences who is away wins over every plan and every change of it
 */
export function shiftsBetween(
  definition: ScheduleDefinition,
  overrides: readonly Override[],
  from: Date,
  to: Date,
  absences: Absences = nobodyAway,
): Shift[] {
  const running = new Map<string, Span & { source: ShiftSource }>();
  const shifts: Shift[] = [];
  const close = (responderId: string, { start, end, source }: Span & { source: ShiftSource }): void => {
    shifts.push({ responderId, start: new Date(start), end: new Date(end), source });
  };
  for (const { start, end, onCall } of timelineBetween(definition, overrides, from, to, absences)) {
    for (const [responderId, source] of onCall) {
      const shift = running.get(responderId);
      if (shift?.end === start) {
        shift.end = end;
        if (source === 'override') shift.source = source;
      } else {
        if (shift) close(responderId, shift);
        running.set(responderId, { start, end, source });
      }
    }
  }
  for (const [responderId, shift] of running) close(responderId, shift);
  return shifts.sort(byStart);
}

/** When nobody is on call from `from` up to but not including `to`: ordered, each as long as it can be. Same parameters as `shiftsBetween`. */
export function gapsBetween(
  definition: ScheduleDefinition,
  overrides: readonly Override[],
  from: Date,
  to: Date,
  absences: Absences = nobodyAway,
): Gap[] {
  const staffed = timelineBetween(definition, overrides, from, to, absences).filter(({ onCall }) => onCall.size > 0);
  const gaps = uncovered(staffed, { start: from.getTime(), end: to.getTime() });
  return gaps.map(({ start, end }) => ({ start: new Date(start), end: new Date(end) }));
}

/**
 * Who is on call at the instant, ordered as `shiftsBetween` orders; nobody is an empty list. A shift that began, or that ends,
 * more than `furthestLookDays` away is told only up to there. Same parameters as `shiftsBetween`.
 */
export function onCallAt(
  definition: ScheduleDefinition,
  overrides: readonly Override[],
  at: Date,
  absences: Absences = nobodyAway,
): OnCall[] {
  let found: OnCall[] = [];
  for (const days of looksDays) {
    const from = new Date(at.getTime() - days * millisecondsPerDay);
    const to = new Date(at.getTime() + days * millisecondsPerDay);
    found = shiftsBetween(definition, overrides, from, to, absences)
      .filter(({ start, end }) => start <= at && at < end)
      .map(({ responderId, start, end, source }) => ({ responderId, since: start, until: end, source }));
    if (found.every(({ since, until }) => since > from && until < to)) break;
  }
  return found;
}

/** The window as spans without overlap or hole: the layers, the overrides on top of them, and nobody who is away. */
function timelineBetween(
  definition: ScheduleDefinition,
  overrides: readonly Override[],
  from: Date,
  to: Date,
  absences: Absences,
): readonly RosterSpan[] {
  const window = { start: from.getTime(), end: to.getTime() };
  if (!(window.start < window.end)) return [];
  const staffed = layeredSpans(definition, window);
  const planned: RosterSpan[] = staffed.map(({ start, end, members }) => ({
    start,
    end,
    onCall: new Map(members.map((responderId) => [responderId, 'layer'])),
  }));
  const empty: RosterSpan[] = uncovered(staffed, window).map((span) => ({ ...span, onCall: new Map() }));
  const arranged = withOverrides(
    [...planned, ...empty].sort((a, b) => a.start - b.start),
    overrides.filter(({ start, end }) => start < to && from < end),
  );
  return withoutThoseAway(arranged, absences);
}

function byStart(a: Shift, b: Shift): number {
  return (
    a.start.getTime() - b.start.getTime() ||
    a.end.getTime() - b.end.getTime() ||
    (a.responderId < b.responderId ? -1 : Number(a.responderId > b.responderId))
  );
}
