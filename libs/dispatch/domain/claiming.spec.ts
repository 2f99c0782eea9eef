import fc from 'fast-check';
import { decideClaim, decideJoin, type Claimant } from './claiming.js';

const open = { state: 'open', claimedBy: null, joined: [] };
const held = { state: 'claimed', claimedBy: 'holder', joined: ['helper'] };
const claimant = (id: string, changes: Partial<Claimant> = {}): Claimant => ({
  id,
  hasConflict: false,
  isAskedToHelp: false,
  ...changes,
});

describe('decideClaim', () => {
  it('makes whoever comes first the holder', () => {
    expect(decideClaim(open, claimant('a'))).toEqual({ kind: 'claimed' });
  });

  it('refuses everybody else, and changes nothing for the holder and who joined', () => {
    expect(decideClaim(held, claimant('a'))).toEqual({ kind: 'refused', reason: 'held' });
    expect(decideClaim(held, claimant('holder'))).toEqual({ kind: 'unchanged' });
    expect(decideClaim(held, claimant('helper'))).toEqual({ kind: 'unchanged' });
  });

  it('lets who was asked to help join, while the holder stays', () => {
    expect(decideClaim(held, claimant('a', { isAskedToHelp: true }))).toEqual({ kind: 'joined' });
  });

  it('refuses a conflict of interest, in claiming and in joining', () => {
    const refused = { kind: 'refused', reason: 'conflict' };
    expect(decideClaim(open, claimant('a', { hasConflict: true }))).toEqual(refused);
    expect(decideClaim(held, claimant('a', { hasConflict: true, isAskedToHelp: true }))).toEqual(refused);
  });

  it.each(['resolved', 'closed', 'rejected', 'merged'])('refuses a ticket that is %s', (state) => {
    const ended = { state, claimedBy: 'holder', joined: [] };
    expect(decideClaim(ended, claimant('holder'))).toEqual({ kind: 'refused', reason: 'not-open' });
    expect(decideClaim(ended, claimant('a'))).toEqual({ kind: 'refused', reason: 'not-open' });
  });

  it('makes one holder at most, in whatever order people claim', () => {
    const crowd = fc.array(fc.record({ id: fc.constantFrom('a', 'b', 'c', 'd'), hasConflict: fc.boolean() }), {
      minLength: 1,
      maxLength: 30,
    });
    fc.assert(
      fc.property(crowd, (claims) => {
        let ticket: { state: string; claimedBy: string | null; joined: string[] } = open;
        const winners = new Set<string>();
        for (const { id, hasConflict } of claims) {
          if (decideClaim(ticket, claimant(id, { hasConflict })).kind !== 'claimed') continue;
          winners.add(id);
          ticket = { ...ticket, state: 'claimed', claimedBy: id };
        }
        expect(winners.size).toBe(claims.some(({ hasConflict }) => !hasConflict) ? 1 : 0);
        expect(ticket.claimedBy).toBe(claims.find(({ hasConflict }) => !hasConflict)?.id ?? null);
      }),
    );
  });
});

describe('decideJoin', () => {
  it('takes who was asked, and nobody else', () => {
    expect(decideJoin(held, claimant('a', { isAskedToHelp: true }))).toEqual({ kind: 'joined' });
    expect(decideJoin(held, claimant('a'))).toEqual({ kind: 'refused', reason: 'not-asked' });
  });

  it('changes nothing for who works on the ticket', () => {
    expect(decideJoin(held, claimant('helper', { isAskedToHelp: true }))).toEqual({ kind: 'unchanged' });
    expect(decideJoin(held, claimant('holder'))).toEqual({ kind: 'unchanged' });
  });

  it('needs a holder', () => {
    expect(decideJoin(open, claimant('a', { isAskedToHelp: true }))).toEqual({
      kind: 'refused',
      reason: 'not-claimed',
    });
  });
});
