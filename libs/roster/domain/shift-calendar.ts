import { createHash } from 'node:crypto';
import type { Shift } from './schedule.js';

/** A shift by one schedule, as a calendar shows it. */
export interface CalendarShift extends Shift {
  scheduleId: string;
  /** The name of the schedule. */
  schedule: string;
  /** The name of who is on call. */
  responder: string;
}

/** One event of a calendar of shifts (RFC 5545 section 3.6.1). Instants are whole seconds, the finest that iCalendar has. */
export interface CalendarEvent {
  /** The same shift has the same one for as long as its schedule, its person and its beginning stay. */
  uid: string;
  start: Date;
  end: Date;
  summary: string;
}

const daysBack = 30;
const daysAhead = 180;
const millisecondsPerDay = 86_400_000;
const millisecondsPerSecond = 1_000;

/**
 * The window that a calendar shows: thirty days back and half a year ahead, widened to whole months of UTC. So a shift that
 * reaches across its edge is cut at the same instant, and keeps its UID, for a month.
 */
export function calendarWindow(now: Date): { from: Date; to: Date } {
  const first = new Date(now.getTime() - daysBack * millisecondsPerDay);
  const last = new Date(now.getTime() + daysAhead * millisecondsPerDay);
  return {
    from: new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth(), 1)),
    to: new Date(Date.UTC(last.getUTCFullYear(), last.getUTCMonth() + 1, 1)),
  };
}

/** The shifts as events, ordered by start, then UID. `ofOnePerson`: their own calendar, in which their name says nothing. */
export function calendarEvents(shifts: readonly CalendarShift[], ofOnePerson: boolean): CalendarEvent[] {
  return shifts
    .map((shift) => ({
      uid: uidOf(shift),
      start: wholeSecond(shift.start),
      end: wholeSecond(shift.end),
      summary: ofOnePerson ? `On call: ${shift.schedule}` : `${shift.responder}: ${shift.schedule}`,
    }))
    .filter(({ start, end }) => start < end)
    .sort((one, other) => one.start.getTime() - other.start.getTime() || (one.uid < other.uid ? -1 : 1));
}

function uidOf({ scheduleId, responderId, start }: CalendarShift): string {
  const shift = `${scheduleId}/${responderId}/${start.toISOString()}`;
  return `${createHash('sha256').update(shift).digest('hex').slice(0, 32)}@codegrey.eu`;
}

function wholeSecond(instant: Date): Date {
  return new Date(Math.floor(instant.getTime() / millisecondsPerSecond) * millisecondsPerSecond);
}
