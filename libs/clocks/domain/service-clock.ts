/**
 * Service clocks: targets with warnings, as pure functions of a clock and an instant.
 *
 * Every command first gives what has fallen due by its instant, so that what is recorded does not depend on how
 * promptly a timer fired: a clock that was due at 10:00 and is met at 10:01 has breached, told or not. What falls
 * due in the very moment of a command has fallen due.
 *
 * A change of severity moves the target, computed from the clock's own start. Instants come from one authority and
 * do not go backwards; should one do so all the same, no time is counted as negative.
 */
import type {
  ServiceClockChange,
  ServiceClockOutcome,
  ServiceClockProblem,
  ServiceClockState,
  ServiceClockTerms,
} from './service-clock-state.js';
import {
  giveThresholds,
  hasEnded,
  openState,
  pendingThresholds,
  reachedThresholds,
} from './service-clock-thresholds.js';

/**
 * Starts a clock at the moment of its fact, `terms.startedAt`.
 *
 * That moment may lie before `now`, where a change of severity gives a target to what had none. What the clock is
 * then already past happens at `now`: nobody could have kept a promise that had not been made.
 *
 * @throws RangeError when the target is not above 0, or a warning does not lie between 0 and 1.
 */
export function startClock(terms: ServiceClockTerms, now: Date): ServiceClockChange {
  requireTarget(terms.targetMs);
  if (terms.warnAt.some((fraction) => !(fraction > 0 && fraction < 1))) {
    throw new RangeError(`Warnings lie between 0 and 1, not at ${terms.warnAt.join(', ')}.`);
  }
  const dueAt = later(terms.startedAt, terms.targetMs);
  const clock: ServiceClockState = {
    startedAt: terms.startedAt,
    targetMs: terms.targetMs,
    warnAt: [...new Set(terms.warnAt)].sort((left, right) => left - right),
    pausable: terms.pausable,
    state: 'running',
    dueAt,
    pausedAt: null,
    pausedTotalMs: 0,
    warnedAt: [],
    warningsGiven: [],
    breachedAt: null,
    metAt: null,
  };
  return following({ clock, happenings: [{ type: 'started', at: clock.startedAt, dueAt }] }, overtake(clock, now));
}

/**
 * Every warning, and the breach, that is due by `now` and was not given yet: in due order, each with the moment at
 * which it was due and how late it is told. Nothing is merged, however long nobody asked.
 */
export function dueHappenings(clock: ServiceClockState, now: Date): ServiceClockChange {
  const reached = reachedThresholds(clock, now);
  return reached.length === 0 ? { clock, happenings: [] } : giveThresholds(clock, reached, now);
}

/** When a timer must next call {@link dueHappenings}; `null` while paused, and once breached, met or cancelled. */
export function nextThresholdAt(clock: ServiceClockState): Date | null {
  return clock.pausedAt === null ? (pendingThresholds(clock)[0]?.dueAt ?? null) : null;
}

/**
 * The time left in milliseconds: negative once past due, standing still while paused, `null` once met or cancelled.
 */
export function remainingMs(clock: ServiceClockState, now: Date): number | null {
  return hasEnded(clock) ? null : clock.dueAt.getTime() - (clock.pausedAt ?? now).getTime();
}

/** Stops the counting. Problems: `not-running`, `not-pausable`, `already-breached`. */
export function pauseClock(clock: ServiceClockState, now: Date): ServiceClockOutcome {
  const due = dueHappenings(clock, now);
  if (hasEnded(due.clock) || due.clock.pausedAt !== null) {
    return problem('not-running');
  }
  if (!due.clock.pausable) {
    return problem('not-pausable');
  }
  if (due.clock.breachedAt !== null) {
    return problem('already-breached');
  }
  const remaining = due.clock.dueAt.getTime() - now.getTime();
  return changed(
    following(due, {
      clock: { ...due.clock, state: 'paused', pausedAt: now },
      happenings: [{ type: 'paused', at: now, remainingMs: remaining }],
    }),
  );
}

/** Counts on from where the pause began: the due moment moves by its length. Problem: `not-paused`. */
export function resumeClock(clock: ServiceClockState, now: Date): ServiceClockOutcome {
  return clock.pausedAt === null ? problem('not-paused') : changed(endPause(clock, now));
}

/** Meets the clock; one that has breached keeps its breach. Problem: `already-ended`. */
export function meetClock(clock: ServiceClockState, now: Date): ServiceClockOutcome {
  if (hasEnded(clock)) {
    return problem('already-ended');
  }
  const settled = settle(clock, now);
  const remaining = settled.clock.dueAt.getTime() - now.getTime();
  return changed(
    following(settled, {
      clock: { ...settled.clock, state: 'met', metAt: now },
      happenings: [{ type: 'met', at: now, remainingMs: remaining }],
    }),
  );
}

/**
 * Moves the target to that of another severity, counted from the clock's own start with its pauses kept.
 *
 * What the clock is past by the new target alone happens at `now`, warnings first; a breach ends a pause. Warnings
 * given are not given again, and a breach stays. With no target (`null`) the clock is cancelled. A clock that is met
 * is not touched: should it be reopened, it is retargeted then. Problem: `already-ended`.
 *
 * @throws RangeError when the target is not above 0.
 */
export function retargetClock(clock: ServiceClockState, newTargetMs: number | null, now: Date): ServiceClockOutcome {
  if (newTargetMs === null) {
    return cancelClock(clock, now);
  }
  requireTarget(newTargetMs);
  if (hasEnded(clock)) {
    return problem('already-ended');
  }
  const due = dueHappenings(clock, now);
  const dueAt = later(clock.startedAt, clock.pausedTotalMs + newTargetMs);
  const moved = following(due, {
    clock: { ...due.clock, targetMs: newTargetMs, dueAt },
    happenings: [{ type: 'retargeted', at: now, fromTargetMs: clock.targetMs, targetMs: newTargetMs, dueAt }],
  });
  return changed(following(moved, overtake(moved.clock, now)));
}

/**
 * Takes back that a clock was met. It goes on with the time used before; a breach on record stays, and so do the
 * warnings given. Problem: `not-met`.
 */
export function reopenClock(clock: ServiceClockState, now: Date): ServiceClockOutcome {
  if (clock.metAt === null) {
    return problem('not-met');
  }
  const uncountedMs = elapsedMs(clock.metAt, now);
  const dueAt = later(clock.dueAt, uncountedMs);
  const open = { ...clock, metAt: null, dueAt, pausedTotalMs: clock.pausedTotalMs + uncountedMs };
  return changed({
    clock: { ...open, state: openState(open) },
    happenings: [{ type: 'reopened', at: now, dueAt }],
  });
}

/** Ends a clock whose target no longer applies; a breach on record stays. Problem: `already-ended`. */
export function cancelClock(clock: ServiceClockState, now: Date): ServiceClockOutcome {
  if (hasEnded(clock)) {
    return problem('already-ended');
  }
  const settled = settle(clock, now);
  return changed(
    following(settled, {
      clock: { ...settled.clock, state: 'cancelled' },
      happenings: [{ type: 'cancelled', at: now }],
    }),
  );
}

/** Gives what is due, and ends a pause. */
function settle(clock: ServiceClockState, now: Date): ServiceClockChange {
  const due = dueHappenings(clock, now);
  return due.clock.pausedAt === null ? due : following(due, endPause(due.clock, now));
}

/** Gives, as of `now`, the thresholds that a start or target set at `now` has put behind the clock. */
function overtake(clock: ServiceClockState, now: Date): ServiceClockChange {
  const overtaken = reachedThresholds(clock, now).map((threshold) => ({ ...threshold, dueAt: now }));
  const breaches = overtaken.some((threshold) => threshold.fraction === null);
  const before = breaches && clock.pausedAt !== null ? endPause(clock, now) : { clock, happenings: [] };
  return following(before, giveThresholds(before.clock, overtaken, now));
}

function endPause(clock: ServiceClockState, now: Date): ServiceClockChange {
  const pausedMs = elapsedMs(clock.pausedAt ?? now, now);
  const dueAt = later(clock.dueAt, pausedMs);
  const resumed = { ...clock, pausedAt: null, dueAt, pausedTotalMs: clock.pausedTotalMs + pausedMs };
  return {
    clock: { ...resumed, state: openState(resumed) },
    happenings: [{ type: 'resumed', at: now, dueAt, pausedMs }],
  };
}

function following(before: ServiceClockChange, after: ServiceClockChange): ServiceClockChange {
  return { clock: after.clock, happenings: [...before.happenings, ...after.happenings] };
}

function changed(change: ServiceClockChange): ServiceClockOutcome {
  return { kind: 'changed', ...change };
}

function problem(reason: ServiceClockProblem): ServiceClockOutcome {
  return { kind: 'problem', reason };
}

function requireTarget(targetMs: number): void {
  if (!(targetMs > 0 && Number.isFinite(targetMs))) {
    throw new RangeError(`A target is a length of time above 0, not ${targetMs} ms.`);
  }
}

function later(instant: Date, ms: number): Date {
  return new Date(instant.getTime() + ms);
}

function elapsedMs(from: Date, to: Date): number {
  return Math.max(0, to.getTime() - from.getTime());
}
