import { ICalCalendar, ICalEventTransparency } from 'ical-generator';
import type { CalendarEvent } from './domain/shift-calendar.js';

const refreshSeconds = 3_600;

/**
 * The events as iCalendar (RFC 5545), in UTC. Being on call does not make anybody busy: the events are transparent, so that a
 * calendar which subscribes to this one, and is imported here, does not take its owner off call for being on call.
 */
export function calendarText(name: string, events: readonly CalendarEvent[], madeAt: Date): string {
  const calendar = new ICalCalendar({
    name,
    prodId: { company: 'Codegrey', product: 'On-call roster', language: 'EN' },
    ttl: refreshSeconds,
  });
  for (const { uid, start, end, summary } of events) {
    calendar.createEvent({
      id: uid,
      stamp: madeAt,
      start,
      end,
      summary,
      transparency: ICalEventTransparency.TRANSPARENT,
    });
  }
  return calendar.toString();
}
