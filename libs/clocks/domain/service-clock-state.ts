/**
 * Where a service clock stands.
 *
 * `warning` is a running clock that has given a warning; `breached` one that is past its target and not met. A clock
 * that was met too late is `met`, and its `breachedAt` says so.
 */
export type ServiceClockStatus = 'running' | 'warning' | 'breached' | 'met' | 'paused' | 'cancelled';

/** What a clock is started with. */
export interface ServiceClockTerms {
  /** The moment of the fact that starts the clock. */
  startedAt: Date;
  /** The target in milliseconds of elapsed time, more than 0. */
  targetMs: number;
  /** Fractions of the target at which a warning is due, each between 0 and 1. */
  warnAt: number[];
  /** Whether the policy allows this clock to be paused. */
  pausable: boolean;
}

/** A service clock, flat: one row of a table. It is never changed in place. */
export interface ServiceClockState extends ServiceClockTerms {
  state: ServiceClockStatus;
  /** When the target is used up; while the clock is paused, when it would have been without this pause. */
  dueAt: Date;
  /** Since when the clock is paused. */
  pausedAt: Date | null;
  /** Time since the start that does not count: ended pauses, and the time between being met and being reopened. */
  pausedTotalMs: number;
  /** The moments of the warnings given, in the order of `warningsGiven`. */
  warnedAt: Date[];
  /** The fractions whose warning was given, ascending; none is ever given again. */
  warningsGiven: number[];
  /** When the target was used up, or the moment of the change of target that made it so. Never taken back. */
  breachedAt: Date | null;
  /** When the clock was met. */
  metAt: Date | null;
}

/**
 * Something that happened to a clock.
 *
 * Warnings and breaches say when they were due and by how many milliseconds they are told late (a timer that fires
 * after downtime); everything else happens at the moment of its command. A pause always ends with a `resumed`, also
 * when the clock is met, cancelled or breached by a change of target meanwhile.
 */
export type ServiceClockHappening =
  | { type: 'started'; at: Date; dueAt: Date }
  | { type: 'warning'; fraction: number; dueAt: Date; lateByMs: number }
  | { type: 'breached'; dueAt: Date; lateByMs: number }
  | { type: 'met'; at: Date; remainingMs: number }
  | { type: 'paused'; at: Date; remainingMs: number }
  | { type: 'resumed'; at: Date; dueAt: Date; pausedMs: number }
  | { type: 'retargeted'; at: Date; fromTargetMs: number; targetMs: number; dueAt: Date }
  | { type: 'reopened'; at: Date; dueAt: Date }
  | { type: 'cancelled'; at: Date };

/** A clock after a change, and what happened on the way, in order. */
export interface ServiceClockChange {
  clock: ServiceClockState;
  happenings: ServiceClockHappening[];
}

/** Why a command does not fit the clock as it stands. */
export type ServiceClockProblem =
  /** The policy forbids pausing this clock. */
  | 'not-pausable'
  /** A breached clock cannot be paused: its target is gone. */
  | 'already-breached'
  /** Already paused, met or cancelled. */
  | 'not-running'
  | 'not-paused'
  /** Only a clock that was met can be reopened. */
  | 'not-met'
  /** Already met or cancelled. */
  | 'already-ended';

/** What a command comes to: a change to be written, or a problem and nothing to write. */
export type ServiceClockOutcome =
  ({ kind: 'changed' } & ServiceClockChange) | { kind: 'problem'; reason: ServiceClockProblem };
