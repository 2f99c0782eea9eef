import { Temporal } from 'temporal-polyfill';

/** A stretch of time in which a zone keeps one offset, all in milliseconds. */
export interface OffsetPeriod {
  /** The instant at which it begins; -Infinity where the zone never had another offset before. */
  start: number;
  /** The instant at which it ends; Infinity where no further change is known. */
  end: number;
  /** What the wall shows, less the instant in UTC. */
  offset: number;
}

/** Wider than any offset that a zone has had. */
const widestOffset = 16 * 3_600_000;

const zones = new Map<string, ZoneOffsets>();

/**
 * The offsets of a zone, as far as anybody has looked: a look at time that was looked at before is a search in a short
 * list. They are kept for the life of the process, in which the database of zones does not change.
 */
export class ZoneOffsets {
  /** Ordered and free of overlap, with holes where nobody has looked. */
  private readonly periods: OffsetPeriod[] = [];
  private latest: OffsetPeriod | undefined;

  private constructor(private readonly timeZone: string) {}

  /** @param timeZone an IANA name; an unknown one throws a RangeError at the first look */
  static of(timeZone: string): ZoneOffsets {
    const offsets = zones.get(timeZone) ?? new ZoneOffsets(timeZone);
    zones.set(timeZone, offsets);
    return offsets;
  }

  /** The period in which the instant (milliseconds since the epoch) lies. */
  at(instant: number): OffsetPeriod {
    const { latest } = this;
    if (latest && latest.start <= instant && instant < latest.end) return latest;
    const place = this.placeOf(instant);
    const before = this.periods[place - 1];
    const found = before && instant < before.end ? before : this.looked(instant, place);
    this.latest = found;
    return found;
  }

  /** The first and the last instant at which the wall shows a time, given as if it were UTC. Where it skips the time: that with the offset from before the gap. */
  instantsOf(wall: number): { first: number; last: number } {
    let period = this.at(wall - widestOffset);
    let [first, last] = [NaN, NaN];
    let afterGap = NaN;
    for (;;) {
      const instant = wall - period.offset;
      if (period.start <= instant && instant < period.end) {
        if (Number.isNaN(first)) first = instant;
        last = instant;
      }
      if (period.end > wall + widestOffset) break;
      const next = this.at(period.end);
      if (instant >= period.end && wall - next.offset < next.start) afterGap = instant;
      period = next;
    }
    return Number.isNaN(first) ? { first: afterGap, last: afterGap } : { first, last };
  }

  /** How many of the periods begin at or before the instant. */
  private placeOf(instant: number): number {
    let [low, high] = [0, this.periods.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.periods[middle]?.start ?? Infinity) <= instant) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private looked(instant: number, place: number): OffsetPeriod {
    const zoned = Temporal.Instant.fromEpochMilliseconds(Math.floor(instant)).toZonedDateTimeISO(this.timeZone);
    // A change at this very instant is the beginning of its period, and `previous` looks only at what lies before.
    const previous = zoned.add({ nanoseconds: 1 }).getTimeZoneTransition('previous');
    const period = {
      start: previous?.epochMilliseconds ?? -Infinity,
      end: zoned.getTimeZoneTransition('next')?.epochMilliseconds ?? Infinity,
      offset: zoned.offsetNanoseconds / 1_000_000,
    };
    this.periods.splice(place, 0, period);
    return period;
  }
}
