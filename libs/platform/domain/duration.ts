import { Temporal } from 'temporal-polyfill';

/**
 * The length of an ISO 8601 duration in milliseconds of elapsed time.
 *
 * A day is 24 hours and a week seven of them, whatever the clocks on the wall do meanwhile. A fraction of a
 * millisecond is dropped.
 *
 * @throws RangeError when the text is no ISO 8601 duration, or counts years or months, which have no length of their own.
 */
export function durationMs(iso: string): number {
  const duration = Temporal.Duration.from(iso);
  if (duration.years !== 0 || duration.months !== 0) {
    throw new RangeError(`A target is elapsed time: ${iso} counts years or months, which have no fixed length.`);
  }
  const elapsed = duration.with({ weeks: 0, days: duration.weeks * 7 + duration.days });
  return withoutNegativeZero(Math.trunc(elapsed.total('milliseconds')));
}

/**
 * Elapsed milliseconds as a balanced ISO 8601 duration of at most days: `PT5M`, `P3DT2H`, `-PT30S`, `PT0S`.
 *
 * What is less than a second is dropped, toward zero, so that nobody is told of time that is no longer there.
 *
 * @throws RangeError when `ms` is not a finite number.
 */
export function isoDuration(ms: number): string {
  const seconds = withoutNegativeZero(Math.trunc(ms / 1000));
  return Temporal.Duration.from({ seconds }).round({ largestUnit: 'days' }).toString();
}

function withoutNegativeZero(value: number): number {
  return value === 0 ? 0 : value;
}
