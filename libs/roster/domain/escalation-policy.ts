import { Temporal } from 'temporal-polyfill';

/** Whom a step pages: who is on call by a schedule, one responder, a whole team, the best fits for the ticket, or the desk on duty. */
export type Target =
  { schedule: string } | { responder: string } | { team: string } | { bestFit: number } | { role: 'coordinator' };

/** One step: page its targets, then wait before the next step. */
export interface EscalationStep {
  targets: readonly Target[];
  /** One target of the step at a time, in turn from ticket to ticket, instead of all of them. */
  roundRobin: boolean;
  /**
   * How many of those whom it reaches have to answer: they are paged again until they do. Left out, or `first`: nobody has to,
   * and the first to claim the ticket is enough.
   */
  answers?: 'first' | 'all' | number;
  /**
   * Whether those who say that they drive, or are not to be paged yet, are passed by while anybody else can be asked. Left out: for
   * SEV3 and SEV4 only.
   */
  respectStandby?: boolean;
  /** ISO 8601 duration of days, hours, minutes and seconds; a day is 24 hours. */
  thenWait: string;
}

/** Which tickets a policy is for. An empty list means any. */
export interface PolicyScope {
  severity: readonly string[];
  /** ISO 3166-1 alpha-2 codes of the provider's country. */
  countries: readonly string[];
  /** RSIT codes: a type (`information-content-security/unauthorised-modification`), or a class, which stands for all its types. */
  classification: readonly string[];
}

/** Who is paged about an unclaimed ticket, in which order and for how long. */
export interface EscalationPolicy {
  id: string;
  name: string;
  version: number;
  appliesTo: PolicyScope;
  steps: readonly EscalationStep[];
  /** How often the steps are gone through again after the first time. */
  repeat: number;
}

/** What of a ticket decides which policy it gets. */
export interface PolicyTicketFacts {
  severity: string;
  /** ISO 3166-1 alpha-2; null when it is not known. */
  country: string | null;
  /** RSIT code; null when nobody has classified the ticket. */
  classification: string | null;
}

/** Where a ticket stands in its policy: both count from 1. */
export interface EscalationPosition {
  step: number;
  round: number;
}

/** A step to take: page its targets, and arm the timer of the step after it in `waitMs`. */
export interface EscalationMove extends EscalationPosition {
  waitMs: number;
}

/** Where a ticket stands before any step was taken. */
export const beforeFirstStep: EscalationPosition = { step: 0, round: 1 };

/**
 * The policy for a ticket: of those whose scope has the ticket, the most specific; null when there is none.
 * A policy is the more specific the more of severity, country and classification it names (a class of classification counts
 * for less than a type). Among equals the first by name is taken, then by id.
 */
export function choosePolicy(
  policies: readonly EscalationPolicy[],
  ticket: PolicyTicketFacts,
): EscalationPolicy | null {
  const [best] = policies
    .map((policy) => ({ policy, specificity: specificityFor(policy.appliesTo, ticket) }))
    .filter(({ specificity }) => specificity !== null)
    .sort(
      (a, b) =>
        b.specificity! - a.specificity! || inOrder(a.policy.name, b.policy.name) || inOrder(a.policy.id, b.policy.id),
    );
  return best?.policy ?? null;
}

/** The step after this position, from `beforeFirstStep` on: the next of the list, its first in the next round, or none. */
export function nextStep(policy: EscalationPolicy, position: EscalationPosition): EscalationMove | 'exhausted' {
  const next =
    position.step < policy.steps.length
      ? { step: position.step + 1, round: position.round }
      : { step: 1, round: position.round + 1 };
  const step = policy.steps[next.step - 1];
  if (!step || next.round > policy.repeat + 1) return 'exhausted';
  const waitMs = parseWaitMs(step.thenWait);
  if (waitMs === null) throw new RangeError(`not a duration of fixed length: ${step.thenWait}`);
  return { ...next, waitMs };
}

/** Milliseconds of an ISO 8601 duration; null where it is none, is negative, or has no fixed length (years, months, weeks). */
export function parseWaitMs(duration: string): number | null {
  try {
    const waitMs = Temporal.Duration.from(duration).total({ unit: 'milliseconds' });
    return waitMs < 0 ? null : waitMs;
  } catch {
    return null;
  }
}

/** Null when the scope does not have the ticket; otherwise 2 for each thing that is named, and 1 for a mere class. */
function specificityFor(scope: PolicyScope, ticket: PolicyTicketFacts): number | null {
  const parts = [
    namedIn(scope.severity, ticket.severity),
    namedIn(scope.countries, ticket.country),
    classificationIn(scope.classification, ticket.classification),
  ];
  return parts.reduce<number | null>((sum, part) => (sum === null || part === null ? null : sum + part), 0);
}

function namedIn(names: readonly string[], value: string | null): number | null {
  if (names.length === 0) return 0;
  return value !== null && names.includes(value) ? 2 : null;
}

function classificationIn(codes: readonly string[], classification: string | null): number | null {
  const exact = namedIn(codes, classification);
  if (exact !== null || classification === null) return exact;
  return codes.includes(classification.split('/', 1)[0]!) ? 1 : null;
}

function inOrder(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
