/** Controls, line and paragraph separators, and the marks that turn the direction of writing (Unicode UAX #9) around. */
const notForOneLine = /[\s\p{Cc}\p{Zl}\p{Zp}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]+/gu;

/**
 * The text as one line, fit for a header or a line of a message: what breaks lines or hides the true order of the characters
 * becomes one space, so that nothing which somebody typed into a ticket can pass for a line of our own (OWASP ASVS 5.0 1.3.11).
 */
export function singleLine(text: string): string {
  return text.toWellFormed().replace(notForOneLine, ' ').trim();
}

/** The text, cut to at most `maxLength` UTF-16 units with an ellipsis at its end where it was longer; characters stay whole. */
export function truncated(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  const cut = text.slice(0, maxLength - 1);
  const whole = cut.isWellFormed() ? cut : cut.slice(0, -1);
  return `${whole.trimEnd()}…`;
}
