import { ValidateBy } from 'class-validator';
import { durationMs } from '../domain/duration.js';

const longestMs = 400 * 86_400_000;

function isForwardDuration(value: unknown): boolean {
  if (typeof value !== 'string' || value.length > 40) return false;
  try {
    const ms = durationMs(value);
    return ms > 0 && ms <= longestMs;
  } catch {
    return false;
  }
}

/** By how much to move the desk's time. */
export class AdvanceClockDto {
  /** ISO 8601 duration, more than nothing and at most 400 days. */
  @ValidateBy({
    name: 'isForwardDuration',
    validator: {
      validate: isForwardDuration,
      defaultMessage: () => 'must be an ISO 8601 duration such as PT5M, at most P400D',
    },
  })
  by: string;
}

/** The desk's time. */
export class DeskTimeDto {
  now: string;
}
