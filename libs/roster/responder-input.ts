import type { ConflictDto, UpdateResponderDto } from './responder.dto.js';
import type { Responder } from './roster.entity.js';

/** What somebody may write about a responder. */
export type ResponderFacts = Omit<Responder, 'id' | 'createdAt' | 'version'> & {
  conflictsWith: string[];
  conflicts: ConflictDto[];
};

/** What is so of a responder about whom nobody has said anything else. */
export const whenNothingIsSaid = {
  deskRole: 'responder',
  skills: [],
  skillLevels: {},
  languages: [],
  countries: [],
  mandates: [],
  maxOpenTickets: 3,
  timeZone: 'UTC',
  quietHours: [],
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
  if (facts.mandates) facts.mandates = [...new Set(facts.mandates.map((code) => code.toUpperCase()))];
  if (facts.conflictsWith) facts.conflictsWith = [...new Set(facts.conflictsWith.map((id) => id.toLowerCase()))].sort();
  if (facts.conflicts)
    facts.conflicts = facts.conflicts.map(({ providerId, kind }) => ({ providerId: providerId.toLowerCase(), kind }));
  return facts;
}

/**
 * The conflicts of interest after a change, by provider; undefined when the change says nothing of them. Both ways of saying so are
 * added up; a conflict of which only the provider is named keeps the kind that is known of it, or is of another kind.
 */
export function conflictsAfter(
  before: readonly ConflictDto[],
  { conflictsWith, conflicts }: Pick<Partial<ResponderFacts>, 'conflictsWith' | 'conflicts'>,
): ConflictDto[] | undefined {
  if (!conflictsWith && !conflicts) return undefined;
  const kinds = new Map([...before, ...(conflicts ?? [])].map(({ providerId, kind }) => [providerId, kind]));
  const providers = new Set([...(conflictsWith ?? []), ...(conflicts ?? []).map(({ providerId }) => providerId)]);
  return [...providers].sort().map((providerId) => ({ providerId, kind: kinds.get(providerId) ?? 'other' }));
}

/** The levels of the skills that somebody still has, and the skills whose level was said though they do not have them. */
export function levelsAfter(
  before: Pick<Responder, 'skills' | 'skillLevels'>,
  { skills = before.skills, skillLevels }: Pick<Partial<ResponderFacts>, 'skills' | 'skillLevels'>,
): { skillLevels: Record<string, number>; withoutSkill: string[] } {
  const levels = Object.entries(skillLevels ?? before.skillLevels);
  const [kept, others] = [true, false].map((has) => levels.filter(([skill]) => skills.includes(skill) === has));
  return {
    skillLevels: Object.fromEntries(kept ?? []),
    withoutSkill: skillLevels ? (others ?? []).map(([skill]) => skill) : [],
  };
}

function defaultOf(name: string): unknown {
  return name === 'conflictsWith' || name === 'conflicts'
    ? []
    : Object.entries(whenNothingIsSaid).find(([known]) => known === name)?.[1];
}
