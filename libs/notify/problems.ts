import { Problem, problemKind } from '../platform/index.js';

const verificationFailed = problemKind('verification-failed', 422, 'The code does not verify the contact method');
const alreadyThere = problemKind('contact-method-exists', 409, 'The responder has this contact method already');
const mailBelongsToNothing = problemKind('mail-belongs-to-nothing', 422, 'This mail belongs to nothing at the desk');
const callbackNotSigned = problemKind('callback-not-signed', 403, 'This callback was not signed by its provider');
const pageLinkUnknown = problemKind('page-link-unknown', 404, 'This page link is unknown or has expired');

/** What can stand in the way of reaching people, and of what they do by a page link. */
export const notifyProblems = {
  /** The code is wrong, was used, has expired, or was guessed at too often. The four are not told apart. */
  verificationFailed: () =>
    new Problem(verificationFailed, { detail: 'It is wrong or no longer valid. Ask for a new one with POST …/code.' }),
  /** The same address on the same channel. */
  alreadyThere: () => new Problem(alreadyThere, { detail: 'Verify or test the one that is there.' }),
  /** A mail is no reply to a page, and is about no ticket. The mail server gives it back to its sender, who hears why. */
  mailBelongsToNothing: (detail: string) => new Problem(mailBelongsToNothing, { detail }),
  /** The signature is missing or does not fit the address and the fields. */
  callbackNotSigned: () =>
    new Problem(callbackNotSigned, {
      detail:
        'The signature must cover the address as CODEGREY_PUBLIC_URL has it, and be made with the token of this provider.',
    }),
  /** There is no such link, or its time is over. */
  pageLinkUnknown: () => new Problem(pageLinkUnknown, { detail: 'Open the ticket at the desk, or call it.' }),
};
