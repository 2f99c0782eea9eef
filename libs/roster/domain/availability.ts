import type { Weekday } from './schedule.js';
import { weekdays } from './schedule.js';
import { dayOf, minutesPerDay, parseTimeOfDay, type WallMinutes, weekdayOf } from './wall-clock.js';

/** Hours of the week in which somebody asks not to be woken for what can wait, on the wall of their zone. */
export interface QuietHours {
  /** `HH:mm`. */
  from: string;
  /** `HH:mm`, not part of it. Earlier than `from`: the hours cross midnight and belong to the day they begin on. The same: all day. */
  to: string;
  /** Left out: every day. */
  days?: readonly Weekday[];
}

/** What somebody has said of themselves for a while. `normal` is what is so when nothing is said. */
export const standbyStatuses = ['awake', 'driving', 'not-before', 'normal'] as const;

export type StandbyStatus = (typeof standbyStatuses)[number];

/** What somebody has said of themselves, and until when it holds. */
export interface Standby {
  status: Exclude<StandbyStatus, 'normal'>;
  /** It ends by itself then. */
  until: Date;
}

/** What of a person decides whether this is a moment to page them. */
export interface Availability {
  quietHours: readonly QuietHours[];
  standby: Standby | null;
}

/** Severities for which quiet hours hold, and for which a page waits for somebody's word unless the policy says otherwise. */
const patientSeverities: readonly string[] = ['SEV3', 'SEV4'];

/** Whether a ticket of this severity can wait for somebody who asks not to be disturbed now. */
export function canWait(severity: string): boolean {
  return patientSeverities.includes(severity);
}

/** Whether a wall that shows this time shows quiet hours. In a repeated hour they are quiet both times. Throws at a time that cannot be read. */
export function areQuiet(quietHours: readonly QuietHours[], wall: WallMinutes): boolean {
  const day = dayOf(wall);
  const minute = wall - day * minutesPerDay;
  return quietHours.some(({ from, to, days }) => {
    const begin = timeOfDay(from);
    const end = timeOfDay(to);
    const onDay = (weekday: number) => days === undefined || days.includes(weekdays[weekday] as Weekday);
    const today = onDay(weekdayOf(day));
    if (begin < end) return today && minute >= begin && minute < end;
    return (today && minute >= begin) || (onDay(weekdayOf(day - 1)) && minute < end);
  });
}

/** What somebody has said of themselves that still holds at this instant; null: nothing. */
export function standbyAt(standby: Standby | null, at: Date): Standby | null {
  return standby !== null && at < standby.until ? standby : null;
}

/** Whether what somebody says of themselves asks that a page passes them by for now. */
export function asksToWait(standby: Standby | null): boolean {
  return standby?.status === 'driving' || standby?.status === 'not-before';
}

function timeOfDay(text: string): number {
  const minutes = parseTimeOfDay(text);
  if (minutes === null) throw new RangeError(`not a time of day: ${text}`);
  return minutes;
}
