import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { durationMs, isoDuration } from './duration.js';

const HOUR_MS = 3_600_000;

describe('durationMs', () => {
  it.each([
    ['PT5M', 300_000],
    ['PT0S', 0],
    ['-PT5M', -300_000],
    ['P1D', 24 * HOUR_MS],
    ['PT24H', 24 * HOUR_MS],
    ['P3DT2H', 74 * HOUR_MS],
    ['P2W', 14 * 24 * HOUR_MS],
    ['P1W2D', 9 * 24 * HOUR_MS],
    ['PT1.5S', 1_500],
    ['PT0.0009S', 0],
  ])('reads %s as %d ms', (iso, ms) => {
    expect(durationMs(iso)).toBe(ms);
  });

  it.each(['P1M', 'P1Y', 'P1Y2DT3H', '5 minutes', '', 'P', 'PT'])('refuses %j', (iso) => {
    expect(() => durationMs(iso)).toThrow(RangeError);
  });
});

describe('isoDuration', () => {
  it.each([
    [300_000, 'PT5M'],
    [-300_000, '-PT5M'],
    [0, 'PT0S'],
    [999, 'PT0S'],
    [-999, 'PT0S'],
    [59_999, 'PT59S'],
    [-1_500, '-PT1S'],
    [74 * HOUR_MS, 'P3DT2H'],
    [40 * 24 * HOUR_MS, 'P40D'],
  ])('writes %d ms as %s', (ms, iso) => {
    expect(isoDuration(ms)).toBe(iso);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY])('refuses %d', (ms) => {
    expect(() => isoDuration(ms)).toThrow(RangeError);
  });

  it('writes what Temporal writes', () => {
    fc.assert(
      fc.property(fc.integer({ min: -5_000_000_000, max: 5_000_000_000 }), (seconds) => {
        const written = Temporal.Duration.from({ seconds }).round({ largestUnit: 'days' }).toString();
        expect(isoDuration(seconds * 1000)).toBe(written);
      }),
    );
  });

  it('is read back as the same whole seconds', () => {
    fc.assert(
      fc.property(fc.integer({ min: -5_000_000_000, max: 5_000_000_000 }), (seconds) => {
        expect(durationMs(isoDuration(seconds * 1000))).toBe(seconds * 1000);
      }),
    );
  });
});
