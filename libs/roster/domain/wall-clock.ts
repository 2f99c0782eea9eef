import { Temporal } from 'temporal-polyfill';

/**
 * Wall time, whatever the zone: minutes since 1970-01-01T00:00 as a calendar and a clock on the wall show them.
 * Every day has 1440 of them, so that hours, days and weeks on the wall are plain sums.
 */
export type WallMinutes = number;

/** Minutes of a day on the wall. */
export const minutesPerDay = 24 * 60;

/** Minutes of a week on the wall. */
export const minutesPerWeek = 7 * minutesPerDay;

const millisecondsPerMinute = 60_000;

/** Reads `YYYY-MM-DDTHH:mm`; null where the text is anything else, or no date of the calendar. */
export function parseWallTime(text: string): WallMinutes | null {
  if (!/^\d{4}-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d$/.test(text)) return null;
  try {
    return wallMinutesOf(Temporal.PlainDateTime.from(text));
  } catch {
    return null;
  }
}

/** Reads `HH:mm` from 00:00 to 23:59 as minutes since midnight on the wall; null where the text is anything else. */
export function parseTimeOfDay(text: string): number | null {
  const match = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(text);
  return match ? Number(match[1]) * 60 + Number(match[2]) : null;
}

/** Days since 1970-01-01 on the wall. */
export function dayOf(wall: WallMinutes): number {
  return Math.floor(wall / minutesPerDay);
}

/** The day of the week of a day counted from 1970-01-01 (a Thursday): 0 is Monday, 6 is Sunday. */
export function weekdayOf(day: number): number {
  return (((day + 3) % 7) + 7) % 7;
}

/** The same day of the month so many months later, or the last day of that month where it is shorter. */
export function addMonths(wall: WallMinutes, months: number): WallMinutes {
  return wallMinutesOf(plainDateTimeOf(wall).add({ months }, { overflow: 'constrain' }));
}

/** Whole months on the calendar from the month of one wall time to the month of another; days are not looked at. */
export function calendarMonthsBetween(first: WallMinutes, later: WallMinutes): number {
  const from = plainDateTimeOf(first);
  const to = plainDateTimeOf(later);
  return (to.year - from.year) * 12 + to.month - from.month;
}

/** The time that the wall of a zone shows at an instant (milliseconds since the epoch), rounded down to the minute. An unknown zone throws a RangeError. */
export function wallShown(timeZone: string, instant: number): WallMinutes {
  const shown = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timeZone).toPlainDateTime();
  return Math.floor(wallMinutesOf(shown));
}

/** Whether the name is that of a zone in the IANA database. Fixed offsets such as `+02:00` are not zones. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z][A-Za-z0-9_+/-]*$/.test(name)) return false;
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name);
    return true;
  } catch {
    return false;
  }
}

/**
 * The clock on the wall of one zone. Remembers what it has converted, since layers share their hand-offs:
 * meant for one evaluation, not to be kept.
 */
export class WallClock {
  private readonly first = new Map<WallMinutes, number>();
  private readonly last = new Map<WallMinutes, number>();

  /** @param timeZone an IANA name; an unknown one throws a RangeError at the first conversion */
  constructor(private readonly timeZone: string) {}

  /**
   * The instant (milliseconds since the epoch) at which the wall shows this time, the first of two.
   * A time that the wall skips is read with the offset from before the gap (RFC 5545 section 3.3.5).
   */
  firstInstantOf(wall: WallMinutes): number {
    return remembered(this.first, wall, () => this.convert(wall, 'compatible'));
  }

  /** As `firstInstantOf`, but of two instants the second. */
  lastInstantOf(wall: WallMinutes): number {
    return remembered(this.last, wall, () => this.convert(wall, 'later'));
  }

  /**
   * The latest time that the wall may have shown up to this instant. It differs from the time shown only while an hour is
   * repeated: there the wall had already been further, and this is at least as far as it had been. Whole minutes, rounded down.
   */
  furthestWallBy(instant: number): WallMinutes {
    const zoned = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(this.timeZone);
    const shown = zoned.toPlainDateTime();
    const shownFirstAt = shown.toZonedDateTime(this.timeZone, { disambiguation: 'compatible' }).epochMilliseconds;
    return Math.floor(wallMinutesOf(shown) + (instant - shownFirstAt) / millisecondsPerMinute);
  }

  private convert(wall: WallMinutes, disambiguation: 'compatible' | 'later'): number {
    return plainDateTimeOf(wall).toZonedDateTime(this.timeZone, { disambiguation }).epochMilliseconds;
  }
}

// Read as if the wall hung in UTC, where no hour is skipped or repeated: an exact mapping between a calendar date and a number.
function wallMinutesOf(plain: Temporal.PlainDateTime): WallMinutes {
  return plain.toZonedDateTime('UTC').epochMilliseconds / millisecondsPerMinute;
}

function plainDateTimeOf(wall: WallMinutes): Temporal.PlainDateTime {
  return Temporal.Instant.fromEpochMilliseconds(wall * millisecondsPerMinute)
    .toZonedDateTimeISO('UTC')
    .toPlainDateTime();
}

function remembered(memory: Map<WallMinutes, number>, key: WallMinutes, compute: () => number): number {
  const known = memory.get(key);
  if (known !== undefined) return known;
  const value = compute();
  memory.set(key, value);
  return value;
}
