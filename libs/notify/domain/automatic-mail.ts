/** Header fields by their names in lower case. */
export type MailHeaders = ReadonlyMap<string, string>;

/**
 * Whether a program wrote a mail by itself (RFC 3834 section 2 and the older customs beside it): a vacation notice must not claim a
 * ticket, and two programs must not write to each other for ever.
 */
export function isAutomatic(headers: MailHeaders): boolean {
  const field = (name: string) => headers.get(name)?.trim().toLowerCase();
  const submitted = field('auto-submitted');
  if (submitted !== undefined && !/^no\b/.test(submitted)) return true;
  if (['bulk', 'junk', 'list', 'auto_reply'].includes(field('precedence') ?? '')) return true;
  if (['x-autoreply', 'x-autorespond', 'list-id', 'list-unsubscribe'].some((name) => headers.has(name))) return true;
  return field('return-path') === '<>';
}
