import * as fc from 'fast-check';
import { isNews, telephonyReceipt, type DeliveryState, type Receipt } from './delivery-receipt.js';

const receipts: Receipt[] = [
  { state: 'sent', permanent: false, error: null },
  { state: 'failed', permanent: true, error: 'refused' },
  { state: 'delivered', permanent: false, error: null },
];
const after = (first: DeliveryState, all: readonly Receipt[]) =>
  all.reduce<DeliveryState>((state, receipt) => (isNews(state, receipt) ? receipt.state : state), first);

describe('receipts', () => {
  it('end in the same state whatever their order and however often each comes', () => {
    const anyReceipts = fc.array(fc.constantFrom(...receipts), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(anyReceipts, fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), (all, chance) => {
        const shuffled = all
          .map((receipt) => ({ receipt, by: chance.next().value }))
          .sort((one, other) => one.by - other.by);
        const repeated = shuffled.flatMap(({ receipt }) => [receipt, receipt]);
        expect(after('sending', repeated)).toBe(after('sending', all));
      }),
    );
  });

  it('never take back that somebody has received it', () => {
    for (const receipt of receipts) expect(isNews('delivered', receipt)).toBe(false);
  });

  it('say that what was sent came back', () => {
    expect(after('sent', receipts.slice(1, 2))).toBe('failed');
  });

  it.each([
    ['queued', 'sent'],
    ['sent', 'sent'],
    ['delivered', 'delivered'],
    ['in-progress', 'delivered'],
    ['undelivered', 'failed'],
    ['no-answer', 'failed'],
  ])('of a telephony provider: %s means %s', (status, state) => {
    expect(telephonyReceipt({ status })?.state).toBe(state);
  });

  it('know which errors come again', () => {
    expect(telephonyReceipt({ status: 'undelivered', errorCode: '30006' })).toMatchObject({ permanent: true });
    expect(telephonyReceipt({ status: 'undelivered', errorCode: '30001' })).toMatchObject({ permanent: false });
    expect(telephonyReceipt({ status: 'unheard-of' })).toBeNull();
  });

  it('do not take a machine for its owner', () => {
    expect(telephonyReceipt({ status: 'completed', answeredBy: 'machine_start' })).toMatchObject({
      state: 'failed',
      unanswered: true,
    });
    expect(telephonyReceipt({ status: 'completed', answeredBy: 'human' })).toMatchObject({ state: 'delivered' });
  });
});
