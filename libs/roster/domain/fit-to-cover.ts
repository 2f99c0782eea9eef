import { isOnCallDuring, takerObstacles, type ShiftRequestFacts, type ShiftRequestTerms } from './shift-request.js';
import type { Shift } from './schedule.js';

/** Somebody who may be asked to take a shift. */
export interface PossibleTaker {
  id: string;
  skills: readonly string[];
  languages: readonly string[];
}

/** What whoever is on call by a schedule must bring. */
export interface CoverNeeds {
  skills: readonly string[];
  /** BCP 47 tags. */
  languages: readonly string[];
}

/**
 * Who is fit to take a shift: free at that time (not away, on call by no schedule), and with every skill and language that the
 * schedule must have. Ordered: the people of the schedule first, then by id.
 *
 * @param own ids of the people of the schedule
 * @param elsewhere the shifts of all other schedules at that time
 */
export function fitToCover(
  terms: ShiftRequestTerms,
  facts: ShiftRequestFacts,
  people: readonly PossibleTaker[],
  { own, needs, elsewhere }: { own: ReadonlySet<string>; needs: CoverNeeds; elsewhere: readonly Shift[] },
): string[] {
  return people
    .filter(
      (person) =>
        takerObstacles(terms, person.id, facts).length === 0 &&
        !isOnCallDuring(elsewhere, person.id, terms.span) &&
        needs.skills.every((skill) => person.skills.includes(skill)) &&
        needs.languages.every((language) => person.languages.includes(language)),
    )
    .map(({ id }) => id)
    .sort((one, other) => Number(own.has(other)) - Number(own.has(one)) || (one < other ? -1 : 1));
}
