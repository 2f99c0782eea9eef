import { isReachable, isReachableWithout, type ContactWay } from './contact-way.js';
import { type EscalationPolicy, parseWaitMs, type Target } from './escalation-policy.js';
import type { Fault } from './fault.js';
import { fewestOnCall, type FewestOnCall, type WatchedWindow } from './watched-window.js';

/** What is known of the roster when a policy is put to the test. */
export interface WorstPathFacts {
  /** Active responders. */
  responders: readonly string[];
  /** Active coordinators. */
  coordinators: readonly string[];
  /** The active members of each team that the policy names. */
  teams: ReadonlyMap<string, readonly string[]>;
  /** The time that is looked at, with who is on call in it by each schedule that the policy names. */
  windows: readonly WatchedWindow[];
  /** The verified ways to reach each person. */
  ways: ReadonlyMap<string, readonly ContactWay[]>;
}

/** A step when everything goes wrong that can. */
export interface WorstStep {
  /** Counted from 1. */
  step: number;
  /** How long after the beginning it is taken at the latest, when nobody answers. */
  afterMs: number;
  /** How many people it reaches at the worst moment. */
  reached: number;
  /** Where it may come to nobody, and why. Pointers lead into the policy. */
  weaknesses: Fault[];
}

/** Who is reached in the end, when nobody has answered. They are paged again and again. */
export interface LastResort {
  /** The coordinators; where none can be relied on, those whom the policy names. */
  kind: 'coordinators' | 'targets';
  responderIds: string[];
  /** After how long at most, from the beginning. */
  afterMs: number;
}

/** What a policy comes to when everything goes wrong that can. */
export interface WorstPath {
  steps: WorstStep[];
  /** Null: nobody; it could end in silence. */
  lastResort: LastResort | null;
  /** Why it could end in silence; empty when it could not. */
  silences: string[];
}

/** Something that goes wrong beside that nobody answers: nothing more (null), or a provider of the desk is down. */
type Outage = string | null;

const coordinatorOfDesk: Target = { role: 'coordinator' };

/**
 * Plays the worst that can happen to a ticket under a policy: nobody answers, at the moment of all that are looked at at which
 * the fewest are on call, with the contact methods that are verified and work now; and once more for each provider of the
 * desk, as if that one were down. It could end in silence when somewhere there nobody at all would be reached: neither
 * anybody whom a step names nor, at its end, a coordinator. The rest of the roster, who are asked at the end too, are not
 * counted: nobody has arranged that they are awake.
 */
export function worstPath(policy: Pick<EscalationPolicy, 'steps' | 'repeat'>, facts: WorstPathFacts): WorstPath {
  const outages: Outage[] = [null, ...providersOf(facts)];
  const named = policy.steps.flatMap(({ targets }) => targets);
  const silentIn = outages.filter((outage) => fewestReached([...named, coordinatorOfDesk], facts, outage).count === 0);
  // What is silent as it is need not be told for each outage too.
  const silences = (silentIn.includes(null) ? [null] : silentIn).map((outage) =>
    silence(outage, fewestReached([...named, coordinatorOfDesk], facts, outage)),
  );
  const waits = policy.steps.map(({ thenWait }) => parseWaitMs(thenWait) ?? 0);
  const steps = policy.steps.map((step, index): WorstStep => {
    const afterMs = sum(waits.slice(0, index));
    const targets = step.targets.map((target) => [target]);
    const alternatives = step.roundRobin ? targets : [step.targets];
    const reached = alternatives.flatMap((group) => outages.map((outage) => fewestReached(group, facts, outage).count));
    const weaknesses = step.targets.flatMap((target, place) =>
      weaknessOf(target, `/steps/${index}/targets/${place}`, facts, outages),
    );
    return { step: index + 1, afterMs, reached: Math.min(...reached), weaknesses };
  });
  const afterMs = sum(waits) * (policy.repeat + 1);
  return { steps, lastResort: silences.length > 0 ? null : lastResort(named, facts, outages, afterMs), silences };
}

function lastResort(
  named: readonly Target[],
  facts: WorstPathFacts,
  outages: readonly Outage[],
  afterMs: number,
): LastResort {
  const isSure = outages.every((outage) => fewestReached([coordinatorOfDesk], facts, outage).count > 0);
  const kind = isSure ? 'coordinators' : 'targets';
  const ids = isSure ? facts.coordinators : [...named, coordinatorOfDesk].flatMap((target) => everyone(target, facts));
  const responderIds = [...new Set(ids)].filter((id) => isReachable(facts.ways.get(id))).sort();
  return { kind, responderIds, afterMs };
}

/** The providers of the desk by which anybody is reached. */
function providersOf({ ways }: WorstPathFacts): string[] {
  const providers = [...ways.values()].flat().flatMap(({ provider }) => (provider === null ? [] : [provider]));
  return [...new Set(providers)].sort();
}

/** How few of those that the targets come to would be reached, and when. */
function fewestReached(targets: readonly Target[], facts: WorstPathFacts, outage: Outage): FewestOnCall {
  const reaches = (id: string): boolean =>
    outage === null ? isReachable(facts.ways.get(id)) : isReachableWithout(outage, facts.ways.get(id));
  const always = new Set(targets.flatMap((target) => alwaysMeant(target, facts)).filter(reaches));
  const schedules = targets.flatMap((target) => ('schedule' in target ? [target.schedule] : []));
  if (schedules.length === 0) return { count: always.size };
  const fewest = fewestOnCall(facts.windows, schedules, (id) => reaches(id) && !always.has(id));
  return always.size > 0 ? { count: always.size + fewest.count } : fewest;
}

/** Whom a target means whatever the time. */
function alwaysMeant(target: Target, { responders, coordinators, teams }: WorstPathFacts): readonly string[] {
  if ('role' in target) return coordinators;
  if ('bestFit' in target) return responders;
  if ('team' in target) return teams.get(target.team) ?? [];
  if ('responder' in target) return responders.filter((id) => id === target.responder);
  return [];
}

/** Whom a target means at any time that is looked at. */
function everyone(target: Target, facts: WorstPathFacts): readonly string[] {
  if (!('schedule' in target)) return alwaysMeant(target, facts);
  return facts.windows.flatMap(({ shifts }) =>
    (shifts.get(target.schedule) ?? []).map(({ responderId }) => responderId),
  );
}

function weaknessOf(target: Target, pointer: string, facts: WorstPathFacts, outages: readonly Outage[]): Fault[] {
  const fewest = fewestReached([target], facts, null);
  if (fewest.count === 0) return [{ pointer, detail: whyNobody(target, fewest, facts) }];
  const broken = outages.filter((outage) => outage !== null && fewestReached([target], facts, outage).count === 0);
  return broken.map((outage) => ({ pointer, detail: `would reach nobody if ${outage} were down` }));
}

function whyNobody(target: Target, { during }: FewestOnCall, facts: WorstPathFacts): string {
  if ('schedule' in target) {
    const planned = fewestOnCall(facts.windows, [target.schedule], () => true);
    return planned.count === 0
      ? `nobody is on call${spell(planned.during)}`
      : `nobody on call has a verified contact method that works${spell(during)}`;
  }
  const meant = alwaysMeant(target, facts);
  if ('responder' in target)
    return meant.length === 0 ? 'is not active on the roster' : 'has no verified contact method that works';
  if (meant.length > 0) return 'none of them has a verified contact method that works';
  if ('team' in target) return 'the team has no active member';
  return 'role' in target ? 'there is no active coordinator' : 'there is no active responder';
}

function silence(outage: Outage, { during }: FewestOnCall): string {
  const who = 'neither anybody whom it names nor a coordinator';
  return outage === null
    ? `${who} could be reached${spell(during)}: they need a verified contact method that works`
    : `if ${outage} were down, ${who} could be reached${spell(during)}: they need a verified contact method that does without it`;
}

function spell(during: FewestOnCall['during']): string {
  if (!during) return '';
  return ` from ${new Date(during.start).toISOString()} to ${new Date(during.end).toISOString()}`;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
