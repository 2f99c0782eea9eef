import type { Span } from './span.js';
import { dayOf, minutesPerDay, type WallClock } from './wall-clock.js';

/** A stretch of time that belongs to one day on the wall. */
export interface DaySpan extends Span {
  /** Days since 1970-01-01. */
  day: number;
}

/** Hours of the day that come back every day, in minutes from midnight. `to` not after `from` reaches into the next day. */
export interface DailyHours {
  from: number;
  to: number;
}

/** Days looked at on either side: a night reaches into the next day, and a zone may skip a whole one (Pacific/Apia, 2011-12-30). */
const margin = 2;

/** The day as `YYYY-MM-DD`. */
export function isoDate(day: number): string {
  return new Date(day * minutesPerDay * 60_000).toISOString().slice(0, 10);
}

/** The span cut at each midnight on the wall; a day that the zone skips is left out. */
export function localDays(span: Span, clock: WallClock): DaySpan[] {
  return dailySpans(span, clock, { from: 0, to: minutesPerDay });
}

/** The parts of the span that lie in these hours, by the day on which the hours begin. They last through a repeated hour. */
export function dailySpans(span: Span, clock: WallClock, { from, to }: DailyHours): DaySpan[] {
  if (span.start >= span.end) return [];
  const reach = to > from ? to : to + minutesPerDay;
  const last = dayOf(clock.furthestWallBy(span.end)) + margin;
  const result: DaySpan[] = [];
  for (let day = dayOf(clock.furthestWallBy(span.start)) - margin; day <= last; day += 1) {
    const midnight = day * minutesPerDay;
    const start = Math.max(span.start, clock.firstInstantOf(midnight + from));
    const end = Math.min(span.end, endOf(clock, midnight + reach));
    if (start < end) result.push({ day, start, end });
  }
  return result;
}

/** A day ends where the next begins, at the first of two midnights; other hours end at the second of two. */
function endOf(clock: WallClock, wall: number): number {
  return wall % minutesPerDay === 0 ? clock.firstInstantOf(wall) : clock.lastInstantOf(wall);
}
