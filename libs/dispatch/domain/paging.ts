import {
  beforeFirstStep,
  nextStep,
  type Candidate,
  type EscalationPolicy,
  type EscalationPosition,
  type Target,
} from '../../roster/domain/index.js';

/** Somebody to be paged, and why them. */
export interface PageToOwe {
  responderId: string;
  reasons: string[];
}

/** What is so when somebody has to be found. */
export interface PagingFacts {
  /** Null: no policy is for this ticket. */
  policy: EscalationPolicy | null;
  /** Every active responder, the best fit first. */
  candidates: readonly Candidate[];
  /** Who must not be asked whatever happens: a conflict of interest, or they have declined. */
  excluded: ReadonlySet<string>;
  /** Active coordinators of the desk. */
  coordinators: readonly string[];
  /** Who is on call by each schedule that the policy names. */
  onCall: ReadonlyMap<string, readonly string[]>;
  /** The active members of each team that the policy names. */
  teams: ReadonlyMap<string, readonly string[]>;
  /** For steps that take one target in turn: whose turn it is, by step (from 1). */
  turns: ReadonlyMap<number, number>;
  /** How long to wait before everybody is paged again, once the policy is exhausted. */
  exhaustedWaitMs: number;
}

/** Whom to page now, and when to go on. `pages` is empty only when there is nobody at all. */
export interface PagingDecision {
  pages: PageToOwe[];
  position: EscalationPosition;
  waitMs: number;
  exhausted: boolean;
}

/**
 * The next step of the escalation after a position. A step that comes to nobody is passed over at once. When the policy
 * is exhausted, everybody who may be asked is, with the coordinators, and again after a while: never nobody.
 */
export function decideNextStep(facts: PagingFacts, position: EscalationPosition): PagingDecision {
  const { policy } = facts;
  let at = position;
  while (policy) {
    const move = nextStep(policy, at);
    if (move === 'exhausted') break;
    at = { step: move.step, round: move.round };
    const pages = pagesOfStep(facts, policy, move.step);
    if (pages.length > 0) return { pages, position: at, waitMs: move.waitMs, exhausted: false };
  }
  return {
    pages: everybody(facts),
    position: at === beforeFirstStep ? { step: 1, round: 1 } : at,
    waitMs: facts.exhaustedWaitMs,
    exhausted: true,
  };
}

/** The best fit who has not been asked yet, beside those who are being asked; null when there is none. */
export function nextBestFit(
  { candidates, excluded }: PagingFacts,
  alreadyPaged: ReadonlySet<string>,
): PageToOwe | null {
  const next = candidates.find(
    ({ fits, responderId }) => fits && !excluded.has(responderId) && !alreadyPaged.has(responderId),
  );
  return next ? { responderId: next.responderId, reasons: ['next best fit', ...next.reasons] } : null;
}

function pagesOfStep(facts: PagingFacts, policy: EscalationPolicy, number: number): PageToOwe[] {
  const step = policy.steps[number - 1];
  if (!step) return [];
  const turn = facts.turns.get(number) ?? 0;
  const targets = step.roundRobin ? inTurn(facts, step.targets, turn) : step.targets;
  return unique(targets.flatMap((target) => pagesOfTarget(facts, target)));
}

/** The target whose turn it is; when it comes to nobody, the one after it. */
function inTurn(facts: PagingFacts, targets: readonly Target[], turn: number): Target[] {
  const order = targets
    .map((_target, index) => targets[(turn + index) % targets.length])
    .filter((target) => target !== undefined);
  return order.filter((target) => pagesOfTarget(facts, target).length > 0).slice(0, 1);
}

function pagesOfTarget(facts: PagingFacts, target: Target): PageToOwe[] {
  if ('role' in target)
    return facts.coordinators.map((responderId) => ({ responderId, reasons: ['coordinator of the desk'] }));
  if ('bestFit' in target) {
    const best = facts.candidates
      .filter(({ fits, responderId }) => fits && !facts.excluded.has(responderId))
      .slice(0, target.bestFit);
    return best.map(({ responderId, reasons }) => ({ responderId, reasons: ['best fit', ...reasons] }));
  }
  if ('responder' in target) return asked(facts, [target.responder], 'named by the escalation policy');
  if ('team' in target)
    return asked(facts, facts.teams.get(target.team) ?? [], 'in the team that the escalation policy names');
  return asked(facts, facts.onCall.get(target.schedule) ?? [], 'on call now');
}

/** Those of the named who are active and may be asked. Whoever is on duty is asked even at their limit of tickets. */
function asked({ candidates, excluded }: PagingFacts, ids: readonly string[], why: string): PageToOwe[] {
  const known = new Map(candidates.map((candidate) => [candidate.responderId, candidate]));
  return ids.flatMap((responderId) => {
    const candidate = known.get(responderId);
    return candidate && !excluded.has(responderId)
      ? [{ responderId, reasons: [why, ...candidate.reasons.filter((reason) => reason !== why)] }]
      : [];
  });
}

function everybody({ candidates, excluded, coordinators }: PagingFacts): PageToOwe[] {
  const responders = candidates.filter(({ responderId }) => !excluded.has(responderId));
  const reasons = ['nobody has answered: everybody is asked'];
  return unique([
    ...responders.map(({ responderId }) => ({ responderId, reasons })),
    ...coordinators.map((responderId) => ({ responderId, reasons })),
  ]);
}

function unique(pages: PageToOwe[]): PageToOwe[] {
  return [...new Map(pages.map((page) => [page.responderId, page])).values()];
}
