import { decideRelease, mayUndo } from './giving-back.js';

const held = { state: 'claimed', claimedBy: 'holder' };

describe('decideRelease', () => {
  it('is for the holder, or a coordinator in their place', () => {
    const released = { kind: 'released', holder: 'holder' };
    expect(decideRelease(held, { id: 'holder', coordinates: false })).toEqual(released);
    expect(decideRelease(held, { id: 'desk', coordinates: true })).toEqual(released);
    expect(decideRelease(held, { id: 'other', coordinates: false })).toEqual({ kind: 'refused', reason: 'not-holder' });
  });

  it.each(['open', 'resolved', 'closed', 'rejected', 'merged'])('refuses a ticket that is %s', (state) => {
    const ticket = { state, claimedBy: state === 'open' ? null : 'holder' };
    expect(decideRelease(ticket, { id: 'holder', coordinates: true })).toEqual({
      kind: 'refused',
      reason: 'not-claimed',
    });
  });
});

describe('mayUndo', () => {
  const at = new Date('2026-02-11T02:00:00Z');
  const page = { responderId: 'holder', response: 'claimed', acknowledgedAt: at };
  const later = (ms: number) => new Date(at.getTime() + ms);

  it('is so for 60 s', () => {
    expect(mayUndo(held, page, later(0))).toBe(true);
    expect(mayUndo(held, page, later(60_000))).toBe(true);
    expect(mayUndo(held, page, later(60_001))).toBe(false);
  });

  it('is for the claim made by this page, while its reader holds the ticket', () => {
    expect(mayUndo({ ...held, claimedBy: 'other' }, page, at)).toBe(false);
    expect(mayUndo({ state: 'resolved', claimedBy: 'holder' }, page, at)).toBe(false);
    expect(mayUndo(held, { ...page, response: 'joined' }, at)).toBe(false);
    expect(mayUndo(held, { ...page, response: null, acknowledgedAt: null }, at)).toBe(false);
  });
});
