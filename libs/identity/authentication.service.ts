import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock, Database, Wakeups, type Statement } from '../platform/index.js';
import { hashOf } from './api-keys.service.js';
import type { Role, Viewer } from './viewer.js';

const rememberedForMs = 5_000;
const mostRemembered = 10_000;

/** A credential that is valid now. Index: api_keys_hash_key. */
const findKey: Statement = {
  name: 'api-key-by-hash',
  text: `
    SELECT id, role, principal_id AS "principalId", provider_id AS "providerId", countries, expires_at AS "expiresAt"
    FROM codegrey.api_keys WHERE hash = $1 AND revoked_at IS NULL`,
};

interface KnownKey extends Record<string, unknown> {
  id: string;
  role: Role;
  principalId: string;
  providerId: string | null;
  countries: string[] | null;
  expiresAt: Date | null;
}

interface Remembered {
  key: KnownKey;
  untilMs: number;
}

/**
 * Finds out who a key belongs to. Valid keys are remembered for up to 5 s; a revocation is told to every process and
 * forgets them at once. Invalid keys are never remembered.
 */
@Injectable()
export class Authentication implements OnModuleInit {
  private readonly remembered = new Map<string, Remembered>();

  constructor(
    private readonly database: Database,
    private readonly wakeups: Wakeups,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.wakeups.on('credentials', () => this.remembered.clear());
  }

  /** The caller with this key, or null when it is unknown, expired or revoked. */
  async viewerOf(key: string): Promise<Viewer | null> {
    const found = await this.find(key);
    if (!found || (found.expiresAt && found.expiresAt <= this.clock.now())) return null;
    const { id, role, principalId, providerId, countries } = found;
    return { keyId: id, role, principalId, providerId, countries };
  }

  private async find(key: string): Promise<KnownKey | undefined> {
    const known = this.remembered.get(key);
    if (known && known.untilMs > Clock.processTimeMs()) return known.key;
    const [found] = await this.database.query<KnownKey>(findKey, [hashOf(key)]);
    if (!found) {
      this.remembered.delete(key);
      return undefined;
    }
    if (this.remembered.size >= mostRemembered) this.remembered.clear();
    this.remembered.set(key, { key: found, untilMs: Clock.processTimeMs() + rememberedForMs });
    return found;
  }
}
