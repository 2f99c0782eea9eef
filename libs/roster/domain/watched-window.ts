import { Temporal } from 'temporal-polyfill';
import type { Shift } from './schedule.js';
import type { Span } from './span.js';

/** A stretch of time in which a policy must reach somebody, with who is on call in it by each schedule. */
export interface WatchedWindow extends Span {
  /** The time just ahead, or the day before and after a change of the clocks. */
  kind: 'ahead' | 'change-of-clocks';
  /** The shifts within the window, by schedule. */
  shifts: ReadonlyMap<string, readonly Pick<Shift, 'responderId' | 'start' | 'end'>[]>;
}

/** How few are on call at the worst moment; `during` is the first stretch in which it is so few. */
export interface FewestOnCall {
  count: number;
  during?: Span;
}

const millisecondsPerDay = 86_400_000;
const furthestChangeDays = 366;

/** When to look: from now on for so long, and around the changes of the clocks of these zones in the coming year. */
export function windowsToWatch(
  now: Date,
  aheadMs: number,
  timeZones: Iterable<string>,
): Omit<WatchedWindow, 'shifts'>[] {
  const start = now.getTime();
  const changes = new Set([...timeZones].flatMap((zone) => changesOfClocks(zone, now)));
  return [
    { kind: 'ahead', start, end: start + aheadMs },
    ...[...changes]
      .sort((one, other) => one - other)
      .map((at) => ({
        kind: 'change-of-clocks' as const,
        start: Math.max(start, at - millisecondsPerDay),
        end: at + millisecondsPerDay,
      })),
  ];
}

/**
 * The moment of all windows at which the fewest different people who count are on call by any of the schedules. Around a change
 * of the clocks only that counts which is worse than both the day before and the day after: what the change itself tears open.
 */
export function fewestOnCall(
  windows: readonly WatchedWindow[],
  schedules: readonly string[],
  counts: (responderId: string) => boolean,
): FewestOnCall {
  let fewest: FewestOnCall = { count: Infinity };
  for (const window of windows) {
    const shifts = [...new Set(schedules)].flatMap((id) => window.shifts.get(id) ?? []);
    const stretches = stretchesOf(
      shifts.filter(({ responderId }) => counts(responderId)),
      window,
    );
    const edges = [stretches.at(0)?.count ?? 0, stretches.at(-1)?.count ?? 0];
    const limit = window.kind === 'ahead' ? Infinity : Math.min(...edges);
    for (const { count, ...during } of stretches) if (count < limit && count < fewest.count) fewest = { count, during };
  }
  return fewest;
}

/** The window in stretches in which the same number of people is on call, ordered, without a hole. */
function stretchesOf(
  shifts: readonly Pick<Shift, 'responderId' | 'start' | 'end'>[],
  { start, end }: Span,
): (Span & { count: number })[] {
  const changes = shifts
    .flatMap(({ responderId, ...shift }) => [
      { at: Math.max(shift.start.getTime(), start), responderId, by: 1 },
      { at: Math.min(shift.end.getTime(), end), responderId, by: -1 },
    ])
    .sort((one, other) => one.at - other.at);
  const present = new Map<string, number>();
  const stretches: (Span & { count: number })[] = [];
  const close = (until: number): void => {
    const last = stretches.at(-1);
    if (last?.count === present.size) last.end = until;
    else if ((last?.end ?? start) < until)
      stretches.push({ start: last?.end ?? start, end: until, count: present.size });
  };
  for (const { at, responderId, by } of changes) {
    close(at);
    const shiftsOfPerson = (present.get(responderId) ?? 0) + by;
    if (shiftsOfPerson > 0) present.set(responderId, shiftsOfPerson);
    else present.delete(responderId);
  }
  close(end);
  return stretches;
}

/** When the clocks of a zone change in the coming year. */
function changesOfClocks(zone: string, now: Date): number[] {
  const changes: number[] = [];
  const until = now.getTime() + furthestChangeDays * millisecondsPerDay;
  let at = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(zone).getTimeZoneTransition('next');
  while (at !== null && at.epochMilliseconds <= until) {
    changes.push(at.epochMilliseconds);
    at = at.getTimeZoneTransition('next');
  }
  return changes;
}
