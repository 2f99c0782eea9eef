import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { newReference, parseReference } from './reference.js';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** References from bytes that fast-check chooses, so that a failure can be shrunk; drawn again from others. */
const reference = fc.uint8Array({ minLength: 7, maxLength: 7 }).map((first) => {
  let draws = 0;
  return newReference(() => first.map((byte) => byte + draws++));
});

const symbolsOf = (text: string): string => text.replaceAll('-', '').slice(2);

describe('newReference', () => {
  it('puts the value of the data, modulo 37, into the check symbol', () => {
    expect(newReference(() => new Uint8Array([0, 0, 0, 0, 0, 0, 31]))).toBe('CG-0000-00ZZ');
    expect(newReference(() => new Uint8Array([0, 0, 0, 0, 0, 1, 5]))).toBe('CG-0000-0150');
    expect(newReference(() => new Uint8Array([1, 2, 3, 4, 5, 6, 7]))).toBe('CG-1234-567B');
  });

  it('draws again where the check symbol could not be spoken', () => {
    const draws = [new Uint8Array([0, 0, 0, 0, 0, 1, 0]), new Uint8Array([0, 0, 0, 0, 0, 0, 1])];
    expect(newReference(() => draws.shift() ?? new Uint8Array(7))).toBe('CG-0000-0011');
    expect(draws).toHaveLength(0);
  });

  it('is made of the 32 ordinary symbols only', () => {
    for (let made = 0; made < 2_000; made++) {
      expect(newReference(randomBytes)).toMatch(/^CG-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/);
    }
  });

  it('is read back as itself', () => {
    fc.assert(
      fc.property(reference, (made) => {
        expect(parseReference(made)).toBe(made);
      }),
    );
  });
});

describe('parseReference', () => {
  it.each([
    'CG-1234-567B',
    'cg-1234-567b',
    'CG1234567B',
    'CG 1234 567B',
    '1234567b',
    '1234-567B',
    ' cg – 12 34 – 56 7B\n',
    'CG-I234-567B',
    'cg-l234-567b',
  ])('reads %j as CG-1234-567B', (text) => {
    expect(parseReference(text)).toBe('CG-1234-567B');
  });

  it.each(['CG-OOOO-OOII', 'oooooo1l', 'CG-0000-0011'])('reads the confused %j as CG-0000-0011', (text) => {
    expect(parseReference(text)).toBe('CG-0000-0011');
  });

  it('does not take data that begin with CG for the prefix', () => {
    const made = newReference(() => new Uint8Array([12, 16, 0, 0, 0, 0, 0]));
    expect(made).toMatch(/^CG-CG00-000/);
    expect(parseReference(symbolsOf(made))).toBe(made);
  });

  it.each([
    '',
    'CG',
    'CG-1234-567',
    'CG-1234-567BE',
    'CG-1234-567C',
    'XX-1234-567B',
    'CG-U234-567B',
    'CG-0000-010*',
    'CG-1234-567\u{1D404}',
    '019c4a3e-0000-7000-8000-000000000000',
  ])('refuses %j', (text) => {
    expect(parseReference(text)).toBeNull();
  });

  it('finds out every single wrong symbol', () => {
    fc.assert(
      fc.property(reference, (made) => {
        const symbols = symbolsOf(made);
        for (let place = 0; place < symbols.length; place++) {
          for (const wrong of ALPHABET.replace(symbols.charAt(place), '')) {
            expect(parseReference(symbols.slice(0, place) + wrong + symbols.slice(place + 1))).toBeNull();
          }
        }
      }),
    );
  });

  it('finds out every exchange of two neighbours', () => {
    fc.assert(
      fc.property(reference, (made) => {
        const symbols = symbolsOf(made);
        for (let place = 0; place + 1 < symbols.length; place++) {
          const [left, right] = [symbols.charAt(place), symbols.charAt(place + 1)];
          if (left !== right) {
            expect(parseReference(symbols.slice(0, place) + right + left + symbols.slice(place + 2))).toBeNull();
          }
        }
      }),
    );
  });

  it('reads any case, any grouping and every confusion as the same reference', () => {
    const habits = fc.array(fc.record({ lower: fc.boolean(), gap: fc.constantFrom('', '-', ' '), swap: fc.nat(2) }), {
      minLength: 8,
      maxLength: 8,
    });
    fc.assert(
      fc.property(reference, fc.constantFrom('', 'CG', 'cg-', 'Cg '), habits, (made, prefix, spoken) => {
        const confusions: Record<string, string> = { '0': '0Oo', '1': '1IL' };
        const written = Array.from(symbolsOf(made), (symbol, place) => {
          const habit = spoken[place]!;
          const heard = confusions[symbol]?.charAt(habit.swap) ?? symbol;
          return (habit.lower ? heard.toLowerCase() : heard) + habit.gap;
        });
        expect(parseReference(prefix + written.join(''))).toBe(made);
      }),
    );
  });
});
