import { Problem, problemKind, type Fault } from '../platform/index.js';

const inUse = problemKind('in-use', 409, 'Something else depends on it');
const nobodyFit = problemKind('nobody-fit', 409, 'Nobody is fit and free at that time');
const shiftRequestClosed = problemKind('shift-request-closed', 409, 'The request is no longer open');
const shiftRequestOutdated = problemKind('shift-request-outdated', 409, 'The roster has changed since it was asked');
const cannotTakeOver = problemKind('cannot-take-over', 409, 'This responder cannot take the shift over');
const responderAway = problemKind('responder-away', 409, 'This responder is away then');
const couldEndInSilence = problemKind('could-end-in-silence', 422, 'The escalation policy could end in silence');

/** What can stand in the way of changing the roster. */
export const rosterProblems = {
  inUse: (users: string[]) =>
    new Problem(inUse, {
      detail: `Escalation policies go by it: ${users.join(', ')}. Change them first.`,
      extensions: { usedBy: users },
    }),
  /** Without it, the gaps of these schedules would stay gaps. */
  isFallback: (schedules: string[]) =>
    new Problem(inUse, {
      detail: `It is the fallback of: ${schedules.join(', ')}. Change them first.`,
      extensions: { usedBy: schedules },
    }),
  /** Whoever is away cannot be put on call: nobody would be there. */
  responderAway: (away: { start: string; end: string }[]) =>
    new Problem(responderAway, {
      detail: 'Choose somebody else, or take the absence back first.',
      extensions: { away },
    }),
  /** Nobody is free then and has the skills and languages that the schedule must have. */
  nobodyFit: () => new Problem(nobodyFit, { detail: 'Ask one person by name, or have a coordinator change the plan.' }),
  /** Somebody else has accepted it, or it has ended otherwise. */
  shiftRequestClosed: (state: string) =>
    new Problem(shiftRequestClosed, { detail: `It is ${state}.`, extensions: { state } }),
  /** What was asked can no longer be done as it was asked: `errors` says why. */
  shiftRequestOutdated: (errors: Fault[]) =>
    new Problem(shiftRequestOutdated, { detail: 'Have it withdrawn, and ask anew.', errors }),
  /** Whoever is away, or on call by this schedule already, cannot relieve somebody: `errors` says why. */
  cannotTakeOver: (errors: Fault[]) => new Problem(cannotTakeOver, { detail: 'Let somebody else do it.', errors }),
  /** Everything gone wrong, nobody would be reached. `errors` name the step and why. */
  couldEndInSilence: (errors: Fault[]) =>
    new Problem(couldEndInSilence, {
      detail:
        'At the worst nobody at all would be reached. Verify a contact method of a coordinator, or of those whom it names.',
      errors,
    }),
};
