import fc from 'fast-check';
import { dailySpans, isoDate, localDays } from './local-days.js';
import { uncovered } from './span.js';
import { WallClock } from './wall-clock.js';

const hour = 3_600_000;
const at = (text: string): number => Date.parse(text);

describe('days on the wall', () => {
  it('are 23 and 25 hours long where the clocks change', () => {
    const clock = new WallClock('Europe/Bucharest');
    const lengths = (from: string, to: string): [string, number][] =>
      localDays({ start: at(from), end: at(to) }, clock).map(({ day, start, end }) => [
        isoDate(day),
        (end - start) / hour,
      ]);
    expect(lengths('2026-03-28T22:00:00Z', '2026-03-30T21:00:00Z')).toEqual([
      ['2026-03-29', 23],
      ['2026-03-30', 24],
    ]);
    expect(lengths('2026-10-24T21:00:00Z', '2026-10-25T22:00:00Z')).toEqual([['2026-10-25', 25]]);
  });

  it('leave out one that the zone skipped', () => {
    const clock = new WallClock('Pacific/Apia');
    const days = localDays({ start: at('2011-12-29T10:00:00Z'), end: at('2011-12-31T10:00:00Z') }, clock);
    expect(days.map(({ day }) => isoDate(day))).toEqual(['2011-12-29', '2011-12-31']);
  });

  it('tile every span, in every zone, without overlap or hole', () => {
    const zones = fc.constantFrom(...Intl.supportedValuesOf('timeZone'));
    const start = fc.integer({ min: at('2005-01-01T00:00:00Z') / hour, max: at('2035-01-01T00:00:00Z') / hour });
    fc.assert(
      fc.property(zones, start, fc.integer({ min: 1, max: 24 * 20 }), (zone, from, length) => {
        const span = { start: from * hour, end: (from + length) * hour };
        const days = localDays(span, new WallClock(zone));
        expect(uncovered(days, span)).toEqual([]);
        expect(days.reduce((sum, { start, end }) => sum + end - start, 0)).toBe(length * hour);
      }),
    );
  });
});

describe('hours of the day', () => {
  it('that cross midnight belong to the day on which they begin', () => {
    const night = { from: 22 * 60, to: 6 * 60 };
    const span = { start: at('2026-02-02T00:00:00Z'), end: at('2026-02-03T12:00:00Z') };
    const found = dailySpans(span, new WallClock('UTC'), night);
    expect(found.map(({ day, start, end }) => [isoDate(day), (end - start) / hour])).toEqual([
      ['2026-02-01', 6],
      ['2026-02-02', 8],
    ]);
  });
});
