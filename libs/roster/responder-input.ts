import type { UpdateResponderDto } from './responder.dto.js';
import type { Responder } from './roster.entity.js';

/** What somebody may write about a responder. */
export type ResponderFacts = Omit<Responder, 'id' | 'createdAt' | 'version'> & { conflictsWith: string[] };

/** What is so of a responder about whom nobody has said anything else. */
export const whenNothingIsSaid = {
  deskRole: 'responder',
  skills: [],
  languages: [],
  countries: [],
  maxOpenTickets: 3,
  timeZone: 'UTC',
  active: true,
} satisfies Partial<ResponderFacts>;

/**
 * What the input says, as it is kept: only what is given, country codes in capitals, ids in small letters, once each and in order,
 * and null as what is so when nothing is said. The input has passed the checks of its class.
 */
export function responderFacts(input: UpdateResponderDto): Partial<ResponderFacts> {
  const given = Object.entries(input).filter(([, value]) => value !== undefined);
  const facts: Partial<ResponderFacts> = {
    ...Object.fromEntries(given.filter(([, value]) => value !== null)),
    ...Object.fromEntries(given.filter(([, value]) => value === null).map(([name]) => [name, defaultOf(name)])),
  };
  if (facts.countries) facts.countries = facts.countries.map((code) => code.toUpperCase());
  if (facts.conflictsWith) facts.conflictsWith = [...new Set(facts.conflictsWith.map((id) => id.toLowerCase()))].sort();
  return facts;
}

function defaultOf(name: string): unknown {
  return name === 'conflictsWith' ? [] : Object.entries(whenNothingIsSaid).find(([known]) => known === name)?.[1];
}
