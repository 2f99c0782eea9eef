import { createPublicKey } from 'node:crypto';

/** The keys of a push subscription as browsers hand them out (Push API `PushSubscription.getKey`), in base64url. */
export interface PushKeys {
  /** The browser's public key: an uncompressed point of P-256 (RFC 8291 section 2). */
  p256dh: string;
  /** The secret that only browser and desk know: 16 bytes. */
  auth: string;
}

/** What is wrong with the keys, by member; empty: nothing. */
export function pushKeyFaults({ p256dh, auth }: PushKeys): { pointer: string; detail: string }[] {
  const faults = [];
  if (!isPoint(p256dh))
    faults.push({ pointer: '/keys/p256dh', detail: 'must be a public key of P-256 as base64url, 65 bytes' });
  if (decoded(auth)?.length !== 16) faults.push({ pointer: '/keys/auth', detail: 'must be 16 bytes as base64url' });
  return faults;
}

/** Reads keys that were kept by `JSON.stringify`; undefined: they are none. */
export function readPushKeys(text: string): PushKeys | undefined {
  try {
    const { p256dh, auth } = JSON.parse(text) as Record<string, unknown>;
    return typeof p256dh === 'string' && typeof auth === 'string' ? { p256dh, auth } : undefined;
  } catch {
    return undefined;
  }
}

/** A point that is not on the curve is refused by the key import. */
function isPoint(text: string): boolean {
  const point = decoded(text);
  if (point?.length !== 65 || point[0] !== 4) return false;
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((half) => half.toString('base64url'));
  try {
    createPublicKey({ format: 'jwk', key: { kty: 'EC', crv: 'P-256', x, y } });
    return true;
  } catch {
    return false;
  }
}

function decoded(text: string): Buffer | undefined {
  return /^[\w-]{1,200}={0,2}$/.test(text) ? Buffer.from(text, 'base64url') : undefined;
}
