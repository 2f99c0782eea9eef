/** Crockford's base 32: no I, L, O (read as 1, 1, 0) and no U. A symbol's value is its place. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const DATA_SYMBOLS = 7;

/** The least prime above 32, by which Crockford's check symbol is reckoned (https://www.crockford.com/base32.html). */
const CHECK_MODULUS = 37;

/**
 * Draws a new reference `CG-XXXX-XXXX` that can be read out over a bad line: seven symbols of chance (35 bits, so
 * references cannot be counted or guessed in order) and a check symbol.
 *
 * Data whose check symbol would be one of Crockford's five extra ones (`* ~ $ = U`) is drawn again, since those
 * cannot be spoken or typed into a telephone. Uniqueness is the caller's to ensure.
 *
 * @param randomBytes a source of that many cryptographically random bytes, such as `randomBytes` of node:crypto
 */
export function newReference(randomBytes: (count: number) => Uint8Array): string {
  for (;;) {
    // 256 is a multiple of 32, so the low five bits of a random byte are themselves evenly spread.
    const values = Array.from(randomBytes(DATA_SYMBOLS), (byte) => byte % ALPHABET.length);
    const check = ALPHABET[checkValue(values)];
    if (check !== undefined) {
      return format(values.map((value) => ALPHABET.charAt(value)).join('') + check);
    }
  }
}

/**
 * Reads a reference as people write and say it, and answers its canonical form `CG-XXXX-XXXX`.
 *
 * Case does not matter; spaces and dashes of any kind may stand anywhere or be missing, and so may the prefix; O is
 * read as 0, I and L as 1. Answers `null` when the text is no reference, or when the check symbol does not fit:
 * every single wrong symbol and every two neighbours exchanged are found out.
 */
export function parseReference(text: string): string | null {
  const compact = text.replace(/[\s\p{Pd}]/gu, '');
  const symbols = /^(?:CG)?([0-9A-Z]{8})$/i.exec(compact)?.[1];
  if (symbols === undefined) {
    return null;
  }
  const canonical = symbols.toUpperCase().replaceAll('O', '0').replace(/[IL]/g, '1');
  const values = Array.from(canonical, (symbol) => ALPHABET.indexOf(symbol));
  const check = values.pop();
  return !values.includes(-1) && checkValue(values) === check ? format(canonical) : null;
}

function checkValue(values: number[]): number {
  return values.reduce((remainder, value) => (remainder * ALPHABET.length + value) % CHECK_MODULUS, 0);
}

function format(symbols: string): string {
  return `CG-${symbols.slice(0, 4)}-${symbols.slice(4)}`;
}
