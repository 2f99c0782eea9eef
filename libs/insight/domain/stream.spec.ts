import fc from 'fast-check';
import { eventFrame } from './sse.js';
import { formatPosition, isBeyond, justBefore, parsePosition } from './stream-position.js';

const position = fc.record({ xid: fc.bigInt(0n, 2n ** 62n), sequence: fc.bigInt(0n, 2n ** 62n) });

describe('the position of a stream', () => {
  it('survives being an event id', () => {
    fc.assert(fc.property(position, (given) => expect(parsePosition(formatPosition(given))).toEqual(given)));
  });

  it('refuses what is no event id of ours', () => {
    for (const text of [
      '',
      'latest',
      '1',
      '1-',
      '-1',
      '1-2-3',
      '1.5-2',
      ' 1-2',
      '99999999999999999999-1',
      '1-9223372036854775808',
    ])
      expect(parsePosition(text)).toBeNull();
  });

  it('orders positions totally', () => {
    fc.assert(
      fc.property(position, position, (one, other) => expect(isBeyond(one, other) && isBeyond(other, one)).toBe(false)),
    );
  });

  it('has seen everything before the horizon and nothing from it on', () => {
    fc.assert(
      fc.property(position, fc.bigInt(1n, 2n ** 62n), (given, horizon) =>
        expect(isBeyond(given, justBefore(horizon))).toBe(given.xid >= horizon),
      ),
    );
  });
});

describe('a server-sent event', () => {
  it('is one id line and one data line, whatever the data', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const lines = eventFrame('1-2', { text }).toString().split('\n');
        expect(lines).toHaveLength(4);
        expect(lines[0]).toBe('id: 1-2');
        expect(JSON.parse(lines[1]?.replace('data: ', '') ?? '')).toEqual({ text });
      }),
    );
  });
});
