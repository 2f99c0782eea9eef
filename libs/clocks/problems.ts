import { Problem, problemKind } from '../platform/index.js';

const notPausable = problemKind('clock-not-pausable', 409, 'This clock cannot be paused');
const alreadyBreached = problemKind('clock-already-breached', 409, 'The clock has already breached');
const notPaused = problemKind('clock-not-paused', 409, 'The clock is not paused');
const notRunning = problemKind('clock-not-running', 409, 'The clock is not running');

/** What can stand in the way of pausing and resuming. */
export const clockProblems = {
  notPausable: () =>
    new Problem(notPausable, {
      detail: 'The policy marks it as unpausable: the duty that it counts waits for nobody else.',
    }),
  alreadyBreached: () => new Problem(alreadyBreached, { detail: 'Its target is gone; a pause would hide that.' }),
  notPaused: () => new Problem(notPaused, { detail: 'There is nothing to resume.' }),
  notRunning: () => new Problem(notRunning, { detail: 'It is paused already, or has been met or cancelled.' }),
};
