import { Injectable } from '@nestjs/common';
import { Clock, Database, SecretBox, type Statement } from '../platform/index.js';
import type { VapidKeys } from './channels/push.channel.js';

/** Keeps new keys, unless another process was faster. Index: the primary key. */
const keepKeys: Statement = {
  name: 'push-keys-keep',
  text: `
    INSERT INTO codegrey.push_keys (public_key, sealed_private_key, created_at) VALUES ($1, $2, $3)
    ON CONFLICT (single) DO NOTHING`,
};

/** The desk's keys. Index: the primary key. */
const findKeys: Statement = {
  name: 'push-keys-find',
  text: `SELECT public_key AS "publicKey", sealed_private_key AS "sealedPrivateKey" FROM codegrey.push_keys`,
};

interface KeyRow extends Record<string, unknown> {
  publicKey: string;
  sealedPrivateKey: string;
}

/**
 * The keys by which push services know this desk (RFC 8292): made once, when they are first asked for, and the same in all
 * processes, since a subscription is bound to them for good. The private one is sealed at rest.
 */
@Injectable()
export class VapidKeyStore {
  private known: Promise<VapidKeys> | undefined;

  constructor(
    private readonly database: Database,
    private readonly secrets: SecretBox,
    private readonly clock: Clock,
  ) {}

  /** Rejects when the database is away, or the private key was sealed by a key that is not known here; then the next call tries again. */
  async keys(): Promise<VapidKeys> {
    this.known ??= this.findOrMake();
    try {
      return await this.known;
    } catch (error) {
      this.known = undefined;
      throw error;
    }
  }

  private async findOrMake(): Promise<VapidKeys> {
    const found = await this.find();
    if (found) return found;
    const { default: webpush } = await import('web-push');
    const made = webpush.generateVAPIDKeys();
    await this.database.query(keepKeys, [made.publicKey, this.secrets.seal(made.privateKey), this.clock.now()]);
    return (await this.find()) ?? made;
  }

  private async find(): Promise<VapidKeys | undefined> {
    const [row] = await this.database.query<KeyRow>(findKeys, []);
    return row && { publicKey: row.publicKey, privateKey: this.secrets.open(row.sealedPrivateKey) };
  }
}
