import { Problem, problemKind, type Fault } from './problem.js';

const malformedJson = problemKind('malformed-json', 400, 'The body is not valid JSON');
const badRequest = problemKind('bad-request', 400, 'The request cannot be read');
const unauthenticated = problemKind('unauthenticated', 401, 'A valid credential is needed');
const forbidden = problemKind('forbidden', 403, 'This credential may not do that');
const notFound = problemKind('not-found', 404, 'There is nothing here that this credential may see');
const methodNotAllowed = problemKind('method-not-allowed', 405, 'This address does not take that method');
const conflict = problemKind('conflict', 409, 'The state does not allow that');
const idempotencyInProgress = problemKind(
  'idempotency-in-progress',
  409,
  'The first request with this key is still running',
);
const preconditionFailed = problemKind('precondition-failed', 412, 'Somebody changed it since you read it');
const contentTooLarge = problemKind('content-too-large', 413, 'The body is too large');
const unsupportedMediaType = problemKind('unsupported-media-type', 415, 'This media type is not understood here');
const invalidInput = problemKind('invalid-input', 422, 'The input is not valid');
const idempotencyKeyReused = problemKind('idempotency-key-reused', 422, 'This key was used with another body');
const tooManyRequests = problemKind('too-many-requests', 429, 'Too many requests by this caller');
const internal = problemKind('internal-error', 500, 'Something went wrong here');
const unavailable = problemKind('unavailable', 503, 'The desk cannot decide this right now');

/** The failures that every context shares. Each function says when it is used and what the caller can do. */
export const problems = {
  /** The body cannot be parsed, is nested too deep, or is not UTF-8. */
  malformedJson: (detail: string) => new Problem(malformedJson, { detail }),
  /** The request itself (headers, address, framing) cannot be read. */
  badRequest: (detail: string) => new Problem(badRequest, { detail }),
  /** No credential, or one that is unknown, expired or revoked. The three are not told apart. */
  unauthenticated: () => new Problem(unauthenticated, { detail: 'Send a valid key as "Authorization: Bearer <key>".' }),
  /** The caller may see the thing but not do this to it. */
  forbidden: (detail: string) => new Problem(forbidden, { detail }),
  /** It does not exist, or the caller may not know that it does. */
  notFound: (what: string) =>
    new Problem(notFound, { detail: `No ${what} of that name is visible to this credential.` }),
  /** The address exists with other methods. */
  methodNotAllowed: () => new Problem(methodNotAllowed),
  /** The state does not allow the action; `detail` says which state it is in and what can be done instead. */
  conflict: (detail: string, extensions?: Record<string, unknown>) => new Problem(conflict, { detail, extensions }),
  /** Two requests with one idempotency key at once. */
  idempotencyInProgress: () =>
    new Problem(idempotencyInProgress, {
      detail: 'Repeat the request in a second for its answer.',
      retryAfterSeconds: 1,
    }),
  /** `If-Match` names a version that is no longer the current one. */
  preconditionFailed: (currentETag: string) =>
    new Problem(preconditionFailed, { detail: 'Read it again, then repeat the change.', extensions: { currentETag } }),
  /** The body exceeds the limit of the address. */
  contentTooLarge: (limitBytes: number) =>
    new Problem(contentTooLarge, { detail: `At most ${limitBytes} bytes are taken here.` }),
  /** Another media type than the one that is `taken` here. */
  unsupportedMediaType: (taken = 'application/json') => new Problem(unsupportedMediaType, { detail: `Send ${taken}.` }),
  /** The input was read and is not acceptable: every fault at once. */
  invalidInput: (errors: Fault[]) =>
    new Problem(invalidInput, {
      detail: errors
        .map((fault) => `${fault.pointer}: ${fault.detail}`)
        .slice(0, 5)
        .join('; '),
      errors,
    }),
  /** The same idempotency key with another body. */
  idempotencyKeyReused: () =>
    new Problem(idempotencyKeyReused, { detail: 'Use a new Idempotency-Key for a new request.' }),
  /** The caller's own limit is used up. */
  tooManyRequests: (retryAfterSeconds: number) =>
    new Problem(tooManyRequests, { detail: `Wait ${retryAfterSeconds} s.`, retryAfterSeconds }),
  /** A fault of ours. The log has it under the request id. */
  internal: () => new Problem(internal, { detail: 'It is in the log under this request id.' }),
  /** The database is away, overloaded or too slow. The outcome of a change may be unknown: repeat it with an Idempotency-Key. */
  unavailable: (
    detail = 'The database does not answer. Repeat the request, with the same Idempotency-Key where it has one.',
  ) => new Problem(unavailable, { detail, retryAfterSeconds: 1 }),
};
