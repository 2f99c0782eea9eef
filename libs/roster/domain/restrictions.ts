import { type Restriction, weekdays } from './schedule.js';
import { type Span, united } from './span.js';
import {
  dayOf,
  minutesPerDay,
  minutesPerWeek,
  parseTimeOfDay,
  type WallClock,
  type WallMinutes,
  weekdayOf,
} from './wall-clock.js';

/** Restricted hours of one day of the week, in minutes on the wall from the midnight at which that day begins. */
export interface WeeklyHours {
  weekday: number;
  from: number;
  /** Later than `from`; beyond 1440 the hours reach into the next day. */
  to: number;
}

/** Days looked at before the window: hours may begin a day earlier, and a zone may skip a whole day (Pacific/Apia, 2011-12-30). */
const daysBefore = 3;

/**
 * When a layer with these restrictions covers the window, ordered and free of overlap. No restrictions: the whole window.
 * Hours that end inside a repeated hour last through both, so that cover is widened and never narrowed.
 */
export function coverageBetween(
  restrictions: readonly Restriction[] | undefined,
  clock: WallClock,
  window: Span,
): Span[] {
  if (window.start >= window.end) return [];
  if (!restrictions || restrictions.length === 0) return [window];
  const weekly = weeklyHours(restrictions);
  const lastDay = dayOf(clock.furthestWallBy(window.end));
  const spans: Span[] = [];
  for (let day = dayOf(clock.furthestWallBy(window.start)) - daysBefore; day <= lastDay; day += 1) {
    for (const hours of weekly) {
      if (hours.weekday !== weekdayOf(day)) continue;
      const midnight = day * minutesPerDay;
      spans.push({
        start: Math.max(window.start, clock.firstInstantOf(midnight + hours.from)),
        end: Math.min(window.end, clock.lastInstantOf(midnight + hours.to)),
      });
    }
  }
  return united(spans);
}

/** Whether any of the hours lies in the stretch of wall time that begins at `start` and is at most a week long. */
export function serveWall(weekly: readonly WeeklyHours[], start: WallMinutes, minutes: number): boolean {
  const day = dayOf(start);
  const begin = weekdayOf(day) * minutesPerDay + start - day * minutesPerDay;
  return weekly.some(({ weekday, from, to }) =>
    [-minutesPerWeek, 0, minutesPerWeek].some((shift) => {
      const midnight = weekday * minutesPerDay + shift;
      return midnight + from < begin + minutes && begin < midnight + to;
    }),
  );
}

/** The restrictions day by day. Throws a RangeError at a time of day that cannot be read (see `scheduleFaults`). */
export function weeklyHours(restrictions: readonly Restriction[]): WeeklyHours[] {
  return restrictions.flatMap((restriction) => {
    const from = parseTimeOfDay(restriction.from);
    const to = parseTimeOfDay(restriction.to);
    if (from === null || to === null)
      throw new RangeError(`not a time of day: ${restriction.from} to ${restriction.to}`);
    return restriction.days.map((day) => ({
      weekday: weekdays.indexOf(day),
      from,
      to: to > from ? to : to + minutesPerDay,
    }));
  });
}
