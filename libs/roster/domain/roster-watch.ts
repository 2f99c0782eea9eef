import { coverageFindings, coverageKinds, type CoveringPerson, type ScheduleNeeds } from './coverage.js';
import { doubleDuties } from './double-duty.js';
import { restFindingKinds, restFindings, type RestRule } from './rest.js';
import type { Shift } from './schedule.js';
import type { Span } from './span.js';
import { WallClock } from './wall-clock.js';

/** Everything that the watch looks for. */
export const watchKinds = [...coverageKinds, 'two-schedules', ...restFindingKinds] as const;

export type WatchKind = (typeof watchKinds)[number];

/** A gap or thin spot of the roster. */
export interface WatchFinding extends Span {
  kind: WatchKind;
  scheduleIds: readonly string[];
  responderIds: readonly string[];
  /** The skill or language that is missing; null for what is about neither. */
  about: string | null;
  reason: string;
}

/** A schedule as the watch looks at it. */
export interface WatchedSchedule {
  id: string;
  needs: ScheduleNeeds;
  shifts: readonly Shift[];
}

/** A person as the watch looks at them. */
export interface WatchedPerson extends CoveringPerson {
  timeZone: string;
  rest: RestRule;
}

/** What is wrong with the cover of one schedule in the window. */
export function scheduleFindings(
  { id, needs, shifts }: WatchedSchedule,
  people: ReadonlyMap<string, WatchedPerson>,
  window: Span,
): WatchFinding[] {
  return coverageFindings(shifts, needs, people, window).map((finding) => ({ ...finding, scheduleIds: [id] }));
}

/** What is asked too much of one person after the other in the window. Who has been taken off the roster is not looked at. */
export function personFindings(
  schedules: readonly WatchedSchedule[],
  people: ReadonlyMap<string, WatchedPerson>,
  window: Span,
): WatchFinding[] {
  const active = schedules.map(({ shifts, ...schedule }) => ({
    ...schedule,
    shifts: shifts.filter(({ responderId }) => people.get(responderId)?.active ?? false),
  }));
  return [...doubleDutyFindings(active), ...overworkFindings(active, people, window)];
}

function doubleDutyFindings(schedules: readonly WatchedSchedule[]): WatchFinding[] {
  return doubleDuties(schedules).map(({ responderId, scheduleIds, start, end }) => ({
    kind: 'two-schedules' as const,
    start,
    end,
    scheduleIds,
    responderIds: [responderId],
    about: null,
    reason: 'The same person is on call by several schedules at once.',
  }));
}

function overworkFindings(
  schedules: readonly WatchedSchedule[],
  people: ReadonlyMap<string, WatchedPerson>,
  known: Span,
): WatchFinding[] {
  const clocks = new Map<string, WallClock>();
  const clockOf = (zone: string): WallClock => {
    const clock = clocks.get(zone) ?? new WallClock(zone);
    clocks.set(zone, clock);
    return clock;
  };
  const shifts = schedules.flatMap(({ id, shifts }) =>
    shifts.map(({ responderId, start, end }) => ({
      scheduleId: id,
      responderId,
      start: start.getTime(),
      end: end.getTime(),
    })),
  );
  return [...Map.groupBy(shifts, ({ responderId }) => responderId)].flatMap(([responderId, own]) => {
    const { rest, timeZone } = people.get(responderId)!;
    const found = restFindings({ shifts: own, known }, rest, clockOf(timeZone));
    return found.map((finding) => ({
      ...finding,
      about: null,
      responderIds: [responderId],
      scheduleIds: [
        ...new Set(own.filter((shift) => touches(shift, finding)).map(({ scheduleId }) => scheduleId)),
      ].sort(),
    }));
  });
}

function touches(one: Span, other: Span): boolean {
  return one.start <= other.end && other.start <= one.end;
}
