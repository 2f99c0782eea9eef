/** Crockford's base 32: no I, L, O or U, so that it survives a bad screen, a bad line and a bad night. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

const codeLength = 6;

/** How many codes there are to draw from: 30 bits. */
export const replyCodeSpace = alphabet.length ** codeLength;

/** A digit that nobody types as a letter. */
const plainDigit = /[2-9]/;

/**
 * The code with this number (0 to `replyCodeSpace` - 1), or null when it is none that is given out: a code has a digit of 2 to 9, by
 * which it is told from a word of six letters.
 */
export function replyCode(number: number): string | null {
  let code = '';
  for (let rest = number, place = 0; place < codeLength; place += 1) {
    code = alphabet.charAt(rest % alphabet.length) + code;
    rest = Math.floor(rest / alphabet.length);
  }
  return plainDigit.test(code) ? code : null;
}

/** The code that somebody typed, in any case and with O for 0, I or L for 1; null: this is none. */
export function parseReplyCode(typed: string): string | null {
  if (typed.length !== codeLength) return null;
  const code = typed.toUpperCase().replaceAll('O', '0').replaceAll(/[IL]/g, '1');
  return plainDigit.test(code) && [...code].every((character) => alphabet.includes(character)) ? code : null;
}
