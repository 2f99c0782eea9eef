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

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** The text as HTML, for element content and for attribute values in quotes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

/** The text, cut to at most `maxBytes` bytes of UTF-8 with an ellipsis at its end where it was longer; characters stay whole. */
export function truncatedBytes(text: string, maxBytes: number): string {
  const encoded = Buffer.from(text);
  if (encoded.length <= maxBytes) return text;
  let end = maxBytes - Buffer.byteLength('…');
  // A byte of the form 10xxxxxx continues the character before it.
  while (end > 0 && ((encoded[end] ?? 0) & 0xc0) === 0x80) end -= 1;
  return `${encoded.subarray(0, end).toString().trimEnd()}…`;
}
