import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { ZoneOffsets } from './zone-offsets.js';

const zone = fc.constantFrom(...Intl.supportedValuesOf('timeZone'));
const instant = fc.integer({ min: Date.parse('1995-01-01Z') / 60_000, max: Date.parse('2099-12-31Z') / 60_000 });

/** Minutes around a change of offset, where there is one after the instant: that is where mistakes are made. */
function nearChange(timeZone: string, minutes: number, away: number): number {
  const zoned = Temporal.Instant.fromEpochMilliseconds(minutes * 60_000).toZonedDateTimeISO(timeZone);
  const change = zoned.getTimeZoneTransition('next') ?? zoned;
  return change.epochMilliseconds + away * 60_000;
}

describe('the offsets of a zone', () => {
  it('are those of Temporal at every instant, near changes and away from them', () => {
    fc.assert(
      fc.property(zone, instant, fc.integer({ min: -200, max: 200 }), (timeZone, minutes, away) => {
        for (const at of [minutes * 60_000, nearChange(timeZone, minutes, away), nearChange(timeZone, minutes, 0)]) {
          const { start, end, offset } = ZoneOffsets.of(timeZone).at(at);
          const zoned = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone);
          expect(offset).toBe(zoned.offsetNanoseconds / 1_000_000);
          expect(start <= at && at < end).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('read a time on the wall as Temporal does, once, twice or not at all shown', () => {
    fc.assert(
      fc.property(zone, instant, fc.integer({ min: -200, max: 200 }), (timeZone, minutes, away) => {
        for (const at of [minutes * 60_000, nearChange(timeZone, minutes, away)]) {
          const wall = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO('UTC').toPlainDateTime();
          const { offset } = ZoneOffsets.of(timeZone).at(at);
          const shown = wall.add({ milliseconds: offset + away * 60_000 });
          const read = ZoneOffsets.of(timeZone).instantsOf(shown.toZonedDateTime('UTC').epochMilliseconds);
          const by = (disambiguation: 'compatible' | 'later'): number =>
            shown.toZonedDateTime(timeZone, { disambiguation }).epochMilliseconds;
          expect(read).toEqual({ first: by('compatible'), last: by('later') });
        }
      }),
      { numRuns: 300 },
    );
  });

  it('of a zone that nobody knows are not told', () => {
    expect(() => ZoneOffsets.of('Europe/Bucuresti').at(0)).toThrow(RangeError);
  });
});
