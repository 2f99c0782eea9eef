import type { Candidate } from '../../roster/domain/index.js';
import type { PageToOwe } from './paging.js';

/** What a holder asks for. */
export interface HelpWanted {
  /** Any of these will do; empty: whoever fits best. */
  skills: readonly string[];
  count: number;
}

/** The best fits who can help: not those who work on the ticket, or are being asked to already. */
export function chooseHelpers(
  candidates: readonly Candidate[],
  skillsOf: ReadonlyMap<string, readonly string[]>,
  engaged: ReadonlySet<string>,
  { skills, count }: HelpWanted,
): PageToOwe[] {
  const isAble = (id: string) => skills.length === 0 || skills.some((skill) => skillsOf.get(id)?.includes(skill));
  return candidates
    .filter(({ fits, responderId }) => fits && !engaged.has(responderId) && isAble(responderId))
    .slice(0, count)
    .map(({ responderId, reasons }) => ({ responderId, reasons: ['asked to help the holder', ...reasons] }));
}
