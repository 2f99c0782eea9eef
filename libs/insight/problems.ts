import { Problem, problemKind } from '../platform/index.js';

const tooManyStreams = problemKind('too-many-streams', 429, 'Too many streams are open');

/** What can stand in the way of listening. */
export const insightProblems = {
  tooManyStreams: () =>
    new Problem(tooManyStreams, { detail: 'Close one, or try again in a while.', retryAfterSeconds: 10 }),
};
