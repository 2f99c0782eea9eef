import { type HolidayCalendar, type RestrictedDay, type Restriction, weekdays } from './schedule.js';
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

/** A restriction that can be asked day by day. */
interface DailyHours extends Omit<WeeklyHours, 'weekday'> {
  /** By day of the week, from Monday on: whether the hours begin on a day that is no holiday. */
  onWeekday: readonly boolean[];
  /** The same for a day that is a holiday. */
  onHoliday: readonly boolean[];
}

/** Days looked at before the window: hours may begin a day earlier, and a zone may skip a whole day (Pacific/Apia, 2011-12-30). */
const daysBefore = 3;

/** Whether it takes a calendar of holidays to know when the restriction holds. */
export function asksForHolidays({ days, exceptHolidays }: Restriction): boolean {
  return exceptHolidays === true || days.includes('holiday');
}

/**
 * When a layer with these restrictions covers the window, ordered and free of overlap. No restrictions: the whole window.
 * Hours that end inside a repeated hour last through both, so that cover is widened and never narrowed.
 *
 * @param isHoliday the calendar of the layer; left out, no day is a holiday
 */
export function coverageBetween(
  restrictions: readonly Restriction[] | undefined,
  clock: WallClock,
  window: Span,
  isHoliday: HolidayCalendar = () => false,
): Span[] {
  if (window.start >= window.end) return [];
  if (!restrictions || restrictions.length === 0) return [window];
  const { daily, holidaysMatter } = readRestrictions(restrictions);
  const lastDay = dayOf(clock.furthestWallBy(window.end));
  const spans: Span[] = [];
  for (let day = dayOf(clock.furthestWallBy(window.start)) - daysBefore; day <= lastDay; day += 1) {
    const weekday = weekdayOf(day);
    const holiday = holidaysMatter && isHoliday(day);
    for (const { onWeekday, onHoliday, from, to } of daily) {
      if (!(holiday ? onHoliday : onWeekday)[weekday]) continue;
      const midnight = day * minutesPerDay;
      spans.push({
        start: Math.max(window.start, clock.firstInstantOf(midnight + from)),
        end: Math.min(window.end, clock.lastInstantOf(midnight + to)),
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

/**
 * The restrictions day by day, of a week without holidays. Throws a RangeError at a time of day that cannot be read
 * (see `scheduleFaults`).
 */
export function weeklyHours(restrictions: readonly Restriction[]): WeeklyHours[] {
  return restrictions.flatMap((restriction) => {
    const { onWeekday, from, to } = dailyHours(restriction);
    return weekdays.map((_, weekday) => ({ weekday, from, to })).filter(({ weekday }) => onWeekday[weekday]);
  });
}

interface ReadRestrictions {
  daily: DailyHours[];
  holidaysMatter: boolean;
}

/** Restrictions read before: a definition is looked at far more often than it is written. */
const readBefore = new WeakMap<readonly Restriction[], ReadRestrictions>();

function readRestrictions(restrictions: readonly Restriction[]): ReadRestrictions {
  const read = readBefore.get(restrictions) ?? {
    daily: restrictions.map(dailyHours),
    holidaysMatter: restrictions.some(asksForHolidays),
  };
  readBefore.set(restrictions, read);
  return read;
}

function dailyHours(restriction: Restriction): DailyHours {
  const from = parseTimeOfDay(restriction.from);
  const to = parseTimeOfDay(restriction.to);
  if (from === null || to === null) throw new RangeError(`not a time of day: ${restriction.from} to ${restriction.to}`);
  const named = new Set<RestrictedDay>(restriction.days);
  const onWeekday = weekdays.map((day) => named.has(day));
  return {
    onWeekday,
    onHoliday: onWeekday.map((begins) => named.has('holiday') || (begins && restriction.exceptHolidays !== true)),
    from,
    to: to > from ? to : to + minutesPerDay,
  };
}
