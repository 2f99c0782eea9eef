import { standbyAt } from './availability.js';
import type { CandidateNeed, MatchingFacts, MatchingResponder, MatchingRules, MatchingWeights } from './matching.js';
import { levelOf, plainLevel } from './skill-levels.js';

/** One thing that speaks for or against a responder, and what it is worth. */
export interface Judgement {
  reason: string;
  points: number;
}

/** Severities at which it matters most that somebody is awake. */
const urgentSeverities: readonly string[] = ['SEV1', 'SEV2'];

/**
 * All that speaks for and against a responder, in the order in which it is told. `need` names each skill once, and each language once by
 * its primary subtag.
 */
export function judge(
  need: CandidateNeed,
  responder: MatchingResponder,
  facts: MatchingFacts,
  { points }: MatchingRules,
): Judgement[] {
  const judgements: Judgement[] = [];
  for (const skill of need.skills) judgements.push(judgeSkill(need, responder, skill, points));
  for (const language of need.languages) judgements.push(judgeLanguage(need, responder, language, points));
  judgements.push(judgeCountry(need, responder, points));
  if (responder.mandates?.includes(need.country))
    judgements.push({ reason: `has a mandate in ${need.country}`, points: points.mandate });
  if (facts.onCall.has(responder.id)) judgements.push(judgeOnCall(need, points));
  judgements.push(judgeLoad(responder, facts, points));
  judgements.push(...judgePast(responder, facts, points));
  return judgements;
}

/**
 * Each needed skill is worth its share, so that a long wish list does not outweigh everything else. Below the needed level it is worth
 * that part of its share; above it a little more, so that the expert is asked before somebody who just suffices.
 */
function judgeSkill(
  need: CandidateNeed,
  responder: MatchingResponder,
  skill: string,
  { skills, skillLevelAbove }: MatchingWeights,
): Judgement {
  const share = skills / need.skills.length;
  const needed = levelOf(need, skill) ?? plainLevel;
  const level = levelOf(responder, skill);
  if (level === null) return { reason: `lacks ${skill}`, points: 0 };
  if (level < needed)
    return { reason: `has ${skill} at level ${level} of ${needed}`, points: (share * level) / needed };
  const above = ((level - needed) * skillLevelAbove) / need.skills.length;
  const isPlain = level === plainLevel && needed === plainLevel;
  return { reason: isPlain ? `has ${skill}` : `has ${skill} at level ${level}`, points: share + above };
}

function judgeLanguage(
  need: CandidateNeed,
  { languages }: MatchingResponder,
  language: string,
  weights: MatchingWeights,
): Judgement {
  return languages.some((spoken) => primarySubtag(spoken) === language)
    ? { reason: `speaks ${language}`, points: weights.languages / need.languages.length }
    : { reason: `does not speak ${language}`, points: 0 };
}

function judgeCountry(need: CandidateNeed, { countries }: MatchingResponder, weights: MatchingWeights): Judgement {
  return countries.length === 0 || countries.includes(need.country)
    ? { reason: `covers ${need.country}`, points: weights.country }
    : { reason: `does not cover ${need.country}`, points: 0 };
}

function judgeOnCall({ severity }: CandidateNeed, { onCall, onCallUrgent }: MatchingWeights): Judgement {
  return { reason: 'on call now', points: urgentSeverities.includes(severity) ? onCallUrgent : onCall };
}

function judgeLoad(
  { id, maxOpenTickets }: MatchingResponder,
  facts: MatchingFacts,
  { freeCapacity }: MatchingWeights,
): Judgement {
  const openTickets = facts.openTickets.get(id) ?? 0;
  const free = maxOpenTickets > 0 ? Math.max(0, 1 - openTickets / maxOpenTickets) : 0;
  return {
    reason: `${openTickets} of ${maxOpenTickets} open ${maxOpenTickets === 1 ? 'ticket' : 'tickets'}`,
    points: freeCapacity * free,
  };
}

/** What has been asked of somebody before, and what they say of themselves now. */
function judgePast(
  { id, standby = null }: MatchingResponder,
  facts: MatchingFacts,
  weights: MatchingWeights,
): Judgement[] {
  const judgements: Judgement[] = [];
  if (facts.knowProvider?.has(id))
    judgements.push({ reason: 'has helped this provider before', points: weights.previousCase });
  if (facts.at && standbyAt(standby, facts.at)?.status === 'awake')
    judgements.push({ reason: 'says they are awake', points: weights.awake });
  const nights = facts.recentNights?.get(id) ?? 0;
  if (nights > 0)
    judgements.push({
      reason: `paged in ${nights} of the last 7 nights`,
      points: weights.recentNight * nights,
    });
  if (facts.alreadyPaged.has(id))
    judgements.push({ reason: 'already paged about this ticket', points: weights.alreadyPaged });
  return judgements;
}

/** The language alone (RFC 5646 section 2.2.1): who speaks `ro` can talk to who asks for `ro-MD`. */
export function primarySubtag(tag: string): string {
  return tag.split('-', 1)[0]!.toLowerCase();
}
