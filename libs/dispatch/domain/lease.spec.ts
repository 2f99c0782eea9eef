import { decideAsking, decideExpiry, type LeasedTicket, type WarningClock } from './lease.js';

const now = new Date('2026-02-11T02:00:00Z');
const rules = { askFrom: 0.75, answerWithinMs: { SEV1: 180_000, SEV2: 300_000 } };
const held: LeasedTicket = { state: 'claimed', claimedBy: 'ana', severityLevel: 'SEV2' };
const warning: WarningClock = { name: 'first-response', state: 'warning', warningsGiven: [0.5, 0.75] };
const silent = { ofHolder: false, isAsked: false };

describe('asking a holder whether they are still on it', () => {
  it('happens when a watched clock warns and nothing was heard of them; how long they have goes by the severity', () => {
    expect(decideAsking(held, warning, silent, rules, now)).toEqual(new Date('2026-02-11T02:05:00Z'));
    const grave = { ...held, severityLevel: 'SEV1' };
    expect(decideAsking(grave, { ...warning, name: 'next-update' }, silent, rules, now)).toEqual(
      new Date('2026-02-11T02:03:00Z'),
    );
  });

  it.each<[string, Partial<LeasedTicket>, Partial<WarningClock>, Partial<typeof silent>]>([
    ['nobody holds it', { state: 'open', claimedBy: null }, {}, {}],
    ['it is over', { state: 'resolved' }, {}, {}],
    ['another clock warns', {}, { name: 'containment' }, {}],
    ['the clock was met since', {}, { state: 'met' }, {}],
    ['it is early', {}, { warningsGiven: [0.5] }, {}],
    ['something was heard of them', {}, {}, { ofHolder: true }],
    ['they are being asked', {}, {}, { isAsked: true }],
  ])('does not happen when %s', (_name, ticket, clock, heard) => {
    const asked = decideAsking({ ...held, ...ticket }, { ...warning, ...clock }, { ...silent, ...heard }, rules, now);
    expect(asked).toBeNull();
  });
});

describe('the end of the time to answer', () => {
  const lease = { holderId: 'ana', askedAt: now, dueAt: now };

  it('takes the ticket from a holder of whom nothing was heard, and from nobody else', () => {
    expect(decideExpiry(held, lease, false)).toBe('expired');
    expect(decideExpiry(held, lease, true)).toBe('kept');
    expect(decideExpiry({ ...held, claimedBy: 'ben' }, lease, false)).toBe('moot');
    expect(decideExpiry({ ...held, state: 'resolved' }, lease, false)).toBe('moot');
  });
});
