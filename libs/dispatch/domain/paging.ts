import {
  canWait,
  nextStep,
  type Candidate,
  type EscalationPolicy,
  type EscalationPosition,
  type EscalationStep,
  type Target,
} from '../../roster/domain/index.js';

/** A step to take, and how long to wait after it. */
type EscalationMove = Exclude<ReturnType<typeof nextStep>, 'exhausted'>;

/** Somebody to be paged, and why them. */
export interface PageToOwe {
  responderId: string;
  reasons: string[];
}

/** What is so when somebody has to be found. */
export interface PagingFacts {
  /** Null: no policy is for this ticket. */
  policy: EscalationPolicy | null;
  /** Of the ticket: `SEV1` to `SEV4`. */
  severity: string;
  /** Every active responder, the best fit first. */
  candidates: readonly Candidate[];
  /** Who must not be asked whatever happens: a conflict of interest, or they have declined. */
  excluded: ReadonlySet<string>;
  /** Active coordinators of the desk. */
  coordinators: readonly string[];
  /** Who is on call by each schedule that the policy names. */
  onCall: ReadonlyMap<string, readonly string[]>;
  /** Who is on call by any schedule. */
  everybodyOnCall: ReadonlySet<string>;
  /** The active members of each team that the policy names. */
  teams: ReadonlyMap<string, readonly string[]>;
  /** For steps that take one target in turn: whose turn it is, by step (from 1). */
  turns: ReadonlyMap<number, number>;
  /** Who has been asked since the paging began, by round (from 1). */
  asked: ReadonlyMap<number, ReadonlySet<string>>;
  /** Who held the ticket and gave it back: the others are asked first. */
  gaveBack: ReadonlySet<string>;
  /** Where no policy is for the ticket: how many of those on call are asked first, and how long to wait for them. */
  withoutPolicy: { bestFit: number; waitMs: number };
  /** How long to wait before everybody is paged again, once the policy is exhausted. */
  exhaustedWaitMs: number;
}

/** A schedule by which nobody was on call when a step came to it. */
export interface DutyGap {
  /** The step, counted from 1. */
  step: number;
  scheduleId: string;
}

/** Whom to page now, and when to go on. `pages` is empty only when there is nobody at all. */
export interface PagingDecision {
  pages: PageToOwe[];
  position: EscalationPosition;
  waitMs: number;
  /** The policy has come to its end: everybody is asked, over and over. */
  exhausted: boolean;
  /** No responder is left who may be asked; only coordinators are told, if there are any. */
  unreachable: boolean;
  /** Where nobody was on duty: in the step that is taken, and in those that were passed over. */
  dutyGaps: DutyGap[];
}

/**
 * The next step of the escalation after a position. A step that comes to nobody who has not been asked in its round is
 * passed over at once; the next round asks the same people again. Whoever is not to be disturbed is passed by as long as any step
 * to come has somebody else, and asked all the same when none has. When the policy is exhausted, everybody who may be asked is,
 * with the coordinators, and again after a while: never nobody.
 */
export function decideNextStep(facts: PagingFacts, position: EscalationPosition): PagingDecision {
  const isHeldBack = facts.candidates.some(({ heldBackBecause = [] }) => heldBackBecause.length > 0);
  const sparing = isHeldBack ? stepWithSomebody(facts, position, notToBeDisturbed) : null;
  const taken = sparing ?? stepWithSomebody(facts, position, () => nobody);
  if (taken) return { ...taken, dutyGaps: dutyGapsBetween(facts, position, taken.position) };
  const last = lastPosition(facts, position);
  const { responders, coordinators } = everybody(facts);
  return {
    pages: [...responders, ...coordinators],
    position: { step: Math.max(last.step, 1), round: last.round },
    waitMs: facts.exhaustedWaitMs,
    exhausted: true,
    unreachable: responders.length === 0,
    dutyGaps: dutyGapsBetween(facts, position, last),
  };
}

const nobody: ReadonlySet<string> = new Set();

/** The first step to come that has somebody to be asked, without those whom `spared` names for it; null: there is none. */
function stepWithSomebody(
  facts: PagingFacts,
  position: EscalationPosition,
  spared: (facts: PagingFacts, step: EscalationStep | undefined) => ReadonlySet<string>,
): Omit<PagingDecision, 'dutyGaps'> | null {
  let last = position;
  for (let move = nextMove(facts, last); move !== 'exhausted'; move = nextMove(facts, last)) {
    last = { step: move.step, round: move.round };
    const away = spared(facts, facts.policy?.steps[move.step - 1]);
    const pages = pagesOfStep({ ...facts, excluded: new Set([...facts.excluded, ...away]) }, last);
    if (pages.length > 0) return { pages, position: last, waitMs: move.waitMs, exhausted: false, unreachable: false };
  }
  return null;
}

function lastPosition(facts: PagingFacts, position: EscalationPosition): EscalationPosition {
  let last = position;
  for (let move = nextMove(facts, last); move !== 'exhausted'; move = nextMove(facts, last))
    last = { step: move.step, round: move.round };
  return last;
}

/** Whom a step does not disturb as long as somebody else can be asked: quiet hours always count, somebody's word where the step respects it. */
function notToBeDisturbed(
  { candidates, severity }: PagingFacts,
  step: EscalationStep | undefined,
): ReadonlySet<string> {
  const respectsStandby = step?.respectStandby ?? canWait(severity);
  const heldBack = candidates.filter(({ heldBackBecause = [] }) =>
    heldBackBecause.some(({ by }) => by === 'quiet-hours' || respectsStandby),
  );
  return new Set(heldBack.map(({ responderId }) => responderId));
}

/** The best fit who has not been asked yet and may be disturbed, beside those who are being asked; null when there is none. */
export function nextBestFit(facts: PagingFacts): PageToOwe | null {
  const spared = notToBeDisturbed(facts, undefined);
  const rounds = [...facts.asked.keys()];
  const next = facts.candidates.find(
    ({ fits, responderId }) =>
      fits &&
      !spared.has(responderId) &&
      mayBeAsked(facts, responderId, 1) &&
      !rounds.some((round) => facts.asked.get(round)?.has(responderId)),
  );
  return next ? { responderId: next.responderId, reasons: ['next best fit', ...next.reasons] } : null;
}

function nextMove({ policy, withoutPolicy }: PagingFacts, position: EscalationPosition): EscalationMove | 'exhausted' {
  if (policy) return nextStep(policy, position);
  return position.step === 0 ? { step: 1, round: 1, waitMs: withoutPolicy.waitMs } : 'exhausted';
}

/** The schedules by which nobody is on call, of the steps after a position up to and including another. */
function dutyGapsBetween(facts: PagingFacts, after: EscalationPosition, upTo: EscalationPosition): DutyGap[] {
  const gaps: DutyGap[] = [];
  for (let move = nextMove(facts, after); move !== 'exhausted'; move = nextMove(facts, move)) {
    const { step, round } = move;
    for (const target of facts.policy?.steps[step - 1]?.targets ?? [])
      if ('schedule' in target && (facts.onCall.get(target.schedule) ?? []).length === 0)
        gaps.push({ step, scheduleId: target.schedule });
    if (step === upTo.step && round === upTo.round) break;
  }
  return gaps;
}

function pagesOfStep(facts: PagingFacts, { step: number, round }: EscalationPosition): PageToOwe[] {
  if (!facts.policy) return bestFitOnCall(facts, round);
  const step = facts.policy.steps[number - 1];
  if (!step) return [];
  const pagesOf = (target: Target) => pagesOfTarget(facts, target, round);
  if (!step.roundRobin) return unique(step.targets.flatMap(pagesOf));
  // When the target whose turn it is comes to nobody, the one after it is asked.
  const turn = facts.turns.get(number) ?? 0;
  const inTurn = step.targets.map((_target, index) => step.targets[(turn + index) % step.targets.length] as Target);
  return unique(inTurn.map(pagesOf).find((pages) => pages.length > 0) ?? []);
}

function bestFitOnCall(facts: PagingFacts, round: number): PageToOwe[] {
  return facts.candidates
    .filter(
      ({ fits, responderId }) =>
        fits && facts.everybodyOnCall.has(responderId) && mayBeAsked(facts, responderId, round),
    )
    .slice(0, facts.withoutPolicy.bestFit)
    .map(({ responderId, reasons }) => ({ responderId, reasons: ['best fit on call', ...reasons] }));
}

function pagesOfTarget(facts: PagingFacts, target: Target, round: number): PageToOwe[] {
  if ('role' in target)
    return facts.coordinators
      .filter((responderId) => mayBeAsked(facts, responderId, round))
      .map((responderId) => ({ responderId, reasons: ['coordinator of the desk'] }));
  if ('bestFit' in target)
    return facts.candidates
      .filter(({ fits, responderId }) => fits && mayBeAsked(facts, responderId, round))
      .slice(0, target.bestFit)
      .map(({ responderId, reasons }) => ({ responderId, reasons: ['best fit', ...reasons] }));
  if ('responder' in target) return named(facts, [target.responder], 'named by the escalation policy', round);
  if ('team' in target)
    return named(facts, facts.teams.get(target.team) ?? [], 'in the team that the escalation policy names', round);
  return named(facts, facts.onCall.get(target.schedule) ?? [], 'on call now', round);
}

/** Those of the named who are active and may be asked. Whoever is on duty is asked even at their limit of tickets. */
function named(facts: PagingFacts, ids: readonly string[], why: string, round: number): PageToOwe[] {
  const known = new Map(facts.candidates.map((candidate) => [candidate.responderId, candidate]));
  return ids.flatMap((responderId) => {
    const candidate = known.get(responderId);
    return candidate && mayBeAsked(facts, responderId, round)
      ? [{ responderId, reasons: [why, ...candidate.reasons.filter((reason) => reason !== why)] }]
      : [];
  });
}

/** Whether somebody is new to a round and not ruled out. Who gave the ticket back has had their turn in the first. */
function mayBeAsked({ excluded, asked, gaveBack }: PagingFacts, responderId: string, round: number): boolean {
  if (excluded.has(responderId) || asked.get(round)?.has(responderId)) return false;
  return round > 1 || !gaveBack.has(responderId);
}

function everybody({ candidates, excluded, coordinators }: PagingFacts): {
  responders: PageToOwe[];
  coordinators: PageToOwe[];
} {
  const asked = (ids: readonly string[]) =>
    ids
      .filter((responderId) => !excluded.has(responderId))
      .map((responderId) => ({ responderId, reasons: ['nobody has answered: everybody is asked'] }));
  return { responders: asked(candidates.map(({ responderId }) => responderId)), coordinators: asked(coordinators) };
}

function unique(pages: PageToOwe[]): PageToOwe[] {
  return [...new Map(pages.map((page) => [page.responderId, page])).values()];
}
