import type { Availability } from './availability.js';
import type { NamedSkills } from './skill-levels.js';

/** What a ticket asks of whoever takes it. */
export interface CandidateNeed extends NamedSkills {
  providerId: string;
  /** ISO 3166-1 alpha-2 code of the provider's country. */
  country: string;
  /** BCP 47 tags. */
  languages: readonly string[];
  /** `SEV1` to `SEV4`. */
  severity: string;
}

/** What stands between a responder and a provider: they work for it, sell to it, compete with it, or something else does. */
export const conflictKinds = ['works-for', 'sells-to', 'competes-with', 'other'] as const;

export type ConflictKind = (typeof conflictKinds)[number];

/** What the roster knows of a responder. */
export interface MatchingResponder extends NamedSkills, Partial<Availability> {
  id: string;
  name: string;
  /** BCP 47 tags. */
  languages: readonly string[];
  /** ISO 3166-1 alpha-2; empty means every country. */
  countries: readonly string[];
  /** Countries in which they may act by law (ISO 3166-1 alpha-2). */
  mandates?: readonly string[];
  /** Ids of the providers with which the responder has a conflict of interest. */
  conflictsWith: readonly string[];
  /** Of which kind each of those conflicts is; one that is left out is `other`. */
  conflictKinds?: ReadonlyMap<string, ConflictKind>;
  maxOpenTickets: number;
  /** IANA name; UTC where it is left out. */
  timeZone?: string;
}

/** What is so at this moment, by responder id. */
export interface MatchingFacts {
  /** The instant at which somebody is to be found; without it nobody's quiet hours or stand-by are looked at. */
  at?: Date;
  /** Tickets that the responder holds; who is missing holds none. */
  openTickets: ReadonlyMap<string, number>;
  onCall: ReadonlySet<string>;
  /** Who has already declined this ticket. */
  declined: ReadonlySet<string>;
  /** Who has already been paged about this ticket. */
  alreadyPaged: ReadonlySet<string>;
  /** When each was last paged about any ticket; who is missing was never paged. */
  lastPagedAt?: ReadonlyMap<string, Date>;
  /** In how many of the last seven nights each was paged; who is missing in none. */
  recentNights?: ReadonlyMap<string, number>;
  /** Who has held a ticket of this provider before. */
  knowProvider?: ReadonlySet<string>;
}

/** What each match is worth, in points: `config/matching.yaml` says what each number means. */
export interface MatchingWeights {
  skills: number;
  skillLevelAbove: number;
  languages: number;
  country: number;
  mandate: number;
  onCall: number;
  onCallUrgent: number;
  freeCapacity: number;
  previousCase: number;
  awake: number;
  recentNight: number;
  alreadyPaged: number;
}

/** The rules by which responders are matched. */
export interface MatchingRules {
  points: MatchingWeights;
  /** Countries in which nobody may be asked who has no mandate there. */
  mandateRequiredIn: readonly string[];
}
