import { timingSafeEqual } from 'node:crypto';
import { Webhook } from 'standardwebhooks';

/** The three headers of a signed webhook (Standard Webhooks 1.0). A type, since it is handed over as plain headers. */
export type SignatureHeaders = {
  'webhook-id': string;
  /** Seconds since 1970, UTC. */
  'webhook-timestamp': string;
  /** One or several of `v1,<base64>`, separated by spaces. */
  'webhook-signature': string;
};

const toleranceSeconds = 5 * 60;

/**
 * The headers that prove that `body` comes from a holder of the secret and is not older than it says.
 *
 * @throws Error when the secret is not `whsec_` and base64.
 */
export function signWebhook(id: string, at: Date, body: string, secret: string): SignatureHeaders {
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
    'webhook-signature': new Webhook(secret).sign(id, at, body),
  };
}

/**
 * Whether `body` was signed with the secret at most five minutes before or after `now`. Unlike the library's own check it does not
 * read the machine's clock, so that it holds on a desk whose time is moved for a drill.
 */
export function isSignedWebhook(headers: Partial<SignatureHeaders>, body: string, secret: string, now: Date): boolean {
  const id = headers['webhook-id'];
  const seconds = Number(headers['webhook-timestamp']);
  const signatures = headers['webhook-signature'];
  if (id === undefined || id === '' || signatures === undefined || !Number.isInteger(seconds)) return false;
  if (Math.abs(now.getTime() / 1_000 - seconds) > toleranceSeconds) return false;
  const expected = signWebhook(id, new Date(seconds * 1_000), body, secret)['webhook-signature'];
  return signatures.split(' ').some((signature) => isSame(signature, expected));
}

function isSame(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
}
