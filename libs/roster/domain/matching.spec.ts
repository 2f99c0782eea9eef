import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { parse } from 'yaml';
import {
  type Candidate,
  type CandidateNeed,
  type MatchingFacts,
  type MatchingResponder,
  type MatchingWeights,
  rankCandidates,
} from './matching.js';

const weights = parse(readFileSync('config/matching.yaml', 'utf8')) as MatchingWeights;

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
  return rankCandidates(wants, responders, facts(changes), weights);
}

function order(responders: MatchingResponder[], changes: Partial<MatchingFacts> = {}): string[] {
  return rank(responders, changes).map(({ responderId }) => responderId);
}

describe('the shipped weights', () => {
  it('give every criterion a number', () => {
    const names: Record<keyof MatchingWeights, true> = {
      skills: true,
      languages: true,
      country: true,
      onCall: true,
      onCallUrgent: true,
      freeCapacity: true,
      alreadyPaged: true,
    };
    expect(Object.keys(weights).sort()).toEqual(Object.keys(names).sort());
    expect(Object.values(weights).every(Number.isFinite)).toBe(true);
  });
});

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
    expect(score('SEV2') - score('SEV3')).toBe(weights.onCallUrgent - weights.onCall);
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
    const equalScore = { ...weights, freeCapacity: 0 };
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

describe('any ranking', () => {
  const ids = ['a', 'b', 'c', 'd', 'e', 'f'];
  const someIds = fc.uniqueArray(fc.constantFrom(...ids)).map((chosen) => new Set(chosen));
  const someone = fc.record({
    skills: fc.subarray(['active-directory-recovery', 'backup-recovery', 'dicom']),
    languages: fc.subarray(['ro', 'en', 'de-AT']),
    countries: fc.subarray(['RO', 'DE']),
    conflictsWith: fc.subarray(['hospital', 'clinic']),
    maxOpenTickets: fc.integer({ min: 0, max: 3 }),
  });
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
      fc.property(responders, anyFacts, fc.infiniteStream(fc.nat()), (all, known, random) => {
        const shuffled = all
          .map((one) => ({ one, at: random.next().value as number }))
          .sort((a, b) => a.at - b.at)
          .map(({ one }) => one);
        const ranked = rankCandidates(need, all, known, weights);
        expect(rankCandidates(need, shuffled, known, weights)).toEqual(ranked);
        expect(ranked.map(({ responderId }) => responderId).sort()).toEqual(all.map(({ id }) => id));
      }),
    );
  });

  it('never fits one who is ruled out, and puts nobody ruled out before one who fits', () => {
    fc.assert(
      fc.property(responders, anyFacts, (all, known) => {
        const ranked = rankCandidates(need, all, known, weights);
        for (const { responderId, fits, ruledOutBecause } of ranked) {
          const { conflictsWith, maxOpenTickets } = all.find(({ id }) => id === responderId)!;
          const free = (known.openTickets.get(responderId) ?? 0) < maxOpenTickets;
          expect(fits).toBe(free && !known.declined.has(responderId) && !conflictsWith.includes('hospital'));
          expect(fits).toBe(ruledOutBecause.length === 0);
        }
        const firstRuledOut = ranked.findIndex(({ fits }) => !fits);
        if (firstRuledOut >= 0) expect(ranked.slice(firstRuledOut).every(({ fits }) => !fits)).toBe(true);
        const scores = ranked.filter(({ fits }) => fits).map(({ score }) => score);
        expect(scores).toEqual([...scores].sort((a, b) => b - a));
      }),
    );
  });
});
