import type { Work } from '../platform/index.js';

/** The kind of the timer that puts all escalation policies to the test. */
export const policyTestTimer = 'escalation-policy-test';

/** There is one such timer for the whole desk, so it is about nothing in particular. */
export const wholeDesk = '00000000-0000-0000-0000-000000000000';

/** Has all escalation policies put to the test at an instant: for whatever changes who can be reached. */
export function testPoliciesAt(work: Pick<Work, 'arm'>, dueAt: Date): void {
  work.arm({ kind: policyTestTimer, subjectId: wholeDesk, dueAt });
}
