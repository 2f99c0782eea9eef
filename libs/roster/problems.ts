import { Problem, problemKind } from '../platform/index.js';

const inUse = problemKind('in-use', 409, 'Something else depends on it');

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
};
