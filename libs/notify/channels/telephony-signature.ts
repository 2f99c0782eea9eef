import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Whether a callback was signed with the account's token (twilio.com/docs/usage/security): HMAC-SHA1, in base 64, over the whole
 * public address as the provider called it and then every field of the form, sorted by name, name and value without anything between.
 */
export function isSignedCallback(
  url: string,
  fields: Readonly<Record<string, string>>,
  signature: string | undefined,
  token: string,
): boolean {
  if (signature === undefined) return false;
  const [given, expected] = [Buffer.from(signature), Buffer.from(callbackSignature(url, fields, token))];
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** The signature itself. */
export function callbackSignature(url: string, fields: Readonly<Record<string, string>>, token: string): string {
  const names = Object.keys(fields).sort((one, other) => (one < other ? -1 : 1));
  const signed = url + names.map((name) => name + (fields[name] ?? '')).join('');
  return createHmac('sha1', token).update(signed).digest('base64');
}
