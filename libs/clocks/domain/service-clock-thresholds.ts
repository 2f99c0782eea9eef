import type { ServiceClockChange, ServiceClockHappening, ServiceClockState } from './service-clock-state.js';

/** A moment at which a running clock has something to say: a warning at a fraction of the target, or the breach. */
export interface Threshold {
  /** The fraction of the target; `null` for the breach. */
  fraction: number | null;
  dueAt: Date;
}

/**
 * The thresholds that a clock has still to give, in due order: its warnings, then the breach. None once it is
 * breached, met or cancelled. Of a paused clock, as if the pause ended at the moment it began.
 */
export function pendingThresholds(clock: ServiceClockState): Threshold[] {
  if (clock.breachedAt !== null || hasEnded(clock)) {
    return [];
  }
  const warnings = clock.warnAt
    .filter((fraction) => !clock.warningsGiven.includes(fraction))
    .map((fraction) => ({ fraction, dueAt: momentOf(clock, fraction) }));
  return [...warnings, { fraction: null, dueAt: clock.dueAt }];
}

/** The pending thresholds that the clock has reached by `now`; a pause stops it at the moment the pause began. */
export function reachedThresholds(clock: ServiceClockState, now: Date): Threshold[] {
  const countedUntil = (clock.pausedAt ?? now).getTime();
  return pendingThresholds(clock).filter((threshold) => threshold.dueAt.getTime() <= countedUntil);
}

/** Gives thresholds in their order, each told at `now`. */
export function giveThresholds(clock: ServiceClockState, thresholds: Threshold[], now: Date): ServiceClockChange {
  const happenings: ServiceClockHappening[] = [];
  let given = clock;
  for (const { fraction, dueAt } of thresholds) {
    const lateByMs = now.getTime() - dueAt.getTime();
    if (fraction === null) {
      given = { ...given, breachedAt: dueAt };
      happenings.push({ type: 'breached', dueAt, lateByMs });
    } else {
      given = {
        ...given,
        warningsGiven: [...given.warningsGiven, fraction],
        warnedAt: [...given.warnedAt, dueAt],
      };
      happenings.push({ type: 'warning', fraction, dueAt, lateByMs });
    }
  }
  return { clock: { ...given, state: openState(given) }, happenings };
}

/** Whether the clock counts no more unless it is reopened. */
export function hasEnded(clock: ServiceClockState): boolean {
  return clock.state === 'met' || clock.state === 'cancelled';
}

/** The state of a clock that is neither met nor cancelled, by what it has given and whether it is paused. */
export function openState(clock: ServiceClockState): 'paused' | 'breached' | 'warning' | 'running' {
  if (clock.pausedAt !== null) {
    return 'paused';
  }
  if (clock.breachedAt !== null) {
    return 'breached';
  }
  return clock.warningsGiven.length > 0 ? 'warning' : 'running';
}

/** Rounded up to the millisecond, so that no warning is early; the last binary digits of the product are noise. */
function momentOf(clock: ServiceClockState, fraction: number): Date {
  const offsetMs = Math.ceil(Number((fraction * clock.targetMs).toFixed(3)));
  return new Date(clock.startedAt.getTime() + clock.pausedTotalMs + offsetMs);
}
