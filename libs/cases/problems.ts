import { Problem, problemKind } from '../platform/index.js';

const notHolder = problemKind('not-holder', 403, 'Only the holder of the ticket or a coordinator may do that');
const wrongState = problemKind('wrong-state', 409, 'The state of the ticket does not allow that');
const alreadyMerged = problemKind('cannot-merge', 409, 'These tickets cannot be merged');
const phaseNotAllowed = problemKind('phase-not-allowed', 409, 'The incident cannot move to that phase');
const otherProvider = problemKind('other-provider', 403, 'This credential reports for its own provider only');

/** What can stand in the way of handling a case. */
export const caseProblems = {
  notHolder: () => new Problem(notHolder, { detail: 'Claim it, join it, or ask its holder.' }),
  wrongState: (state: string, allowed: readonly string[]) =>
    new Problem(wrongState, {
      detail: `The ticket is ${state}; this is done to a ticket that is ${allowed.join(' or ')}.`,
      extensions: { state },
    }),
  cannotMerge: (detail: string) => new Problem(alreadyMerged, { detail }),
  phaseNotAllowed: (detail: string, phase: string) => new Problem(phaseNotAllowed, { detail, extensions: { phase } }),
  otherProvider: () => new Problem(otherProvider, { detail: 'Leave providerId out, or name your own.' }),
};
