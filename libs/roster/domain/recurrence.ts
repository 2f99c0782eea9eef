import { durationMs } from '../../platform/domain/index.js';
import { readRule, type WallRule } from './recurrence-rule.js';
import type { Turn } from './rotation.js';
import type { Recurrence } from './schedule.js';
import type { Span } from './span.js';
import { minutesPerDay, parseWallTime, type WallClock } from './wall-clock.js';

/** The longest occurrence, in minutes on the wall. */
export const longestOccurrenceMinutes = 35 * minutesPerDay;

/** Looked at before the window: a zone may skip a whole day (Pacific/Apia, 2011-12-30). */
const skippedAtMost = 3 * minutesPerDay;

const millisecondsPerMinute = 60_000;

/** Reads how long an occurrence lasts on the wall, in whole minutes; null where the text says no such length. */
export function parseOccurrenceLength(text: string): number | null {
  try {
    const minutes = durationMs(text) / millisecondsPerMinute;
    return Number.isInteger(minutes) && minutes >= 1 && minutes <= longestOccurrenceMinutes ? minutes : null;
  } catch {
    return null;
  }
}

/**
 * The turns of one recurrence. The rule names days on the wall, and each of them is read as a hand-off of a rotation is: a start
 * that the wall skips has the offset from before the gap (RFC 5545 would drop it, and leave nobody on call), and an end in
 * a repeated hour lasts through both.
 *
 * Expects a recurrence without faults (`scheduleFaults`); what cannot be read throws a RangeError.
 */
export class RecurringTurns {
  private readonly rule: WallRule;
  private readonly minutes: number;
  private readonly members: readonly (readonly string[])[];

  constructor(
    recurrence: Recurrence,
    private readonly clock: WallClock,
  ) {
    const start = parseWallTime(recurrence.start);
    const minutes = parseOccurrenceLength(recurrence.duration);
    if (start === null || minutes === null)
      throw new RangeError(`not a start with a length: ${recurrence.start}, ${recurrence.duration}`);
    this.rule = readRule(recurrence.rule, start);
    this.minutes = minutes;
    this.members = recurrence.members.map((members) => (members === null ? [] : [members].flat()));
  }

  /** Who holds the window, occurrence by occurrence: ordered and without overlap. Nobody's turns are in it, with no members. */
  between(window: Span): Turn[] {
    if (window.start >= window.end) return [];
    const from = this.clock.furthestWallBy(window.start) - this.minutes - skippedAtMost;
    const starts = this.rule.between(from, this.clock.furthestWallBy(window.end));
    const first = starts[0];
    if (first === undefined) return [];
    const number = this.members.length === 1 ? 0 : this.rule.countBefore(first);
    return starts
      .map((wall) => ({ begins: this.clock.firstInstantOf(wall), ends: this.clock.lastInstantOf(wall + this.minutes) }))
      .filter(({ begins }) => begins <= this.rule.until)
      .map(({ begins, ends }, index, all) => ({
        members: this.members[(number + index) % this.members.length] ?? [],
        start: Math.max(window.start, begins),
        end: Math.min(window.end, ends, all[index + 1]?.begins ?? Infinity),
      }))
      .filter(({ start, end }) => start < end);
  }
}
