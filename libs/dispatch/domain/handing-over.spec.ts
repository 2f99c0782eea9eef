import { decideAccept, decideOffer, isOffered, type OfferableTicket } from './handing-over.js';

const now = new Date('2026-02-11T02:00:00Z');
const held: OfferableTicket = { state: 'claimed', claimedBy: 'giver', joined: ['helper'], handover: null };
const giver = { id: 'giver', coordinates: false };
const receiver = { id: 'receiver', takesTickets: true, hasConflict: false };
const handover = { to: 'receiver', from: 'giver', offeredAt: '2026-02-11T02:00:00.000Z' };
const refused = (reason: string) => ({ kind: 'refused', reason });

describe('decideOffer', () => {
  it('offers the ticket, which stays with the giver', () => {
    expect(decideOffer(held, giver, receiver, now)).toEqual({ kind: 'offered', handover, replaces: null });
  });

  it('is made by a coordinator in the name of the holder', () => {
    const decision = decideOffer(held, { id: 'desk', coordinates: true }, receiver, now);
    expect(decision).toMatchObject({ kind: 'offered', handover: { from: 'giver' } });
  });

  it('takes the place of an earlier offer', () => {
    const offered = { ...held, handover: { ...handover, to: 'first' } };
    expect(decideOffer(offered, giver, receiver, now)).toMatchObject({ kind: 'offered', replaces: 'first' });
  });

  it.each([
    ['a ticket that nobody holds', { ...held, state: 'open', claimedBy: null }, giver, receiver, 'not-claimed'],
    ['a ticket that is over', { ...held, state: 'resolved' }, giver, receiver, 'not-claimed'],
    ['somebody else’s ticket', held, { id: 'other', coordinates: false }, receiver, 'not-holder'],
    ['who takes no tickets', held, giver, { ...receiver, takesTickets: false }, 'unknown-receiver'],
    ['the holder', held, giver, { ...receiver, id: 'giver' }, 'holds-it-already'],
    ['a conflict of interest', held, giver, { ...receiver, hasConflict: true }, 'conflict'],
  ])('refuses %s', (_name, ticket, by, to, reason) => {
    expect(decideOffer(ticket, by, to, now)).toEqual(refused(reason));
  });
});

describe('decideAccept', () => {
  const offered = { ...held, handover };

  it('makes the receiver the holder, and no longer a helper', () => {
    const helping = { ...offered, joined: ['helper', 'receiver'] };
    expect(decideAccept(helping, receiver)).toEqual({
      kind: 'accepted',
      changes: { claimedBy: 'receiver', handover: null, joined: ['helper'] },
    });
  });

  it('is for the receiver of the offer that stands', () => {
    expect(decideAccept(offered, { id: 'other', hasConflict: false })).toEqual(refused('not-offered'));
    expect(decideAccept(held, receiver)).toEqual(refused('not-offered'));
    expect(decideAccept({ ...offered, state: 'resolved' }, receiver)).toEqual(refused('not-offered'));
  });

  it('is refused when a conflict of interest came to light since', () => {
    expect(decideAccept(offered, { ...receiver, hasConflict: true })).toEqual(refused('conflict'));
  });
});

describe('isOffered', () => {
  it('is so for the receiver while the ticket is held', () => {
    expect(isOffered({ ...held, handover }, 'receiver')).toBe(true);
    expect(isOffered({ ...held, handover }, 'giver')).toBe(false);
    expect(isOffered({ ...held, state: 'open', handover }, 'receiver')).toBe(false);
  });
});
