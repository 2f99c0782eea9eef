import * as fc from 'fast-check';
import { parseReplyCode, replyCode, replyCodeSpace } from './reply-code.js';

const anyCode = fc
  .nat(replyCodeSpace - 1)
  .map(replyCode)
  .filter((code) => code !== null);

describe('reply codes', () => {
  it('are six characters that nobody mistakes for another', () => {
    expect(replyCode(0)).toBeNull();
    expect(replyCode(2)).toBe('000002');
    expect(replyCode(replyCodeSpace - 1)).toBeNull();
    fc.assert(fc.property(anyCode, (code) => expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{6}$/)));
  });

  it('are read however they are typed', () => {
    fc.assert(
      fc.property(
        anyCode,
        fc.constantFrom('O', 'o', '0'),
        fc.constantFrom('I', 'l', 'L', 'i', '1'),
        (code, zero, one) => {
          expect(parseReplyCode(code.replaceAll('0', zero).replaceAll('1', one))).toBe(code);
          expect(parseReplyCode(code.toLowerCase())).toBe(code);
        },
      ),
    );
  });

  it.each(['ACCEPT', 'please', '7K3MQ', '7K3MQ22', '7K3MQU', '7K3-Q2', ''])('do not include %j', (typed) => {
    expect(parseReplyCode(typed)).toBeNull();
  });

  it('are all different', () => {
    fc.assert(
      fc.property(fc.nat(replyCodeSpace - 1), fc.nat(replyCodeSpace - 1), (one, other) => {
        fc.pre(one !== other && replyCode(one) !== null);
        expect(replyCode(one)).not.toBe(replyCode(other));
      }),
    );
  });
});
