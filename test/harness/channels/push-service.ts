import { createDecipheriv, createECDH, createPublicKey, hkdfSync, randomBytes, verify, type ECDH } from 'node:crypto';
import { HttpDouble, type Received, type Reply } from './http-double.js';

/** A message as the browser reads it after decryption. */
export interface PushMessage {
  headers: Record<string, string>;
  data: Record<string, unknown>;
}

/**
 * A push service and the one browser that is subscribed to it, written from RFC 8030 (delivery), RFC 8188 and RFC 8291 (encryption)
 * and RFC 8292 (who sends), with none of the code that the desk encrypts with: a message that is not right is refused.
 */
export class PushService {
  readonly messages: PushMessage[] = [];
  /** The subscription was given up: the service answers 410 from now on. */
  expired = false;
  private readonly browser: ECDH = createECDH('prime256v1');
  private readonly auth = randomBytes(16);
  private readonly http = new HttpDouble((request) => this.answer(request));

  /** `applicationServerKey` is the only one that the subscription takes messages from. */
  constructor(private readonly applicationServerKey: () => string) {
    this.browser.generateKeys();
  }

  async listen(): Promise<this> {
    await this.http.listen();
    return this;
  }

  close(): Promise<void> {
    return this.http.close();
  }

  /** What the browser hands out to whoever may write to it. */
  get subscription(): { endpoint: string; keys: { p256dh: string; auth: string } } {
    const keys = { p256dh: this.browser.getPublicKey('base64url'), auth: this.auth.toString('base64url') };
    return { endpoint: `${this.http.url}/push/one`, keys };
  }

  private answer({ method, path, headers, body }: Received): Reply {
    if (path !== '/push/one' || method !== 'POST') return { status: 404 };
    if (this.expired) return { status: 410 };
    if (!/^\d+$/.test(headers.ttl ?? '')) return { status: 400, body: 'TTL is needed (RFC 8030 section 5.2)' };
    if (headers['content-encoding'] !== 'aes128gcm' || body.length > 4_096) return { status: 413 };
    if (headers.topic !== undefined && !/^[\w-]{1,32}$/.test(headers.topic)) return { status: 400, body: 'topic' };
    if (!this.isFromTheDesk(headers.authorization ?? '')) return { status: 403 };
    this.messages.push({ headers, data: JSON.parse(this.decrypted(body).toString('utf8')) as Record<string, unknown> });
    return { status: 201, headers: { location: `${this.http.url}/message/1` } };
  }

  /** RFC 8292 sections 2 and 3: a token signed by ES256 for this origin, valid for at most 24 hours. */
  private isFromTheDesk(authorization: string): boolean {
    const [, token = '', key] = /^vapid t=([\w.-]+), ?k=([\w-]+)$/.exec(authorization) ?? [];
    if (key === undefined || key !== this.applicationServerKey()) return false;
    const [header = '', claims = '', signature = ''] = token.split('.');
    const point = Buffer.from(key, 'base64url');
    const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((half) => half.toString('base64url'));
    const publicKey = createPublicKey({ format: 'jwk', key: { kty: 'EC', crv: 'P-256', x, y } });
    const signed = verify(
      'sha256',
      Buffer.from(`${header}.${claims}`),
      { key: publicKey, dsaEncoding: 'ieee-p1363' },
      Buffer.from(signature, 'base64url'),
    );
    const { aud, exp, sub } = decoded(claims) as { aud: string; exp: number; sub: string };
    const seconds = Date.now() / 1_000;
    const isTimely = exp > seconds && exp <= seconds + 86_400;
    return (
      signed && decoded(header).alg === 'ES256' && aud === this.http.url && isTimely && /^(mailto:|https:)/.test(sub)
    );
  }

  /** RFC 8188 section 2 with the keys of RFC 8291 section 3.4; the message is one record. */
  private decrypted(body: Buffer): Buffer {
    const salt = body.subarray(0, 16);
    const keyLength = body.readUInt8(20);
    const sender = body.subarray(21, 21 + keyLength);
    const record = body.subarray(21 + keyLength);
    const info = Buffer.concat([Buffer.from('WebPush: info\0'), this.browser.getPublicKey(), sender]);
    const secret = hkdfSync('sha256', this.browser.computeSecret(sender), this.auth, info, 32);
    const key = hkdfSync('sha256', Buffer.from(secret), salt, 'Content-Encoding: aes128gcm\0', 16);
    const nonce = hkdfSync('sha256', Buffer.from(secret), salt, 'Content-Encoding: nonce\0', 12);
    const decipher = createDecipheriv('aes-128-gcm', Buffer.from(key), Buffer.from(nonce));
    decipher.setAuthTag(record.subarray(-16));
    const padded = Buffer.concat([decipher.update(record.subarray(0, -16)), decipher.final()]);
    const end = padded.lastIndexOf(2);
    if (end < 0) throw new Error('The last record has no delimiter.');
    return padded.subarray(0, end);
  }
}

function decoded(part: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(part, 'base64url').toString('utf8')) as Record<string, unknown>;
}
