import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { Postgres } from './postgres.js';

/** The roles that a credential can have. */
export type Role = 'provider' | 'responder' | 'coordinator' | 'auditor' | 'admin' | 'integration';

/** A credential, and whom it stands for. */
export interface Credential {
  key: string;
  principalId: string;
  providerId: string | null;
}

/** Writes credentials into the database of a desk that has no demo people, as an operator's first one is. */
export class Credentials {
  constructor(private readonly postgres: Postgres) {}

  /** Makes a key. A provider's comes with a hospital of its own. */
  async issue(role: Role, principalId: string = randomUUID()): Promise<Credential> {
    const key = `cgk_${randomBytes(32).toString('base64url')}`;
    const providerId = role === 'provider' ? await this.provider() : null;
    const hash = createHash('sha256').update(key).digest();
    await this.postgres.query(
      `INSERT INTO codegrey.api_keys (id, name, hash, hint, role, principal_id, provider_id, created_at)
       VALUES ($1, 'Key of a test', $2, $3, $4, $5, $6, now())`,
      [randomUUID(), hash, key.slice(-4), role, principalId, providerId],
    );
    return { key, principalId, providerId };
  }

  private async provider(): Promise<string> {
    const id = randomUUID();
    await this.postgres.query(
      `INSERT INTO codegrey.providers (id, name, country, time_zone, kind, languages, contacts, products, created_at)
       VALUES ($1, 'Hospital of a test', 'RO', 'Europe/Bucharest', 'hospital', '{ro}', '[]', '{}', now())`,
      [id],
    );
    return id;
  }
}
