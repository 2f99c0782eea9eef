import { asksToWait, areQuiet, canWait, standbyAt, type Availability } from './availability.js';
import { judge, primarySubtag, type Judgement } from './matching-judgements.js';
import type { NamedSkills } from './skill-levels.js';
import { wallShown, type WallMinutes } from './wall-clock.js';

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

/** One responder as seen from a ticket. What it says in words is for a coordinator to read. */
export interface Candidate {
  responderId: string;
  /** Nothing rules the responder out. */
  fits: boolean;
  /** Points by the weights, to two decimals; the higher the better. Also told of who is ruled out. */
  score: number;
  /** What went into the score, for and against. */
  reasons: string[];
  ruledOutBecause: string[];
  /** Why it is no moment to disturb them; where it is left out, nothing speaks against it. The escalation decides what follows. */
  heldBackBecause?: HeldBack[];
}

/** Why somebody is not to be disturbed now: by their quiet hours, or by what they have said for a while. */
export interface HeldBack {
  by: 'quiet-hours' | 'standby';
  reason: string;
}

/**
 * Every responder as a candidate for the ticket, the best first: those who fit before those who are ruled out, for a ticket that can
 * wait those who may be disturbed before those who may not, then by score, then who holds the fewest open tickets, then who was paged the longest ago, then by id.
 * The same input always gives the same answer, whatever the order of the responders.
 */
export function rankCandidates(
  need: CandidateNeed,
  responders: readonly MatchingResponder[],
  facts: MatchingFacts,
  rules: MatchingRules,
): Candidate[] {
  const openTicketsOf = (id: string): number => facts.openTickets.get(id) ?? 0;
  const lastPagedOf = (id: string): number => facts.lastPagedAt?.get(id)?.getTime() ?? -Infinity;
  const asked = {
    ...need,
    skills: [...new Set(need.skills)],
    languages: [...new Set(need.languages.map(primarySubtag))],
  };
  const wallOf = wallsAt(facts.at);
  const mayWait = canWait(need.severity);
  const waits = ({ heldBackBecause = [] }: Candidate): boolean => mayWait && heldBackBecause.length > 0;
  return responders
    .map((responder) => candidate(asked, responder, facts, rules, wallOf))
    .sort(
      (a, b) =>
        Number(b.fits) - Number(a.fits) ||
        Number(waits(a)) - Number(waits(b)) ||
        b.score - a.score ||
        openTicketsOf(a.responderId) - openTicketsOf(b.responderId) ||
        inOrder(lastPagedOf(a.responderId), lastPagedOf(b.responderId)) ||
        inOrder(a.responderId, b.responderId),
    );
}

function candidate(
  need: CandidateNeed,
  responder: MatchingResponder,
  facts: MatchingFacts,
  rules: MatchingRules,
  wallOf: (timeZone: string) => WallMinutes,
): Candidate {
  const heldBackBecause = facts.at ? heldBack(need, responder, facts.at, wallOf) : [];
  const judgements = judge(need, responder, facts, rules);
  const ruledOutBecause = ruledOut(need, responder, facts, rules);
  return {
    responderId: responder.id,
    fits: ruledOutBecause.length === 0,
    score: Math.round(judgements.reduce(addPoints, 0) * 100) / 100,
    reasons: [...judgements.map(({ reason }) => reason), ...heldBackBecause.map(({ reason }) => reason)],
    ruledOutBecause,
    heldBackBecause,
  };
}

function addPoints(sum: number, { points }: Judgement): number {
  return sum + points;
}

const conflictReasons: Record<ConflictKind, string> = {
  'works-for': 'works for this provider',
  'sells-to': 'sells to this provider',
  'competes-with': 'competes with this provider',
  other: 'has a conflict of interest with this provider',
};

function ruledOut(
  need: CandidateNeed,
  responder: MatchingResponder,
  facts: MatchingFacts,
  { mandateRequiredIn }: MatchingRules,
): string[] {
  const { maxOpenTickets, mandates = [] } = responder;
  const reasons: string[] = [];
  if (responder.conflictsWith.includes(need.providerId))
    reasons.push(conflictReasons[responder.conflictKinds?.get(need.providerId) ?? 'other']);
  if (mandateRequiredIn.includes(need.country) && !mandates.includes(need.country))
    reasons.push(`has no mandate in ${need.country}, where one is required`);
  if (facts.declined.has(responder.id)) reasons.push('has declined this ticket');
  if ((facts.openTickets.get(responder.id) ?? 0) >= maxOpenTickets)
    reasons.push(`is at the limit of ${maxOpenTickets} open ${maxOpenTickets === 1 ? 'ticket' : 'tickets'}`);
  return reasons;
}

/** Quiet hours hold only for what can wait; a word for a while is told at any severity, and the policy decides what follows from it. */
function heldBack(
  { severity }: CandidateNeed,
  { quietHours = [], standby = null, timeZone = 'UTC' }: MatchingResponder,
  at: Date,
  wallOf: (timeZone: string) => WallMinutes,
): HeldBack[] {
  const reasons: HeldBack[] = [];
  if (quietHours.length > 0 && canWait(severity) && areQuiet(quietHours, wallOf(timeZone)))
    reasons.push({ by: 'quiet-hours', reason: 'in their quiet hours' });
  const said = standbyAt(standby, at);
  if (said && asksToWait(said)) {
    const until = said.until.toISOString();
    const reason =
      said.status === 'driving' ? `driving until ${until}: by voice only` : `asked not to be paged before ${until}`;
    reasons.push({ by: 'standby', reason });
  }
  return reasons;
}

/** What the wall of each zone shows at an instant, read once for each zone. */
function wallsAt(at: Date | undefined): (timeZone: string) => WallMinutes {
  const walls = new Map<string, WallMinutes>();
  return (timeZone) => {
    const known = walls.get(timeZone);
    if (known !== undefined) return known;
    const wall = wallShown(timeZone, at?.getTime() ?? 0);
    walls.set(timeZone, wall);
    return wall;
  };
}

function inOrder<T extends string | number>(a: T, b: T): number {
  return a < b ? -1 : Number(a > b);
}
