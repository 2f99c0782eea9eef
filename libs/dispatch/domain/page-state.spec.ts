import fc from 'fast-check';
import { isLive, pageStates, stateAfter, type PageReceipt, type PageState } from './page-state.js';

const state = fc.constantFrom(...pageStates);
const receipts = fc.array(fc.constantFrom<PageReceipt>('sent', 'delivered', 'failed'), { maxLength: 6 });
const after = (present: PageState, heard: PageReceipt[]) => heard.reduce(stateAfter, present);

describe('stateAfter', () => {
  it('is the receipt that says more', () => {
    expect(stateAfter('owed', 'failed')).toBe('failed');
    expect(stateAfter('owed', 'sent')).toBe('sent');
    expect(stateAfter('sent', 'delivered')).toBe('delivered');
  });

  it('lets a page that failed be sent after all', () => {
    expect(stateAfter('failed', 'sent')).toBe('sent');
  });

  it('fails when all that took it over have given it back', () => {
    expect(stateAfter('sent', 'returned')).toBe('failed');
    expect(stateAfter('owed', 'returned')).toBe('failed');
    expect(stateAfter('delivered', 'returned')).toBe('delivered');
    expect(stateAfter('acknowledged', 'returned')).toBe('acknowledged');
  });

  it('never goes back', () => {
    expect(stateAfter('delivered', 'sent')).toBe('delivered');
    expect(stateAfter('delivered', 'failed')).toBe('delivered');
    expect(stateAfter('sent', 'failed')).toBe('sent');
  });

  it('does not change a page that was answered or withdrawn', () => {
    fc.assert(
      fc.property(fc.constantFrom<PageState>('acknowledged', 'withdrawn'), receipts, (present, heard) => {
        expect(after(present, heard)).toBe(present);
      }),
    );
  });

  it('comes to the same whatever the order of the receipts, and however often they come', () => {
    const shuffled = receipts.chain((heard) =>
      fc.tuple(fc.constant(heard), fc.shuffledSubarray([...heard, ...heard], { minLength: heard.length * 2 })),
    );
    fc.assert(
      fc.property(state, shuffled, (present, [heard, again]) => {
        expect(after(present, again)).toBe(after(present, heard));
      }),
    );
  });
});

describe('isLive', () => {
  it('is so until the page is answered, withdrawn or has failed', () => {
    expect(pageStates.filter((present) => isLive({ state: present }))).toEqual(['owed', 'sent', 'delivered']);
  });
});
