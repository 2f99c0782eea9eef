/** What a ticket asks of whoever takes it. */
export interface CandidateNeed {
  providerId: string;
  /** ISO 3166-1 alpha-2 code of the provider's country. */
  country: string;
  skills: readonly string[];
  /** BCP 47 tags. */
  languages: readonly string[];
  /** `SEV1` to `SEV4`. */
  severity: string;
}

/** What the roster knows of a responder. */
export interface MatchingResponder {
  id: string;
  name: string;
  skills: readonly string[];
  /** BCP 47 tags. */
  languages: readonly string[];
  /** ISO 3166-1 alpha-2; empty means every country. */
  countries: readonly string[];
  /** Ids of the providers with which the responder has a conflict of interest. */
  conflictsWith: readonly string[];
  maxOpenTickets: number;
}

/** What is so at this moment, by responder id. */
export interface MatchingFacts {
  /** Tickets that the responder holds; who is missing holds none. */
  openTickets: ReadonlyMap<string, number>;
  onCall: ReadonlySet<string>;
  /** Who has already declined this ticket. */
  declined: ReadonlySet<string>;
  /** Who has already been paged about this ticket. */
  alreadyPaged: ReadonlySet<string>;
  /** When each was last paged about any ticket; who is missing was never paged. */
  lastPagedAt?: ReadonlyMap<string, Date>;
}

/** What each match is worth, in points: `config/matching.yaml` says what each number means. */
export interface MatchingWeights {
  skills: number;
  languages: number;
  country: number;
  onCall: number;
  onCallUrgent: number;
  freeCapacity: number;
  alreadyPaged: number;
}

/** One responder as seen from a ticket. `reasons` and `ruledOutBecause` are for a coordinator to read. */
export interface Candidate {
  responderId: string;
  /** Nothing rules the responder out. */
  fits: boolean;
  /** Points by the weights, to two decimals; the higher the better. Also told of who is ruled out. */
  score: number;
  /** What went into the score, for and against. */
  reasons: string[];
  ruledOutBecause: string[];
}

/** Severities at which it matters most that somebody is awake. */
const urgentSeverities: readonly string[] = ['SEV1', 'SEV2'];

/**
 * Every responder as a candidate for the ticket, the best first: those who fit before those who are ruled out, then by score,
 * then who holds the fewest open tickets, then who was paged the longest ago, then by id.
 * The same input always gives the same answer, whatever the order of the responders.
 */
export function rankCandidates(
  need: CandidateNeed,
  responders: readonly MatchingResponder[],
  facts: MatchingFacts,
  weights: MatchingWeights,
): Candidate[] {
  const openTicketsOf = (id: string): number => facts.openTickets.get(id) ?? 0;
  const lastPagedOf = (id: string): number => facts.lastPagedAt?.get(id)?.getTime() ?? -Infinity;
  return responders
    .map((responder) => candidate(need, responder, facts, weights))
    .sort(
      (a, b) =>
        Number(b.fits) - Number(a.fits) ||
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
  weights: MatchingWeights,
): Candidate {
  const judgements = [
    ...judgeSkills(need, responder, weights),
    ...judgeLanguages(need, responder, weights),
    judgeCountry(need, responder, weights),
    ...judgeOnCall(need, responder, facts, weights),
    judgeLoad(responder, facts, weights),
    ...judgePages(responder, facts, weights),
  ];
  const ruledOutBecause = ruledOut(need, responder, facts);
  return {
    responderId: responder.id,
    fits: ruledOutBecause.length === 0,
    score: Math.round(judgements.reduce((sum, { points }) => sum + points, 0) * 100) / 100,
    reasons: judgements.map(({ reason }) => reason),
    ruledOutBecause,
  };
}

function ruledOut(need: CandidateNeed, responder: MatchingResponder, facts: MatchingFacts): string[] {
  const openTickets = facts.openTickets.get(responder.id) ?? 0;
  return [
    ...(responder.conflictsWith.includes(need.providerId) ? ['has a conflict of interest with this provider'] : []),
    ...(facts.declined.has(responder.id) ? ['has declined this ticket'] : []),
    ...(openTickets >= responder.maxOpenTickets
      ? [`is at the limit of ${responder.maxOpenTickets} open ${plural(responder.maxOpenTickets, 'ticket')}`]
      : []),
  ];
}

/** One thing that speaks for or against a responder, and what it is worth. */
interface Judgement {
  reason: string;
  points: number;
}

/** Each needed skill is worth its share, so that a long wish list does not outweigh everything else. */
function judgeSkills(need: CandidateNeed, { skills }: MatchingResponder, weights: MatchingWeights): Judgement[] {
  const needed = [...new Set(need.skills)];
  return needed.map((skill) =>
    skills.includes(skill)
      ? { reason: `has ${skill}`, points: weights.skills / needed.length }
      : { reason: `lacks ${skill}`, points: 0 },
  );
}

function judgeLanguages(need: CandidateNeed, { languages }: MatchingResponder, weights: MatchingWeights): Judgement[] {
  const spoken = new Set(languages.map(primarySubtag));
  const needed = [...new Set(need.languages.map(primarySubtag))];
  return needed.map((language) =>
    spoken.has(language)
      ? { reason: `speaks ${language}`, points: weights.languages / needed.length }
      : { reason: `does not speak ${language}`, points: 0 },
  );
}

function judgeCountry(need: CandidateNeed, { countries }: MatchingResponder, weights: MatchingWeights): Judgement {
  return countries.length === 0 || countries.includes(need.country)
    ? { reason: `covers ${need.country}`, points: weights.country }
    : { reason: `does not cover ${need.country}`, points: 0 };
}

function judgeOnCall(
  need: CandidateNeed,
  { id }: MatchingResponder,
  facts: MatchingFacts,
  weights: MatchingWeights,
): Judgement[] {
  if (!facts.onCall.has(id)) return [];
  const urgent = urgentSeverities.includes(need.severity);
  return [{ reason: 'on call now', points: urgent ? weights.onCallUrgent : weights.onCall }];
}

function judgeLoad(responder: MatchingResponder, facts: MatchingFacts, weights: MatchingWeights): Judgement {
  const { id, maxOpenTickets } = responder;
  const openTickets = facts.openTickets.get(id) ?? 0;
  const free = maxOpenTickets > 0 ? Math.max(0, 1 - openTickets / maxOpenTickets) : 0;
  return {
    reason: `${openTickets} of ${maxOpenTickets} open ${plural(maxOpenTickets, 'ticket')}`,
    points: weights.freeCapacity * free,
  };
}

function judgePages({ id }: MatchingResponder, facts: MatchingFacts, weights: MatchingWeights): Judgement[] {
  return facts.alreadyPaged.has(id)
    ? [{ reason: 'already paged about this ticket', points: weights.alreadyPaged }]
    : [];
}

/** The language alone (RFC 5646 section 2.2.1): who speaks `ro` can talk to who asks for `ro-MD`. */
function primarySubtag(tag: string): string {
  return tag.split('-', 1)[0]!.toLowerCase();
}

function plural(count: number, noun: string): string {
  return count === 1 ? noun : `${noun}s`;
}

function inOrder<T extends string | number>(a: T, b: T): number {
  return a < b ? -1 : Number(a > b);
}
