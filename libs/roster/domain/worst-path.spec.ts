import fc from 'fast-check';
import type { ContactWay } from './contact-way.js';
import type { EscalationStep, Target } from './escalation-policy.js';
import { worstPath, type WorstPathFacts } from './worst-path.js';

const phone: ContactWay = { channel: 'webhook', provider: null, failingSince: null };
const mail: ContactWay = { channel: 'email', provider: 'the mail server', failingSince: null };
const failing: ContactWay = { ...phone, failingSince: new Date(0) };
const [start, handOff, end] = ['2026-02-11', '2026-02-12', '2026-02-13'].map((day) => new Date(`${day}T00:00:00Z`)) as [
  Date,
  Date,
  Date,
];

function step(targets: Target[], changes: Partial<EscalationStep> = {}): EscalationStep {
  return { targets, roundRobin: false, thenWait: 'PT5M', ...changes };
}

/** Ana is on call first, then Ben; the desk is Cy's. Everybody has a phone. */
function facts(changes: Partial<WorstPathFacts> = {}): WorstPathFacts {
  const shifts = [
    { responderId: 'ana', start, end: handOff },
    { responderId: 'ben', start: handOff, end },
  ];
  return {
    responders: ['ana', 'ben'],
    coordinators: ['cy'],
    teams: new Map([['team', ['ben']]]),
    windows: [{ kind: 'ahead', start: start.getTime(), end: end.getTime(), shifts: new Map([['rota', shifts]]) }],
    ways: new Map(['ana', 'ben', 'cy'].map((id) => [id, [phone]])),
    ...changes,
  };
}

const weaknesses = (target: Target, changes: Partial<WorstPathFacts>) =>
  worstPath({ steps: [step([target])], repeat: 0 }, facts(changes)).steps[0]?.weaknesses.map(({ detail }) => detail);

describe('the worst path of a policy', () => {
  it('ends with the coordinators, after all waits of all rounds', () => {
    const steps = [step([{ schedule: 'rota' }]), step([{ team: 'team' }], { thenWait: 'PT10M' })];
    expect(worstPath({ steps, repeat: 1 }, facts())).toEqual({
      steps: [
        { step: 1, afterMs: 0, reached: 1, weaknesses: [] },
        { step: 2, afterMs: 300_000, reached: 1, weaknesses: [] },
      ],
      lastResort: { kind: 'coordinators', responderIds: ['cy'], afterMs: 1_800_000 },
      silences: [],
    });
  });

  it('ends with those whom it names where no coordinator can be reached', () => {
    const path = worstPath({ steps: [step([{ schedule: 'rota' }])], repeat: 0 }, facts({ coordinators: [] }));
    expect(path.lastResort).toEqual({ kind: 'targets', responderIds: ['ana', 'ben'], afterMs: 300_000 });
  });

  it('could end in silence where neither they nor a coordinator can be reached', () => {
    const unverified = { ways: new Map<string, ContactWay[]>([['ana', [failing]]]) };
    const path = worstPath({ steps: [step([{ bestFit: 2 }])], repeat: 0 }, facts(unverified));
    expect(path.lastResort).toBeNull();
    expect(path.silences).toEqual([expect.stringContaining('neither anybody whom it names nor a coordinator')]);
    expect(path.steps[0]).toMatchObject({ reached: 0, weaknesses: [{ pointer: '/steps/0/targets/0' }] });
  });

  it('could end in silence in the hours in which who is on call cannot be reached, and names them', () => {
    const changes = { coordinators: [], ways: new Map([['ana', [phone]]]) };
    const path = worstPath({ steps: [step([{ schedule: 'rota' }])], repeat: 3 }, facts(changes));
    expect(path.lastResort).toBeNull();
    expect(path.silences[0]).toContain('from 2026-02-12T00:00:00.000Z to 2026-02-13T00:00:00.000Z');
    expect(path.steps[0]?.weaknesses[0]?.detail).toMatch(/^nobody on call has a verified contact method/);
  });

  it('could end in silence where all of them depend on one provider', () => {
    const ways = new Map(['ana', 'ben', 'cy'].map((id) => [id, [mail]]));
    const path = worstPath({ steps: [step([{ team: 'team' }])], repeat: 0 }, facts({ ways }));
    expect(path.silences).toEqual([expect.stringMatching(/^if the mail server were down/)]);
    const oneIsSafe = worstPath(
      { steps: [step([{ team: 'team' }])], repeat: 0 },
      facts({ ways: new Map([...ways, ['cy', [mail, phone]]]) }),
    );
    expect(oneIsSafe.lastResort?.kind).toBe('coordinators');
    expect(oneIsSafe.steps[0]?.weaknesses[0]?.detail).toBe('would reach nobody if the mail server were down');
  });

  it('does not hold the failing of another method against a provider that is up', () => {
    const ways = new Map([['cy', [failing, mail]]]);
    expect(worstPath({ steps: [step([{ bestFit: 1 }])], repeat: 0 }, facts({ ways })).lastResort).not.toBeNull();
  });

  it('says of each target why it comes to nobody', () => {
    expect(weaknesses({ responder: 'gone' }, {})).toEqual(['is not active on the roster']);
    expect(weaknesses({ responder: 'ana' }, { ways: new Map() })).toEqual([
      'has no verified contact method that works',
    ]);
    expect(weaknesses({ team: 'team' }, { teams: new Map() })).toEqual(['the team has no active member']);
    expect(weaknesses({ role: 'coordinator' }, { coordinators: [] })).toEqual(['there is no active coordinator']);
    expect(weaknesses({ bestFit: 1 }, { responders: [] })).toEqual(['there is no active responder']);
    expect(weaknesses({ schedule: 'other' }, {})).toEqual([
      'nobody is on call from 2026-02-11T00:00:00.000Z to 2026-02-13T00:00:00.000Z',
    ]);
  });

  it('counts of a step whose targets take turns the least of them', () => {
    const targets: Target[] = [{ team: 'team' }, { bestFit: 2 }];
    expect(worstPath({ steps: [step(targets)], repeat: 0 }, facts()).steps[0]?.reached).toBe(2);
    expect(worstPath({ steps: [step(targets, { roundRobin: true })], repeat: 0 }, facts()).steps[0]?.reached).toBe(1);
  });
});

interface Drawn {
  targets: Target[];
  /** By the order of `people`. */
  ways: ContactWay[][];
  coordinators: string[];
  team: string[];
  /** Who is on call first, and then. */
  onCall: string[];
}

describe('any policy', () => {
  const people = ['ana', 'ben', 'cy', 'dee'];
  const way = fc.constantFrom(phone, mail, failing, { ...mail, failingSince: new Date(0) });
  const target: fc.Arbitrary<Target> = fc.oneof(
    fc.constant({ schedule: 'rota' }),
    fc.constantFrom(...people).map((responder) => ({ responder })),
    fc.constant({ team: 'team' }),
    fc.constant({ bestFit: 1 }),
    fc.constant({ role: 'coordinator' as const }),
  );
  const drawn: fc.Arbitrary<Drawn> = fc.record({
    targets: fc.array(target, { minLength: 1, maxLength: 3 }),
    ways: fc.array(fc.array(way, { maxLength: 2 }), { minLength: people.length, maxLength: people.length }),
    coordinators: fc.subarray(people),
    team: fc.subarray(people),
    onCall: fc.array(fc.constantFrom(...people), { minLength: 2, maxLength: 2 }),
  });
  const respondersOf = ({ coordinators }: Drawn) => people.filter((id) => !coordinators.includes(id));

  /** Obviously right and slow: goes through every moment and every outage, and asks everybody in turn. */
  function reachesSomebodyAlways(desk: Drawn): boolean {
    const meant = (one: Target, onCall: string): string[] => {
      if ('schedule' in one) return [onCall];
      if ('responder' in one) return respondersOf(desk).filter((id) => id === one.responder);
      if ('team' in one) return desk.team;
      return 'bestFit' in one ? respondersOf(desk) : desk.coordinators;
    };
    const waysOf = (id: string) => desk.ways[people.indexOf(id)] ?? [];
    const works = (id: string) => waysOf(id).some(({ failingSince }) => failingSince === null);
    const worksWithoutMail = (id: string) => waysOf(id).some(({ provider }) => provider === null);
    const isMailUsed = desk.ways.flat().some(({ provider }) => provider !== null);
    return desk.onCall.every((onCall) => {
      const paged = [...desk.targets.flatMap((one) => meant(one, onCall)), ...desk.coordinators];
      return paged.some(works) && (!isMailUsed || paged.some(worksWithoutMail));
    });
  }

  it('has a last resort exactly when somebody is reached at every moment and in every outage', () => {
    fc.assert(
      fc.property(drawn, (desk) => {
        const [first = '', second = ''] = desk.onCall;
        const shifts = [
          { responderId: first, start, end: handOff },
          { responderId: second, start: handOff, end },
        ];
        const path = worstPath(
          { steps: [step(desk.targets)], repeat: 0 },
          facts({
            responders: respondersOf(desk),
            coordinators: desk.coordinators,
            teams: new Map([['team', desk.team]]),
            windows: [
              { kind: 'ahead', start: start.getTime(), end: end.getTime(), shifts: new Map([['rota', shifts]]) },
            ],
            ways: new Map(people.map((id, index) => [id, desk.ways[index] ?? []])),
          }),
        );
        expect(path.lastResort !== null).toBe(reachesSomebodyAlways(desk));
        expect(path.silences.length > 0).toBe(path.lastResort === null);
      }),
      { numRuns: 500 },
    );
  });
});
