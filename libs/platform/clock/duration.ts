import { Temporal } from 'temporal-polyfill';

/**
 * Milliseconds of an ISO 8601 duration; a day is 24 hours elapsed. Throws RangeError when it is none, or has months or
 * years, whose length depends on when they begin.
 */
export function durationMs(iso: string): number {
  const duration = Temporal.Duration.from(iso);
  if (duration.years !== 0 || duration.months !== 0 || duration.weeks !== 0) {
    throw new RangeError(`${iso}: write weeks, months and years as days`);
  }
  return duration.total('milliseconds');
}

/** The ISO 8601 form, in whole seconds towards zero, with days of 24 hours: PT5M, P3DT2H, -PT30S, PT0S. */
export function isoDuration(ms: number): string {
  const seconds = Math.trunc(ms / 1_000);
  return Temporal.Duration.from({ seconds }).round({ largestUnit: 'days' }).toString();
}
