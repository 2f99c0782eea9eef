import fc from 'fast-check';
import { earliest, formatPosition, isAfter, parsePosition, startOf } from './stream-position.js';

const positions = fc.record({
  xid: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
  sequence: fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }),
});

describe('a position in the journal', () => {
  it('comes back from Last-Event-ID as it was', () => {
    fc.assert(fc.property(positions, (position) => expect(parsePosition(formatPosition(position))).toEqual(position)));
  });

  it.each([
    '',
    'x',
    '1',
    '1-',
    '-1',
    '1-2-3',
    ' 1-2',
    '1-2\n',
    '-1-2',
    '1.5-2',
    '0x1-2',
    '18446744073709551616-1',
    '1-9223372036854775808',
  ])('is not %j', (text) => expect(parsePosition(text)).toBeNull());

  it('is ordered by transaction, then by sequence', () => {
    expect(isAfter({ xid: 2n, sequence: 1n }, { xid: 1n, sequence: 9n })).toBe(true);
    expect(isAfter({ xid: 1n, sequence: 2n }, { xid: 1n, sequence: 1n })).toBe(true);
    expect(isAfter({ xid: 1n, sequence: 1n }, { xid: 1n, sequence: 1n })).toBe(false);
    expect(isAfter({ xid: 1n, sequence: 1n }, startOf(1n))).toBe(true);
    expect(isAfter({ xid: 1n, sequence: 9n }, startOf(2n))).toBe(false);
  });

  it('is the earliest when no other lies before it', () => {
    expect(earliest([])).toBeUndefined();
    fc.assert(
      fc.property(fc.array(positions, { minLength: 1 }), (all) => {
        const first = earliest(all);
        expect(all).toContain(first);
        expect(first && all.some((position) => isAfter(first, position))).toBe(false);
      }),
    );
  });
});
