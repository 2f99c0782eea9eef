import { beforeFirstStep, type Candidate, type EscalationPolicy, type Target } from '../../roster/domain/index.js';
import { decideNextStep, nextBestFit, type PagingDecision, type PagingFacts } from './paging.js';

type Step = Target[] | { roundRobin: true; targets: Target[] };

function policy(steps: Step[], repeat = 0): EscalationPolicy {
  return {
    id: 'policy',
    name: 'policy',
    version: 1,
    appliesTo: { severity: [], countries: [], classification: [] },
    steps: steps.map((step) => ({
      targets: Array.isArray(step) ? step : step.targets,
      roundRobin: !Array.isArray(step),
      thenWait: 'PT5M',
    })),
    repeat,
  };
}

function candidate(responderId: string, ruledOutBecause: string[] = []): Candidate {
  return { responderId, fits: ruledOutBecause.length === 0, score: 1, reasons: ['speaks ro'], ruledOutBecause };
}

/** Four responders who fit, `a` the best, and one coordinator. Nobody is on call. */
function facts(changes: Partial<PagingFacts> = {}): PagingFacts {
  return {
    policy: null,
    severity: 'SEV3',
    candidates: ['a', 'b', 'c', 'd'].map((id) => candidate(id)),
    excluded: new Set(),
    coordinators: ['desk'],
    onCall: new Map(),
    everybodyOnCall: new Set(),
    teams: new Map(),
    turns: new Map(),
    asked: new Map(),
    gaveBack: new Set(),
    withoutPolicy: { bestFit: 2, waitMs: 60_000 },
    exhaustedWaitMs: 300_000,
    ...changes,
  };
}

const people = ({ pages }: PagingDecision) => pages.map(({ responderId }) => responderId);
const everybody = ['a', 'b', 'c', 'd', 'desk'];

describe('decideNextStep', () => {
  it.each<[string, Target, string[]]>([
    ['who is on call', { schedule: 'rota' }, ['b', 'c']],
    ['one person', { responder: 'd' }, ['d']],
    ['a team', { team: 'forensics' }, ['c', 'd']],
    ['the best fits', { bestFit: 2 }, ['a', 'b']],
    ['the desk', { role: 'coordinator' }, ['desk']],
  ])('pages %s', (_name, target, expected) => {
    const known = {
      onCall: new Map([['rota', ['b', 'c']]]),
      teams: new Map([['forensics', ['c', 'd']]]),
    };
    const decision = decideNextStep(facts({ policy: policy([[target]]), ...known }), beforeFirstStep);
    expect(people(decision)).toEqual(expected);
    expect(decision).toMatchObject({
      position: { step: 1, round: 1 },
      waitMs: 300_000,
      exhausted: false,
      unreachable: false,
    });
  });

  it('pages somebody once who is a target twice over', () => {
    const twice = policy([[{ responder: 'a' }, { bestFit: 1 }, { responder: 'b' }]]);
    expect(people(decideNextStep(facts({ policy: twice }), beforeFirstStep))).toEqual(['a', 'b']);
  });

  it('says why each is paged', () => {
    const [page] = decideNextStep(facts({ policy: policy([[{ responder: 'a' }]]) }), beforeFirstStep).pages;
    expect(page?.reasons).toEqual(['named by the escalation policy', 'speaks ro']);
  });

  it('asks who is on duty even at their limit of tickets, but never takes them for a best fit', () => {
    const candidates = [candidate('a', ['is at the limit of 1 open ticket']), candidate('b')];
    const onCall = new Map([['rota', ['a']]]);
    const onDuty = facts({ policy: policy([[{ schedule: 'rota' }]]), candidates, onCall });
    expect(people(decideNextStep(onDuty, beforeFirstStep))).toEqual(['a']);
    const bestFit = facts({ policy: policy([[{ bestFit: 2 }]]), candidates, onCall });
    expect(people(decideNextStep(bestFit, beforeFirstStep))).toEqual(['b']);
  });

  it('never asks somebody who is not active, though the policy names them', () => {
    const gone = policy([[{ responder: 'gone' }], [{ responder: 'b' }]]);
    expect(decideNextStep(facts({ policy: gone }), beforeFirstStep)).toMatchObject({
      pages: [{ responderId: 'b' }],
      position: { step: 2, round: 1 },
    });
  });

  it('passes over a step that comes to nobody new at once', () => {
    const steps = policy([[{ responder: 'a' }], [{ schedule: 'empty' }], [{ responder: 'a' }], [{ responder: 'b' }]]);
    const asked = new Map([[1, new Set(['a'])]]);
    const decision = decideNextStep(facts({ policy: steps, asked }), { step: 1, round: 1 });
    expect([people(decision), decision.position]).toEqual([['b'], { step: 4, round: 1 }]);
  });

  it('asks the same people again in the next round', () => {
    const asked = new Map([[1, new Set(['a', 'b'])]]);
    const steps = policy([[{ responder: 'a' }], [{ responder: 'b' }]], 1);
    const decision = decideNextStep(facts({ policy: steps, asked }), { step: 2, round: 1 });
    expect([people(decision), decision.position]).toEqual([['a'], { step: 1, round: 2 }]);
  });

  it('takes one target of a step in turn, and the one after it when that comes to nobody', () => {
    const steps = policy([{ roundRobin: true, targets: [{ responder: 'a' }, { responder: 'b' }, { responder: 'c' }] }]);
    const turn = (number: number, excluded: string[] = []) =>
      people(
        decideNextStep(
          facts({ policy: steps, turns: new Map([[1, number]]), excluded: new Set(excluded) }),
          beforeFirstStep,
        ),
      );
    expect([turn(0), turn(1), turn(2), turn(3)]).toEqual([['a'], ['b'], ['c'], ['a']]);
    expect(turn(1, ['b'])).toEqual(['c']);
  });

  it('asks everybody and the coordinators at the end, and again after a while', () => {
    const steps = policy([[{ responder: 'a' }]]);
    const asked = new Map([[1, new Set(['a'])]]);
    const first = decideNextStep(facts({ policy: steps, asked }), { step: 1, round: 1 });
    expect(people(first)).toEqual(everybody);
    expect(first).toMatchObject({
      exhausted: true,
      unreachable: false,
      waitMs: 300_000,
      position: { step: 1, round: 1 },
    });
    expect(decideNextStep(facts({ policy: steps, asked: new Map([[1, new Set(everybody)]]) }), first.position)).toEqual(
      first,
    );
  });

  it('counts as the first step when a policy has none', () => {
    expect(decideNextStep(facts({ policy: policy([]) }), beforeFirstStep)).toMatchObject({
      exhausted: true,
      position: { step: 1, round: 1 },
    });
  });

  it('asks those at their limit of tickets too when everybody is asked, but nobody who is excluded', () => {
    const candidates = [candidate('a', ['is at the limit of 1 open ticket']), candidate('b'), candidate('c')];
    const decision = decideNextStep(facts({ candidates, excluded: new Set(['b', 'desk']) }), { step: 1, round: 1 });
    expect(people(decision)).toEqual(['a', 'c']);
  });

  it('is told to the coordinators alone, as unreachable, when there is no responder', () => {
    const decision = decideNextStep(facts({ candidates: [] }), beforeFirstStep);
    expect(decision).toMatchObject({ pages: [{ responderId: 'desk' }], exhausted: true, unreachable: true });
    expect(decideNextStep(facts({ candidates: [], coordinators: [] }), beforeFirstStep)).toMatchObject({
      pages: [],
      unreachable: true,
      waitMs: 300_000,
    });
  });

  describe('without a policy', () => {
    it('asks the best fits of those on call first, then everybody', () => {
      const onCall = facts({ everybodyOnCall: new Set(['d', 'c', 'b']) });
      const first = decideNextStep(onCall, beforeFirstStep);
      expect(people(first)).toEqual(['b', 'c']);
      expect(first).toMatchObject({ position: { step: 1, round: 1 }, waitMs: 60_000, exhausted: false });
      expect(people(decideNextStep(onCall, first.position))).toEqual(everybody);
    });

    it('asks everybody at once when nobody is on call', () => {
      expect(decideNextStep(facts(), beforeFirstStep)).toMatchObject({
        exhausted: true,
        position: { step: 1, round: 1 },
      });
      expect(people(decideNextStep(facts(), beforeFirstStep))).toEqual(everybody);
    });
  });

  describe('of a ticket that was given back', () => {
    const gaveBack = new Set(['a']);

    it('asks others first', () => {
      const steps = policy([[{ responder: 'a' }], [{ bestFit: 1 }]]);
      const decision = decideNextStep(facts({ policy: steps, gaveBack }), beforeFirstStep);
      expect([people(decision), decision.position]).toEqual([['b'], { step: 2, round: 1 }]);
    });

    it('asks the same person again when there is nobody else', () => {
      const steps = policy([[{ responder: 'a' }]], 1);
      const decision = decideNextStep(facts({ policy: steps, gaveBack }), beforeFirstStep);
      expect([people(decision), decision.position]).toEqual([['a'], { step: 1, round: 2 }]);
      const once = decideNextStep(facts({ policy: policy([[{ responder: 'a' }]]), gaveBack }), beforeFirstStep);
      expect([people(once), once.exhausted]).toEqual([everybody, true]);
    });
  });
});

describe('nextBestFit', () => {
  it('is the best who fits, may be asked and has not been asked in any round', () => {
    const candidates = [candidate('a'), candidate('b'), candidate('full', ['is at the limit']), candidate('c')];
    const asked = new Map([
      [1, new Set(['a'])],
      [2, new Set<string>()],
    ]);
    expect(nextBestFit(facts({ candidates, asked }))).toEqual({
      responderId: 'b',
      reasons: ['next best fit', 'speaks ro'],
    });
    expect(nextBestFit(facts({ candidates, asked, gaveBack: new Set(['b']) }))?.responderId).toBe('c');
    expect(nextBestFit(facts({ candidates, asked, excluded: new Set(['b', 'c']) }))).toBeNull();
  });
});

describe('who is not to be disturbed', () => {
  const isQuiet = (id: string): Candidate => ({
    ...candidate(id),
    heldBackBecause: [{ by: 'quiet-hours', reason: 'in their quiet hours' }],
  });
  const drives = (id: string): Candidate => ({
    ...candidate(id),
    heldBackBecause: [{ by: 'standby', reason: 'driving: by voice only' }],
  });
  const first = (changes: Partial<PagingFacts>) => decideNextStep(facts(changes), beforeFirstStep);
  const oneByOne = policy([[{ responder: 'a' }], [{ responder: 'b' }]]);

  it('is passed by, and the next step has the turn', () => {
    const decision = first({ policy: oneByOne, candidates: [candidate('b'), isQuiet('a')] });
    expect([people(decision), decision.position.step]).toEqual([['b'], 2]);
  });

  it('is asked all the same when nobody else is left, in the order of the policy', () => {
    const decision = first({ policy: oneByOne, candidates: [isQuiet('a'), drives('b')] });
    expect([people(decision), decision.position.step, decision.exhausted]).toEqual([['a'], 1, false]);
  });

  it('is asked by their word only where the step or the severity lets it wait', () => {
    const respecting = policy([[{ responder: 'a' }], [{ responder: 'b' }]]);
    const candidates = [candidate('b'), drives('a')];
    expect(people(first({ policy: respecting, severity: 'SEV1', candidates }))).toEqual(['a']);
    const steps = respecting.steps.map((step) => ({ ...step, respectStandby: true }));
    expect(people(first({ policy: { ...respecting, steps }, severity: 'SEV1', candidates }))).toEqual(['b']);
    const waiting = respecting.steps.map((step) => ({ ...step, respectStandby: false }));
    expect(people(first({ policy: { ...respecting, steps: waiting }, candidates }))).toEqual(['a']);
  });

  it('does not take the place of somebody who declines while others are being asked', () => {
    expect(nextBestFit(facts({ candidates: [isQuiet('a')] }))).toBeNull();
    expect(nextBestFit(facts({ candidates: [isQuiet('a'), candidate('b')] }))?.responderId).toBe('b');
  });
});
