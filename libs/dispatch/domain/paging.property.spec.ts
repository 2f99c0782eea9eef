import fc from 'fast-check';
import {
  beforeFirstStep,
  type Candidate,
  type EscalationPolicy,
  type EscalationPosition,
  type Target,
} from '../../roster/domain/index.js';
import { decideNextStep, type PageToOwe, type PagingDecision, type PagingFacts } from './paging.js';
import { decideReplacement, type LostPage } from './replacing.js';

const names = ['a', 'b', 'c', 'd', 'e', 'f'];
const coordinators = ['desk'];

/** What somebody does when they are paged. */
type Habit = 'silent' | 'declines' | 'unreachable';

interface Desk {
  policy: EscalationPolicy | null;
  roster: { id: string; habit: Habit; hasConflict: boolean; isFull: boolean; isQuiet: boolean }[];
  severity: string;
  onCall: string[];
  team: string[];
  turn: number;
  gaveBack: string[];
  /** Which of the pages that will not be answered is heard of first. */
  order: number;
}

const target: fc.Arbitrary<Target> = fc.oneof(
  fc.constant({ schedule: 'rota' }),
  fc.constantFrom(...names, 'gone').map((responder) => ({ responder })),
  fc.constant({ team: 'team' }),
  fc.integer({ min: 1, max: 3 }).map((bestFit) => ({ bestFit })),
  fc.constant({ role: 'coordinator' as const }),
);

const policy: fc.Arbitrary<EscalationPolicy> = fc.record({
  id: fc.constant('policy'),
  name: fc.constant('policy'),
  version: fc.constant(1),
  appliesTo: fc.constant({ severity: [], countries: [], classification: [] }),
  steps: fc.array(
    fc.record({
      targets: fc.array(target, { minLength: 1, maxLength: 3 }),
      roundRobin: fc.boolean(),
      thenWait: fc.constantFrom('PT1M', 'PT5M'),
    }),
    { minLength: 1, maxLength: 4 },
  ),
  repeat: fc.nat(3),
});

const somebody = fc.record({
  habit: fc.constantFrom<Habit>('silent', 'declines', 'unreachable'),
  hasConflict: fc.boolean(),
  isFull: fc.boolean(),
  isQuiet: fc.boolean(),
});

const desk: fc.Arbitrary<Desk> = fc.record({
  policy: fc.option(policy),
  severity: fc.constantFrom('SEV1', 'SEV3'),
  roster: fc
    .array(somebody, { maxLength: names.length })
    .map((people) => people.map((person, index) => ({ id: names[index] ?? '', ...person }))),
  onCall: fc.subarray([...names, 'gone']),
  team: fc.subarray(names),
  turn: fc.nat(10),
  gaveBack: fc.subarray(names, { maxLength: 2 }),
  order: fc.nat(10),
});

interface SentPage {
  responderId: string;
  step: number;
  round: number;
  state: 'live' | 'declined' | 'failed' | 'withdrawn';
}

interface Story {
  decisions: PagingDecision[];
  /** Everybody who was paged, in order. */
  paged: string[];
  /** Pages to somebody who had been paged in the same round, before everybody was asked. */
  repeatedWithinRound: string[];
  declinedBefore: (responderId: string) => boolean;
  pagedAfterDeclining: string[];
}

/** Plays a ticket that nobody claims until everybody has been asked: whoever declines or fails does so, then time passes. */
class Play implements Story {
  readonly decisions: PagingDecision[] = [];
  readonly paged: string[] = [];
  readonly repeatedWithinRound: string[] = [];
  readonly pagedAfterDeclining: string[] = [];
  private readonly pages: SentPage[] = [];
  private readonly declined = new Set<string>();
  private readonly startedAt = new Date(0);

  readonly stepsTaken: { facts: PagingFacts; from: EscalationPosition; decision: PagingDecision }[] = [];

  constructor(private readonly desk: Desk) {
    this.goOn(beforeFirstStep);
    while (!this.last.exhausted && this.decisions.length < 200) {
      if (!this.hearOfOne()) this.goOn(this.last.position);
    }
  }

  private goOn(from: EscalationPosition): void {
    const facts = this.facts();
    const decision = decideNextStep(facts, from);
    this.stepsTaken.push({ facts, from, decision });
    this.take(decision);
  }

  get last(): PagingDecision {
    return this.decisions.at(-1) as PagingDecision;
  }

  declinedBefore(responderId: string): boolean {
    return this.declined.has(responderId);
  }

  /** Somebody declines, or their page fails. Answers whether there was anybody. */
  private hearOfOne(): boolean {
    const pending = this.pages.filter((page) => page.state === 'live' && this.habitOf(page) !== 'silent');
    const page = pending[this.desk.order % pending.length];
    if (!page) return false;
    const because: LostPage['because'] = this.habitOf(page) === 'declines' ? 'declined' : 'unreachable';
    page.state = because === 'declined' ? 'declined' : 'failed';
    if (because === 'declined') this.declined.add(page.responderId);
    const live = this.pages.filter(({ state }) => state === 'live');
    const { position, exhausted } = this.last;
    const purpose = coordinators.includes(page.responderId) ? 'notice' : 'claim';
    const lost: LostPage = { ...page, because, purpose, createdAt: this.startedAt };
    const replacement = decideReplacement(this.facts(), { position, exhausted, startedAt: this.startedAt, live }, lost);
    if (replacement.kind === 'next-step') this.goOn(position);
    if (replacement.kind === 'beside') this.send([replacement.page], position);
    return true;
  }

  private take(decision: PagingDecision): void {
    this.decisions.push(decision);
    this.send(decision.pages, decision.position, decision.exhausted);
  }

  private send(pages: PageToOwe[], position: { step: number; round: number }, again = false): void {
    for (const { responderId } of pages) {
      if (!again && this.askedIn(position.round).has(responderId)) this.repeatedWithinRound.push(responderId);
      if (this.declined.has(responderId)) this.pagedAfterDeclining.push(responderId);
      for (const page of this.pages)
        if (page.responderId === responderId && page.state === 'live') page.state = 'withdrawn';
      this.pages.push({ responderId, ...position, state: 'live' });
      this.paged.push(responderId);
    }
  }

  private habitOf({ responderId }: SentPage): Habit {
    return this.desk.roster.find(({ id }) => id === responderId)?.habit ?? 'silent';
  }

  private askedIn(round: number): Set<string> {
    return new Set(this.pages.filter((page) => page.round === round).map(({ responderId }) => responderId));
  }

  private facts(): PagingFacts {
    const { policy: chosen, roster, onCall, team, turn, gaveBack } = this.desk;
    const conflicting = roster.filter(({ hasConflict }) => hasConflict).map(({ id }) => id);
    const excluded = new Set([...conflicting, ...this.declined]);
    const rounds = new Set(this.pages.map(({ round }) => round));
    return {
      policy: chosen,
      severity: this.desk.severity,
      candidates: roster.map(({ id, isFull, isQuiet }): Candidate => {
        const fits = !isFull && !excluded.has(id);
        const ruledOutBecause = fits ? [] : ['ruled out'];
        const heldBackBecause: Candidate['heldBackBecause'] = isQuiet ? [{ by: 'quiet-hours', reason: 'quiet' }] : [];
        return { responderId: id, fits, score: 1, reasons: [], ruledOutBecause, heldBackBecause };
      }),
      excluded,
      coordinators,
      onCall: new Map([['rota', onCall]]),
      everybodyOnCall: new Set(onCall),
      teams: new Map([['team', team]]),
      turns: new Map(chosen?.steps.map((_step, index) => [index + 1, turn])),
      asked: new Map([...rounds].map((round) => [round, this.askedIn(round)])),
      gaveBack: new Set(gaveBack),
      withoutPolicy: { bestFit: 2, waitMs: 60_000 },
      exhaustedWaitMs: 300_000,
    };
  }
}

describe('paging a ticket that nobody claims', () => {
  const holds = (predicate: (story: Play, desk: Desk) => void) =>
    fc.assert(
      fc.property(desk, (drawn) => {
        predicate(new Play(drawn), drawn);
      }),
      { numRuns: 500 },
    );

  it('reaches everybody who is not ruled out, and the coordinators, whoever declines, fails or is silent', () => {
    holds((story, { roster }) => {
      const able = roster.filter(({ hasConflict }) => !hasConflict).map(({ id }) => id);
      expect(story.last.exhausted).toBe(true);
      expect(new Set(story.paged)).toEqual(new Set([...able, ...coordinators]));
    });
  });

  it('never pages who has a conflict of interest or is not on the roster, nor anybody after they declined', () => {
    holds((story, { roster }) => {
      const allowed = new Set([
        ...roster.filter(({ hasConflict }) => !hasConflict).map(({ id }) => id),
        ...coordinators,
      ]);
      expect(story.paged.filter((id) => !allowed.has(id))).toEqual([]);
      expect(story.pagedAfterDeclining).toEqual([]);
    });
  });

  it('disturbs nobody in their quiet hours as long as somebody else is left to be asked', () => {
    holds((story, { roster }) => {
      const quiet = new Set(roster.filter(({ isQuiet }) => isQuiet).map(({ id }) => id));
      for (const { facts, from, decision } of story.stepsTaken) {
        if (decision.exhausted || !decision.pages.some(({ responderId }) => quiet.has(responderId))) continue;
        const withoutThem = { ...facts, excluded: new Set([...facts.excluded, ...quiet]) };
        expect(decideNextStep(withoutThem, from).exhausted).toBe(true);
      }
    });
  });

  it('pages nobody twice in one round', () => {
    holds((story) => expect(story.repeatedWithinRound).toEqual([]));
  });

  it('is never silent: every decision pages somebody, and says when the next is taken', () => {
    holds((story) => {
      for (const { pages, waitMs } of story.decisions) {
        expect(pages.length).toBeGreaterThan(0);
        expect(waitMs).toBeGreaterThan(0);
      }
    });
  });

  it('comes to its end in as many steps as the policy has, and one', () => {
    holds((story, { policy: chosen }) => {
      const steps = chosen ? chosen.steps.length * (chosen.repeat + 1) : 1;
      expect(story.decisions.length).toBeLessThanOrEqual(steps + 1);
    });
  });

  it('says that nobody can be reached exactly when no responder is left to be asked', () => {
    holds((story, { roster }) => {
      const left = roster.filter(({ id, hasConflict }) => !hasConflict && !story.declinedBefore(id));
      expect(story.last.unreachable).toBe(left.length === 0);
    });
  });
});
