import { Temporal } from 'temporal-polyfill';

/**
 * An instant as a person's clock shows it, with the offset: `2026-02-11 04:10+02:00 Europe/Bucharest`. Seconds are dropped,
 * so that a deadline never reads later than it is. UTC where the zone is not known here: nobody goes untold because of a zone.
 */
export function wallTime(instant: Date, timeZone: string): string {
  const moment = Temporal.Instant.fromEpochMilliseconds(instant.getTime());
  const zone = isTimeZone(timeZone) ? timeZone : 'UTC';
  const text = moment.toZonedDateTimeISO(zone).toString({ smallestUnit: 'minute', timeZoneName: 'never' });
  return `${text.replace('T', ' ')} ${zone}`;
}

function isTimeZone(name: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name);
    return true;
  } catch {
    return false;
  }
}
