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
  if (!Number.isFinite(ms)) throw new RangeError(`Not a number of milliseconds: ${ms}`);
  // Written out, since every line of the board and every answer with clocks has some: Temporal takes fifty times as long.
  const total = Math.trunc(Math.abs(ms) / 1000);
  if (total === 0) return 'PT0S';
  const days = Math.floor(total / 86_400);
  const time = [
    [Math.floor(total / 3_600) % 24, 'H'],
    [Math.floor(total / 60) % 60, 'M'],
    [total % 60, 'S'],
  ] as const;
  const clock = time.map(([count, unit]) => (count > 0 ? `${count}${unit}` : '')).join('');
  return `${ms < 0 ? '-' : ''}P${days > 0 ? `${days}D` : ''}${clock === '' ? '' : `T${clock}`}`;
}

function withoutNegativeZero(value: number): number {
  return value === 0 ? 0 : value;
}
