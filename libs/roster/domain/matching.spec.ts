import fc from 'fast-check';
import { loadMatchingConfig } from '../matching-config.js';
import {
  type Candidate,
  type CandidateNeed,
  type MatchingFacts,
  type MatchingResponder,
  rankCandidates,
} from './matching.js';

const rules = loadMatchingConfig();
const { points } = rules;

const need: CandidateNeed = {
  providerId: 'hospital',
  country: 'RO',
  skills: ['active-directory-recovery', 'backup-recovery'],
  languages: ['ro'],
  severity: 'SEV1',
};

function responder(id: string, changes: Partial<MatchingResponder> = {}): MatchingResponder {
  const plain = { skills: [], languages: [], countries: ['DE'], conflictsWith: [], maxOpenTickets: 3 };
  return { id, name: `Responder ${id}`, ...plain, ...changes };
}

function facts(changes: Partial<MatchingFacts> = {}): MatchingFacts {
  const none: MatchingFacts = {
    openTickets: new Map(),
    onCall: new Set(),
    declined: new Set(),
    alreadyPaged: new Set(),
  };
  return { ...none, ...changes };
}

function rank(responders: MatchingResponder[], changes: Partial<MatchingFacts> = {}, wants = need): Candidate[] {
  return rankCandidates(wants, responders, facts(changes), rules);
}

function order(responders: MatchingResponder[], changes: Partial<MatchingFacts> = {}): string[] {
  return rank(responders, changes).map(({ responderId }) => responderId);
}

describe('rankCandidates', () => {
  it('says why, in sentences that a coordinator can read', () => {
    const able = responder('able', {
      skills: ['active-directory-recovery'],
      languages: ['ro-MD', 'en'],
      countries: ['RO', 'BG'],
    });
    expect(rank([able], { onCall: new Set(['able']), openTickets: new Map([['able', 2]]) })).toEqual([
      {
        responderId: 'able',
        fits: true,
        score: 88.33,
        reasons: [
          'has active-directory-recovery',
          'lacks backup-recovery',
          'speaks ro',
          'covers RO',
          'on call now',
          '2 of 3 open tickets',
        ],
        ruledOutBecause: [],
        heldBackBecause: [],
      },
    ]);
  });

  it('takes no countries for every country', () => {
    const [candidate] = rank([responder('a', { countries: [] })]);
    expect(candidate?.reasons).toContain('covers RO');
    expect(rank([responder('a')])[0]?.reasons).toContain('does not cover RO');
  });

  it('counts being on call for more when the ticket is urgent', () => {
    const score = (severity: string): number =>
      rank([responder('a')], { onCall: new Set(['a']) }, { ...need, severity })[0]!.score;
    expect(score('SEV2') - score('SEV3')).toBe(points.onCallUrgent - points.onCall);
  });

  it('rules out by conflict of interest, by refusal and by load, and says each', () => {
    const best = { skills: need.skills, languages: ['ro'], countries: ['RO'] };
    const ruledOut = rank(
      [
        responder('conflict', { ...best, conflictsWith: ['hospital'] }),
        responder('declined', best),
        responder('full', { ...best, maxOpenTickets: 1 }),
        responder('plain'),
      ],
      { declined: new Set(['declined']), openTickets: new Map([['full', 1]]) },
    );
    expect(ruledOut.map(({ responderId, fits, ruledOutBecause }) => [responderId, fits, ...ruledOutBecause])).toEqual([
      ['plain', true],
      ['conflict', false, 'has a conflict of interest with this provider'],
      ['declined', false, 'has declined this ticket'],
      ['full', false, 'is at the limit of 1 open ticket'],
    ]);
    const all = rank([responder('x', { conflictsWith: ['hospital'], maxOpenTickets: 0 })], {
      declined: new Set(['x']),
    });
    expect(all[0]?.ruledOutBecause).toHaveLength(3);
  });

  it('asks somebody new before one who was already paged', () => {
    expect(order([responder('a'), responder('b')], { alreadyPaged: new Set(['a']) })).toEqual(['b', 'a']);
  });

  it('breaks ties by open tickets, then by the longest time since a page, then by id', () => {
    const equalScore = { ...rules, points: { ...points, freeCapacity: 0 } };
    const lastPagedAt = new Map([
      ['b', new Date('2026-01-02T00:00Z')],
      ['c', new Date('2026-01-01T00:00Z')],
    ]);
    const openTickets = new Map([['a', 1]]);
    const ranked = rankCandidates(
      need,
      ['a', 'b', 'c', 'e', 'd'].map((id) => responder(id)),
      facts({ openTickets, lastPagedAt }),
      equalScore,
    );
    expect(ranked.map(({ responderId }) => responderId)).toEqual(['d', 'e', 'c', 'b', 'a']);
  });
});

describe('skills by level', () => {
  const wants: CandidateNeed = { ...need, skills: ['active-directory-recovery'], languages: [] };
  const withLevel = (id: string, level?: number) =>
    responder(id, {
      skills: ['active-directory-recovery'],
      skillLevels: level === undefined ? {} : { 'active-directory-recovery': level },
    });

  it('take a plain word for level 3, on both sides', () => {
    const [plain, three] = rank([withLevel('a'), withLevel('b', 3)], {}, wants);
    expect(plain?.score).toBe(three?.score);
    expect(plain?.reasons).toContain('has active-directory-recovery');
  });

  it('count for their part below what is needed, and for a little more above it', () => {
    const asked = { ...wants, skillLevels: { 'active-directory-recovery': 4 } };
    const ranked = rank([withLevel('novice', 2), withLevel('able', 4), withLevel('expert', 5)], {}, asked);
    expect(ranked.map(({ responderId }) => responderId)).toEqual(['expert', 'able', 'novice']);
    const [expert, able, novice] = ranked.map(({ score }) => score) as [number, number, number];
    expect(expert - able).toBe(points.skillLevelAbove);
    expect(able - novice).toBe(points.skills / 2);
    expect(ranked[2]?.reasons).toContain('has active-directory-recovery at level 2 of 4');
  });

  it('do not take a word of every object for the level of a skill', () => {
    const odd = responder('a', { skills: ['constructor'], skillLevels: {} });
    expect(rank([odd], {}, { ...wants, skills: ['constructor'] })[0]?.reasons).toContain('has constructor');
  });
});

describe('what was before, and what is so now', () => {
  it('prefers who has helped the provider, may act in its country, is awake, and has slept', () => {
    const at = new Date('2026-02-11T02:00:00Z');
    const standby = { status: 'awake' as const, until: new Date('2026-02-11T03:00:00Z') };
    const people = [
      responder('knows'),
      responder('mandated', { mandates: ['RO'] }),
      responder('awake', { standby }),
      responder('tired'),
      responder('other'),
    ];
    const changes = { at, knowProvider: new Set(['knows']), recentNights: new Map([['tired', 3]]) };
    const ranked = new Map(rank(people, changes).map((candidate) => [candidate.responderId, candidate]));
    const lead = (id: string) => ranked.get(id)!.score - ranked.get('other')!.score;
    expect(lead('knows')).toBe(points.previousCase);
    expect(lead('mandated')).toBe(points.mandate);
    expect(lead('awake')).toBe(points.awake);
    expect(lead('tired')).toBe(3 * points.recentNight);
    expect([...ranked.values()].flatMap(({ reasons }) => reasons)).toEqual(
      expect.arrayContaining([
        'has helped this provider before',
        'has a mandate in RO',
        'says they are awake',
        'paged in 3 of the last 7 nights',
      ]),
    );
    expect(order(people, { ...changes, at: new Date('2026-02-11T03:00:00Z') })[0]).not.toBe('awake');
  });

  it.each([
    ['works-for', 'works for this provider'],
    ['sells-to', 'sells to this provider'],
    ['competes-with', 'competes with this provider'],
    ['other', 'has a conflict of interest with this provider'],
  ] as const)('rules out whoever %s the provider, and says so', (kind, reason) => {
    const torn = responder('a', { conflictsWith: ['hospital'], conflictKinds: new Map([['hospital', kind]]) });
    expect(rank([torn])[0]).toMatchObject({ fits: false, ruledOutBecause: [reason] });
  });

  it('rules out who has no mandate where the desk requires one', () => {
    const required = { ...rules, mandateRequiredIn: ['RO'] };
    const ranked = rankCandidates(need, [responder('a'), responder('b', { mandates: ['RO'] })], facts(), required);
    expect(ranked.map(({ responderId, fits }) => [responderId, fits])).toEqual([
      ['b', true],
      ['a', false],
    ]);
  });
});

describe('who is not to be disturbed', () => {
  const at = new Date('2026-02-11T02:00:00Z');
  const asleep = responder('asleep', {
    skills: need.skills,
    timeZone: 'Europe/Bucharest',
    quietHours: [{ from: '22:00', to: '07:00' }],
  });
  const driving = responder('driving', { standby: { status: 'driving', until: new Date('2026-02-11T03:00:00Z') } });

  it('comes after everybody else for what can wait, by the wall of their own zone, and it says why', () => {
    const ranked = rank([asleep, responder('awake')], { at }, { ...need, severity: 'SEV3' });
    expect(ranked.map(({ responderId }) => responderId)).toEqual(['awake', 'asleep']);
    expect(ranked[1]?.heldBackBecause).toEqual([{ by: 'quiet-hours', reason: 'in their quiet hours' }]);
    expect(ranked[1]?.reasons).toContain('in their quiet hours');
  });

  it('has no quiet hours for what cannot wait, nor by day', () => {
    expect(rank([asleep, responder('awake')], { at })[0]).toMatchObject({ responderId: 'asleep', heldBackBecause: [] });
    const byDay = { at: new Date('2026-02-11T05:00:00Z') };
    expect(rank([asleep], byDay, { ...need, severity: 'SEV4' })[0]?.heldBackBecause).toEqual([]);
  });

  it('keeps their place for what cannot wait when they drive, and a coordinator reads so', () => {
    const [first] = rank([driving], { at });
    expect(first?.reasons).toContain('driving until 2026-02-11T03:00:00.000Z: by voice only');
    expect(rank([driving], { at: new Date('2026-02-11T03:00:00Z') })[0]?.heldBackBecause).toEqual([]);
  });
});

describe('any ranking', () => {
  const ids = ['a', 'b', 'c', 'd', 'e', 'f'];
  const someIds = fc.uniqueArray(fc.constantFrom(...ids)).map((chosen) => new Set(chosen));
  const someone = fc.record({
    skills: fc.subarray(['active-directory-recovery', 'backup-recovery', 'dicom']),
    languages: fc.subarray(['ro', 'en', 'de-AT']),
    countries: fc.subarray(['RO', 'DE']),
    conflictsWith: fc.subarray(['hospital', 'clinic']),
    maxOpenTickets: fc.integer({ min: 0, max: 3 }),
    skillLevels: fc.dictionary(fc.constantFrom('active-directory-recovery', 'dicom'), fc.integer({ min: 1, max: 5 })),
    mandates: fc.subarray(['RO', 'DE']),
    timeZone: fc.constantFrom('UTC', 'Europe/Bucharest', 'Asia/Kathmandu'),
    quietHours: fc.array(fc.constantFrom({ from: '22:00', to: '07:00' }, { from: '08:00', to: '12:00' }), {
      maxLength: 2,
    }),
    standby: fc.option(
      fc.record({
        status: fc.constantFrom('awake' as const, 'driving' as const, 'not-before' as const),
        until: fc.constant(new Date('2026-02-11T03:00:00Z')),
      }),
    ),
  });
  const anyNeed = fc
    .constantFrom('SEV1', 'SEV2', 'SEV3', 'SEV4')
    .map((severity): CandidateNeed => ({ ...need, severity }));
  const strict = fc.boolean().map((required) => ({ ...rules, mandateRequiredIn: required ? ['RO'] : [] }));
  const responders = fc
    .array(someone, { minLength: 1, maxLength: ids.length })
    .map((all) => all.map((one, index) => responder(ids[index]!, one)));
  const anyFacts: fc.Arbitrary<MatchingFacts> = fc.record({
    openTickets: fc
      .array(fc.tuple(fc.constantFrom(...ids), fc.integer({ min: 0, max: 4 })))
      .map((pairs) => new Map(pairs)),
    onCall: someIds,
    declined: someIds,
    alreadyPaged: someIds,
    at: fc.option(fc.date({ min: new Date('2026-01-01'), max: new Date('2027-01-01'), noInvalidDate: true }), {
      nil: undefined,
    }),
    knowProvider: someIds,
    recentNights: fc
      .array(fc.tuple(fc.constantFrom(...ids), fc.integer({ min: 1, max: 7 })))
      .map((pairs) => new Map(pairs)),
    lastPagedAt: fc
      .array(
        fc.tuple(
          fc.constantFrom(...ids),
          fc.integer({ min: 0, max: 3 }).map((at) => new Date(at)),
        ),
      )
      .map((pairs) => new Map(pairs)),
  });

  it('does not depend on the order of the responders, and leaves nobody out', () => {
    fc.assert(
      fc.property(
        anyNeed,
        responders,
        anyFacts,
        strict,
        fc.infiniteStream(fc.nat()),
        (wants, all, known, by, random) => {
          const shuffled = all
            .map((one) => ({ one, at: random.next().value as number }))
            .sort((a, b) => a.at - b.at)
            .map(({ one }) => one);
          const ranked = rankCandidates(wants, all, known, by);
          expect(rankCandidates(wants, shuffled, known, by)).toEqual(ranked);
          expect(ranked.map(({ responderId }) => responderId).sort()).toEqual(all.map(({ id }) => id));
        },
      ),
    );
  });

  it('never fits one who is ruled out, and puts nobody ruled out before one who fits', () => {
    fc.assert(
      fc.property(anyNeed, responders, anyFacts, strict, (wants, all, known, by) => {
        const ranked = rankCandidates(wants, all, known, by);
        for (const { responderId, fits, ruledOutBecause } of ranked) {
          const { conflictsWith, maxOpenTickets, mandates = [] } = all.find(({ id }) => id === responderId)!;
          const free = (known.openTickets.get(responderId) ?? 0) < maxOpenTickets;
          const mayAct = by.mandateRequiredIn.length === 0 || mandates.includes('RO');
          const isTorn = conflictsWith.includes('hospital');
          expect(fits).toBe(free && mayAct && !known.declined.has(responderId) && !isTorn);
          expect(fits).toBe(ruledOutBecause.length === 0);
        }
        const places = ranked.map(
          ({ fits, heldBackBecause = [] }) => (fits ? 2 : 0) + Number(heldBackBecause.length === 0),
        );
        if (wants.severity === 'SEV3' || wants.severity === 'SEV4')
          expect(places).toEqual([...places].sort((a, b) => b - a));
        const fitting = ranked.filter(({ fits }) => fits).length;
        expect(ranked.slice(0, fitting).every(({ fits }) => fits)).toBe(true);
      }),
    );
  });

  it('gives more points to whoever knows a needed skill better, all else being equal', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 4 }), (needed, level) => {
        const wants = { ...need, skills: ['dicom'], skillLevels: { dicom: needed } };
        const knows = (id: string, at: number) => responder(id, { skills: ['dicom'], skillLevels: { dicom: at } });
        const [first, second] = rankCandidates(wants, [knows('a', level), knows('b', level + 1)], facts(), rules);
        expect(first?.responderId).toBe('b');
        expect(first!.score).toBeGreaterThan(second!.score);
      }),
    );
  });
});
