import { Problem, problemKind, type Fault } from '../platform/index.js';

const inUse = problemKind('in-use', 409, 'Something else depends on it');
const followsCalendar = problemKind('follows-calendar', 409, 'It comes from a calendar that is followed');
const responderAway = problemKind('responder-away', 409, 'This responder is away then');
const couldEndInSilence = problemKind('could-end-in-silence', 422, 'The escalation policy could end in silence');

/** What can stand in the way of changing the roster. */
export const rosterProblems = {
  inUse: (users: string[]) =>
    new Problem(inUse, {
      detail: `Escalation policies go by it: ${users.join(', ')}. Change them first.`,
      extensions: { usedBy: users },
    }),
  /** An absence that a followed calendar says is changed there. */
  followsCalendar: () =>
    new Problem(followsCalendar, { detail: 'Change it in that calendar, or stop following the calendar.' }),
  /** Whoever is away cannot be put on call: nobody would be there. */
  responderAway: (away: { start: string; end: string }[]) =>
    new Problem(responderAway, {
      detail: 'Choose somebody else, or take the absence back first.',
      extensions: { away },
    }),
  /** Everything gone wrong, nobody would be reached. `errors` name the step and why. */
  couldEndInSilence: (errors: Fault[]) =>
    new Problem(couldEndInSilence, {
      detail:
        'At the worst nobody at all would be reached. Verify a contact method of a coordinator, or of those whom it names.',
      errors,
    }),
};
