import { dayOf, minutesPerDay, parseTimeOfDay, type WallMinutes } from './wall-clock.js';

/** The hours on the wall that count as night, `HH:mm` each; they may cross midnight. */
export interface NightHours {
  from: string;
  to: string;
}

/**
 * The night in which a wall that shows this time is, by the day on which the night begins (days since 1970-01-01): what is paged at
 * 23:00 and at 03:00 is one broken night. Null: it is day. Throws a RangeError at hours that cannot be read.
 */
export function nightOf(night: NightHours, wall: WallMinutes): number | null {
  const from = parseTimeOfDay(night.from);
  const to = parseTimeOfDay(night.to);
  if (from === null || to === null) throw new RangeError(`not hours of the night: ${night.from} to ${night.to}`);
  const day = dayOf(wall);
  const minute = wall - day * minutesPerDay;
  if (from < to) return minute >= from && minute < to ? day : null;
  if (minute >= from) return day;
  return minute < to ? day - 1 : null;
}
