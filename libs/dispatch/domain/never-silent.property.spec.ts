import fc from 'fast-check';
import {
  beforeFirstStep,
  worstPath,
  type Candidate,
  type ContactWay,
  type EscalationPolicy,
  type EscalationPosition,
  type Target,
} from '../../roster/domain/index.js';
import { decideNextStep, type PagingFacts } from './paging.js';

const responders = ['a', 'b', 'c'];
const coordinators = ['desk', 'deputy'];
const people = [...responders, ...coordinators];

const target: fc.Arbitrary<Target> = fc.oneof(
  fc.constant({ schedule: 'rota' }),
  fc.constantFrom(...responders).map((responder) => ({ responder })),
  fc.constant({ team: 'team' }),
  fc.integer({ min: 1, max: 2 }).map((bestFit) => ({ bestFit })),
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
const way: fc.Arbitrary<ContactWay> = fc.record({
  channel: fc.constantFrom('email', 'webhook'),
  provider: fc.constantFrom(null, 'the mail server'),
  failingSince: fc.constantFrom(null, new Date(0)),
});
const desk = fc.record({
  policy,
  onCall: fc.subarray(responders),
  team: fc.subarray(responders),
  turn: fc.nat(5),
  ways: fc.array(fc.array(way, { maxLength: 2 }), { minLength: people.length, maxLength: people.length }),
});

describe('any policy, whoever is silent and whatever channels fail', () => {
  it('has paged somebody by a way that works within the time of the policy, or the alarm has rung', () => {
    fc.assert(
      fc.property(desk, ({ policy: followed, onCall, team, turn, ways }) => {
        const waysOf = new Map(people.map((id, index) => [id, ways[index] ?? []]));
        const works = (id: string) => waysOf.get(id)?.some(({ failingSince }) => failingSince === null) ?? false;
        const day = { start: new Date(0), end: new Date(86_400_000) };
        const shifts = new Map([['rota', onCall.map((responderId) => ({ responderId, ...day }))]]);
        const found = worstPath(followed, {
          responders,
          coordinators,
          teams: new Map([['team', team]]),
          windows: [{ kind: 'ahead', start: day.start.getTime(), end: day.end.getTime(), shifts }],
          ways: waysOf,
        });
        const reachedAfterMs = firstReached(followed, { onCall, team, turn }, works);
        if (found.lastResort === null) expect(found.silences).not.toEqual([]);
        else expect(reachedAfterMs).toBeLessThanOrEqual(found.lastResort.afterMs);
      }),
      { numRuns: 500 },
    );
  });
});

/** After how long somebody is paged by a way that works, when nobody answers. Infinity: nobody is. */
function firstReached(
  followed: EscalationPolicy,
  { onCall, team, turn }: { onCall: string[]; team: string[]; turn: number },
  works: (id: string) => boolean,
): number {
  const asked = new Map<number, Set<string>>();
  let [position, elapsedMs]: [EscalationPosition, number] = [beforeFirstStep, 0];
  for (;;) {
    const decision = decideNextStep(factsOf(followed, onCall, team, turn, asked), position);
    const paged = decision.pages.map(({ responderId }) => responderId);
    if (paged.some(works)) return elapsedMs;
    if (decision.exhausted) return Infinity;
    const { round } = decision.position;
    asked.set(round, new Set([...(asked.get(round) ?? []), ...paged]));
    position = decision.position;
    elapsedMs += decision.waitMs;
  }
}

function factsOf(
  followed: EscalationPolicy,
  onCall: string[],
  team: string[],
  turn: number,
  asked: PagingFacts['asked'],
): PagingFacts {
  return {
    severity: 'SEV2',
    policy: followed,
    candidates: responders.map((responderId): Candidate => ({
      responderId,
      fits: true,
      score: 1,
      reasons: [],
      ruledOutBecause: [],
    })),
    excluded: new Set(),
    coordinators,
    onCall: new Map([['rota', onCall]]),
    everybodyOnCall: new Set(onCall),
    teams: new Map([['team', team]]),
    turns: new Map(followed.steps.map((_step, index) => [index + 1, turn])),
    asked,
    gaveBack: new Set(),
    withoutPolicy: { bestFit: 2, waitMs: 60_000 },
    exhaustedWaitMs: 300_000,
  };
}
