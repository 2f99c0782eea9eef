import { type Absences, nobodyAway, withoutThoseAway } from './absences.js';
import { withFallback } from './fallback.js';
import { layeredSpans, shadowSpans } from './layers.js';
import { type RosterSpan, withOverrides } from './overrides.js';
import type { Gap, Override, Plan, ScheduleDefinition, Shift, ShiftSource } from './schedule.js';
import { type Span, uncovered, united } from './span.js';

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

/** Which source names a shift that is made of several: the strongest of them. */
const strength: Record<ShiftSource, number> = { shadow: 0, layer: 1, fallback: 2, override: 3 };

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
  for (const { start, end, onCall } of timelineBetween({ definition, overrides }, spanOf(from, to), absences)) {
    for (const [responderId, source] of onCall) {
      const shift = running.get(responderId);
      if (shift?.end === start) {
        shift.end = end;
        if (strength[source] > strength[shift.source]) shift.source = source;
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
  const window = spanOf(from, to);
  const timeline = timelineBetween({ definition, overrides }, window, absences);
  const gaps = uncovered(
    timeline.filter(({ onCall }) => onCall.size > 0),
    window,
  );
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
  return heldAt(at, (from, to) => shiftsBetween(definition, overrides, from, to, absences));
}

/** Who shadows at the instant, with the bounds of `onCallAt`. */
export function shadowsAt(definition: ScheduleDefinition, at: Date): OnCall[] {
  return heldAt(at, (from, to) => shadowShiftsBetween(definition, from, to));
}

function heldAt(at: Date, shiftsIn: (from: Date, to: Date) => Shift[]): OnCall[] {
  let found: OnCall[] = [];
  for (const days of looksDays) {
    const from = new Date(at.getTime() - days * millisecondsPerDay);
    const to = new Date(at.getTime() + days * millisecondsPerDay);
    found = shiftsIn(from, to)
      .filter(({ start, end }) => start <= at && at < end)
      .map(({ responderId, start, end, source }) => ({ responderId, since: start, until: end, source }));
    if (found.every(({ since, until }) => since > from && until < to)) break;
  }
  return found;
}

/**
 * Who shadows from `from` up to but not including `to`, by the layers for people in training: one shift for each person and
 * unbroken stretch, ordered as `shiftsBetween` orders. Overrides and fallbacks are about cover, and do not touch them.
 */
export function shadowShiftsBetween(definition: ScheduleDefinition, from: Date, to: Date): Shift[] {
  const window = spanOf(from, to);
  if (!(window.start < window.end)) return [];
  const spans = shadowSpans(definition, window).flatMap(({ start, end, members }) =>
    members.map((responderId) => ({ responderId, start, end })),
  );
  return [...Map.groupBy(spans, ({ responderId }) => responderId)]
    .flatMap(([responderId, own]) =>
      united(own).map(({ start, end }) => ({
        responderId,
        start: new Date(start),
        end: new Date(end),
        source: 'shadow' as const,
      })),
    )
    .sort(byStart);
}

/**
 * The window as spans without overlap or hole, and who is on call in each. This is the one place where a schedule is put
 * together: the layers, the overrides on top of them, nobody who is away, and the fallback wherever that leaves nobody.
 */
function timelineBetween({ definition, overrides }: Plan, window: Span, absences: Absences): readonly RosterSpan[] {
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
    overrides.filter(({ start, end }) => start.getTime() < window.end && window.start < end.getTime()),
  );
  const present = withoutThoseAway(arranged, absences);
  if (!definition.fallback) return present;
  const filled = withFallback(present, definition.fallback, (plan, gaps) => timelineBetween(plan, gaps, absences));
  return withoutThoseAway(filled, absences);
}

function spanOf(from: Date, to: Date): Span {
  return { start: from.getTime(), end: to.getTime() };
}

function byStart(a: Shift, b: Shift): number {
  return (
    a.start.getTime() - b.start.getTime() ||
    a.end.getTime() - b.end.getTime() ||
    (a.responderId < b.responderId ? -1 : Number(a.responderId > b.responderId))
  );
}
