import * as fc from 'fast-check';
import type { PageLinkAction } from './page-link-view.js';
import { decideReply, type ReplyFacts } from './reply-decision.js';

const asked: PageLinkAction[] = ['claim', 'decline'];
const fresh: ReplyFacts = { command: 'claim', actions: asked, worksOnIt: false, isSpent: false };

describe('a reply with its code', () => {
  it('does what it says, as long as the page asks for it', () => {
    expect(decideReply(fresh)).toBe('claim');
    expect(decideReply({ ...fresh, command: 'decline' })).toBe('decline');
    expect(decideReply({ ...fresh, command: 'call' })).toBe('tell-number');
    expect(decideReply({ ...fresh, actions: ['join', 'decline'] })).toBe('claim');
    expect(decideReply({ ...fresh, actions: [] })).toBe('tell-standing');
  });

  it('claims or declines once', () => {
    for (const command of ['claim', 'decline'] as const)
      expect(decideReply({ ...fresh, command, isSpent: true })).toBe('tell-standing');
  });

  it('takes a claim back with the code that claimed', () => {
    const claimed = { ...fresh, command: 'undo', actions: ['undo'], worksOnIt: true, isSpent: true } as const;
    expect(decideReply(claimed)).toBe('undo');
    expect(decideReply({ ...claimed, actions: [] })).toBe('tell-standing');
  });

  it('tells the number only to whoever is asked or works on it', () => {
    const over = { ...fresh, command: 'call', actions: [] } as const;
    expect(decideReply(over)).toBe('tell-standing');
    expect(decideReply({ ...over, worksOnIt: true })).toBe('tell-number');
  });

  it('never does what the page link would not offer', () => {
    const facts = fc.record({
      command: fc.constantFrom('claim' as const, 'decline' as const, 'call' as const, 'undo' as const),
      actions: fc.subarray<PageLinkAction>(['claim', 'join', 'decline', 'undo']),
      worksOnIt: fc.boolean(),
      isSpent: fc.boolean(),
    });
    fc.assert(
      fc.property(facts, (one) => {
        const decision = decideReply(one);
        if (decision === 'claim') expect(one.actions.includes('claim') || one.actions.includes('join')).toBe(true);
        if (decision === 'decline' || decision === 'undo') expect(one.actions).toContain(decision);
      }),
    );
  });
});
