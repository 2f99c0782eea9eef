import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import {
  Clock,
  newId,
  problems,
  toPage,
  decodeCursor,
  UnitOfWork,
  Wakeups,
  type Page,
  type PageQuery,
} from '../platform/index.js';
import { ApiKey } from './api-key.entity.js';
import type { ApiKeyDto, CreateApiKeyDto, CreatedApiKeyDto } from './api-keys.dto.js';
import { actorOf, administration } from './actor.js';
import type { Viewer } from './viewer.js';

/** Makes, lists and revokes credentials. */
@Injectable()
export class ApiKeys {
  constructor(
    @InjectRepository(ApiKey) private readonly keys: Repository<ApiKey>,
    private readonly unitOfWork: UnitOfWork,
    private readonly wakeups: Wakeups,
    private readonly clock: Clock,
  ) {}

  /** Makes a credential. Its key is in this answer and nowhere else. */
  async create(viewer: Viewer, input: CreateApiKeyDto): Promise<CreatedApiKeyDto> {
    refuseImpossible(input);
    const key = newKey();
    const entity = keyEntity(key, input, this.clock.now());
    await this.unitOfWork.run(async (work) => {
      await work.manager.insert(ApiKey, entity);
      work.record({
        type: 'api-key.created',
        subject: { type: 'api-key', id: entity.id },
        actor: actorOf(viewer),
        scope: administration,
        audience: 'administration',
        data: presentApiKey(entity),
      });
    });
    return { ...presentApiKey(entity), key };
  }

  async list(query: PageQuery): Promise<Page<ApiKeyDto>> {
    const after = decodeCursor(query.cursor, ['id']);
    const builder = this.keys
      .createQueryBuilder('key')
      .orderBy('key.id')
      .take(query.limit + 1);
    if (after) builder.where('key.id > :after', { after: after[0] });
    return toPage(await builder.getMany(), query.limit, (key) => [key.id], presentApiKey);
  }

  /** Ends a credential, and every stream that was opened with it, at once. Revoking it again changes nothing. */
  async revoke(viewer: Viewer, id: string): Promise<ApiKeyDto> {
    const revoked = await this.unitOfWork.run(async (work) => {
      const key = await work.manager.findOne(ApiKey, { where: { id }, lock: { mode: 'pessimistic_write' } });
      if (!key) throw problems.notFound('key');
      if (key.revokedAt) return key;
      key.revokedAt = this.clock.now();
      await work.manager.update(ApiKey, id, { revokedAt: key.revokedAt });
      work.record({
        type: 'api-key.revoked',
        subject: { type: 'api-key', id },
        actor: actorOf(viewer),
        scope: administration,
        audience: 'administration',
        changes: { revokedAt: { from: null, to: key.revokedAt.toISOString() } },
      });
      return key;
    });
    this.wakeups.wake(['credentials']);
    return presentApiKey(revoked);
  }
}

/** A new key: 256 random bits behind a prefix by which secret scanners know it. */
export function newKey(): string {
  return `cgk_${randomBytes(32).toString('base64url')}`;
}

/** What is kept of a key. */
export function hashOf(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}

/** The row of a new key. */
export function keyEntity(key: string, input: CreateApiKeyDto, now: Date): ApiKey {
  return {
    id: newId(),
    name: input.name,
    hash: hashOf(key),
    hint: key.slice(-4),
    role: input.role,
    principalId: input.principalId ?? newId(),
    providerId: input.providerId ?? null,
    countries: input.countries?.map((code) => code.toUpperCase()) ?? null,
    createdAt: now,
    expiresAt: input.expiresAt === undefined ? null : new Date(input.expiresAt),
    revokedAt: null,
  };
}

function refuseImpossible({ role, principalId, providerId }: CreateApiKeyDto): void {
  const faults = [];
  if (role === 'provider' && providerId === undefined)
    faults.push({ pointer: '/providerId', detail: 'is needed for a provider' });
  if (role === 'responder' && principalId === undefined)
    faults.push({ pointer: '/principalId', detail: 'is needed for a responder: the id from the roster' });
  if (!['provider', 'integration'].includes(role) && providerId !== undefined)
    faults.push({ pointer: '/providerId', detail: `does not go with the role ${role}` });
  if (faults.length > 0) throw problems.invalidInput(faults);
}

function presentApiKey(key: ApiKey): ApiKeyDto {
  return {
    id: key.id,
    name: key.name,
    hint: key.hint,
    role: key.role,
    principalId: key.principalId,
    providerId: key.providerId,
    countries: key.countries,
    createdAt: key.createdAt.toISOString(),
    expiresAt: key.expiresAt?.toISOString() ?? null,
    revokedAt: key.revokedAt?.toISOString() ?? null,
  };
}
