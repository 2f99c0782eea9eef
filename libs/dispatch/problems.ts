import { Problem, problemKind } from '../platform/index.js';

const alreadyClaimed = problemKind('already-claimed', 409, 'Somebody else holds the ticket');
const notOpen = problemKind('not-open', 409, 'The ticket is not open');
const notPaged = problemKind('not-paged', 409, 'There is no page to answer');
const conflictOfInterest = problemKind('conflict-of-interest', 403, 'A conflict of interest rules this out');
const noHandover = problemKind('no-handover', 409, 'There is no offer to answer');
const notOnRoster = problemKind('not-on-roster', 403, 'This person is no longer on the roster');
const nobodyFits = problemKind('nobody-fits', 409, 'Nobody else on the roster fits');
const undoTooLate = problemKind('undo-too-late', 409, 'It is too late to take that back');

/** What can stand in the way of finding somebody to help. */
export const dispatchProblems = {
  alreadyClaimed: (holder: string, reference: string) =>
    new Problem(alreadyClaimed, {
      detail: `${reference} is in good hands: nothing is left to do.`,
      extensions: { holder, reference },
    }),
  notOpen: (state: string) => new Problem(notOpen, { detail: `It is ${state}.`, extensions: { state } }),
  notPaged: () =>
    new Problem(notPaged, { detail: 'This person is not being paged about this ticket, or has answered already.' }),
  conflictOfInterest: () =>
    new Problem(conflictOfInterest, {
      detail: 'The roster records a conflict of interest between this responder and the provider.',
    }),
  noHandover: () => new Problem(noHandover, { detail: 'The ticket is not offered to this responder, or no longer.' }),
  notOnRoster: () => new Problem(notOnRoster, { detail: 'Somebody who is active on the roster has to claim it.' }),
  nobodyFits: () =>
    new Problem(nobodyFits, {
      detail:
        'Everybody who fits works on it, is being asked, has declined or holds as many tickets as they may. Ask with other skills.',
    }),
  undoTooLate: () =>
    new Problem(undoTooLate, { detail: 'A claim by link can be undone for 60 s. Release the ticket instead.' }),
};
