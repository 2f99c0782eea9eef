import type { Candidate } from '../../roster/domain/index.js';
import type { PagingFacts } from './paging.js';
import { decideReplacement, type LostPage, type PagingStanding } from './replacing.js';

const startedAt = new Date('2026-02-11T02:00:00Z');
const position = { step: 2, round: 1 };

function candidate(responderId: string): Candidate {
  return { responderId, fits: true, score: 1, reasons: [], ruledOutBecause: [] };
}

/** `a` and `b` have been asked; `c` has not. */
const facts: PagingFacts = {
  policy: null,
  severity: 'SEV3',
  candidates: ['a', 'b', 'c'].map(candidate),
  excluded: new Set(),
  coordinators: [],
  onCall: new Map(),
  everybodyOnCall: new Set(),
  teams: new Map(),
  turns: new Map(),
  asked: new Map([[1, new Set(['a', 'b'])]]),
  gaveBack: new Set(),
  withoutPolicy: { bestFit: 1, waitMs: 0 },
  exhaustedWaitMs: 0,
};

function decide(standing: Partial<PagingStanding> = {}, lost: Partial<LostPage> = {}) {
  return decideReplacement(
    facts,
    { position, exhausted: false, startedAt, live: [], ...standing },
    { ...position, because: 'unreachable', purpose: 'claim', createdAt: startedAt, ...lost },
  );
}

describe('decideReplacement', () => {
  it('takes the next step at once when the last of a step will not come', () => {
    expect(decide()).toEqual({ kind: 'next-step' });
    expect(decide({}, { because: 'declined' })).toEqual({ kind: 'next-step' });
  });

  it('does not count those on whom an earlier step, or an earlier round, waits in vain', () => {
    const live = [
      { step: 1, round: 1 },
      { step: 2, round: 2 },
    ];
    expect(decide({ live })).toEqual({ kind: 'next-step' });
  });

  it('asks the best fit who has not been asked beside those who are being asked', () => {
    expect(decide({ live: [position] })).toEqual({
      kind: 'beside',
      page: { responderId: 'c', reasons: ['next best fit'] },
    });
  });

  it('leaves it to those who are being asked when nobody else is left', () => {
    const all = { ...facts, asked: new Map([[1, new Set(['a', 'b', 'c'])]]) };
    const standing = { position, exhausted: false, startedAt, live: [position] };
    const lost = { ...position, because: 'declined', purpose: 'claim', createdAt: startedAt } as const;
    expect(decideReplacement(all, standing, lost)).toEqual({ kind: 'nothing' });
  });

  it('asks nobody in the place of a coordinator who was only to be told, unless the step waits for nobody else', () => {
    expect(decide({ live: [position] }, { purpose: 'notice' })).toEqual({ kind: 'nothing' });
    expect(decide({}, { purpose: 'notice' })).toEqual({ kind: 'next-step' });
  });

  it('moves on once, however many pages of a step fail', () => {
    const after = { position: { step: 3, round: 1 } };
    expect(decide(after)).toEqual({ kind: 'nothing' });
    expect(decide({ position: { step: 2, round: 2 } })).toEqual({ kind: 'nothing' });
  });

  it('replaces somebody of an earlier step who was counted on until they declined', () => {
    const live = [{ step: 3, round: 1 }];
    expect(decide({ position: { step: 3, round: 1 }, live }, { because: 'declined' }).kind).toBe('beside');
  });

  it('is not moved by a page from before the ticket was given back', () => {
    const before = new Date(startedAt.getTime() - 1);
    expect(decide({}, { createdAt: before })).toEqual({ kind: 'nothing' });
    expect(decide({}, { createdAt: before, because: 'declined' })).toEqual({ kind: 'nothing' });
  });

  it('waits for its time once everybody has been asked', () => {
    expect(decide({ exhausted: true })).toEqual({ kind: 'nothing' });
  });
});
