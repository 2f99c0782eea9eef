import { createHash } from 'node:crypto';
import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { catchError, from, mergeMap, of, type Observable } from 'rxjs';
import { Database, type Statement } from '../database/database.js';
import { problems } from '../problems/problems.js';
import { Problem } from '../problems/problem.js';
import type { CallerRequest, Reply } from './request.js';

const longestKey = 255;

/** Reserves the key, or takes over one whose first request died without an answer. Index: the primary key. */
const reserve: Statement = {
  name: 'idempotency-reserve',
  text: `
    INSERT INTO codegrey.idempotency_keys (caller_id, key, request_hash, locked_until)
    VALUES ($1, $2, $3, clock_timestamp() + interval '15 seconds')
    ON CONFLICT (caller_id, key) DO UPDATE SET locked_until = excluded.locked_until
      WHERE idempotency_keys.status IS NULL AND idempotency_keys.locked_until < clock_timestamp()
        AND idempotency_keys.request_hash = excluded.request_hash
    RETURNING true AS reserved`,
};

const read: Statement = {
  name: 'idempotency-read',
  text: `SELECT request_hash AS "requestHash", status, headers, body FROM codegrey.idempotency_keys WHERE caller_id = $1 AND key = $2`,
};

const complete: Statement = {
  name: 'idempotency-complete',
  text: `UPDATE codegrey.idempotency_keys SET status = $3, headers = $4, body = $5 WHERE caller_id = $1 AND key = $2 AND status IS NULL`,
};

const forget: Statement = {
  name: 'idempotency-forget',
  text: `DELETE FROM codegrey.idempotency_keys WHERE caller_id = $1 AND key = $2 AND status IS NULL`,
};

interface StoredAnswer {
  requestHash: Buffer;
  status: number | null;
  headers: Record<string, string> | null;
  body: unknown;
}

/** A reserved key, for handlers that write the answer in the transaction of the effect. */
export interface ReservedKey {
  callerId: string;
  key: string;
}

/**
 * Makes a repeated POST with the same `Idempotency-Key` give the first answer again. Keys belong to the caller. Intake
 * stores its answer in the transaction that makes the ticket; everywhere else it is stored right after.
 */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(private readonly database: Database) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const request = context.switchToHttp().getRequest<CallerRequest & { idempotency?: ReservedKey }>();
    const key = request.headers['idempotency-key'];
    if (request.method !== 'POST' || key === undefined || request.callerId === undefined) return next.handle();
    if (typeof key !== 'string' || key.length === 0 || key.length > longestKey) {
      throw problems.badRequest(`Idempotency-Key must be one text of 1 to ${longestKey} characters.`);
    }
    const reserved: ReservedKey = { callerId: request.callerId, key };
    const hash = createHash('sha256')
      .update(`${request.url}\n${JSON.stringify(request.body ?? null)}`)
      .digest();
    const [own] = await this.database.query(reserve, [reserved.callerId, key, hash]);
    const reply = context.switchToHttp().getResponse<Reply>();
    if (!own) return of(await this.replay(reserved, hash, reply));
    request.idempotency = reserved;
    return next.handle().pipe(
      mergeMap((body) => from(this.store(reserved, reply, body))),
      catchError((error: unknown) => from(this.release(reserved, error))),
    );
  }

  private async replay({ callerId, key }: ReservedKey, hash: Buffer, reply: Reply): Promise<unknown> {
    const [answer] = await this.database.query<StoredAnswer>(read, [callerId, key]);
    if (!answer) throw problems.idempotencyInProgress();
    if (!answer.requestHash.equals(hash)) throw problems.idempotencyKeyReused();
    if (answer.status === null) throw problems.idempotencyInProgress();
    void reply
      .status(answer.status)
      .headers(answer.headers ?? {})
      .header('idempotent-replayed', 'true');
    return answer.body;
  }

  private async store({ callerId, key }: ReservedKey, reply: Reply, body: unknown): Promise<unknown> {
    const headers = answerHeaders(reply);
    await this.database.query(complete, [
      callerId,
      key,
      reply.statusCode,
      JSON.stringify(headers),
      JSON.stringify(body ?? null),
    ]);
    return body;
  }

  /** A refusal changes nothing, so the key is free again; after a fault of ours the outcome is unknown and the key stays locked. */
  private async release({ callerId, key }: ReservedKey, error: unknown): Promise<never> {
    if (error instanceof Problem && error.kind.status < 500) await this.database.query(forget, [callerId, key]);
    throw error;
  }
}

function answerHeaders(reply: Reply): Record<string, string> {
  const kept = ['location', 'etag'];
  return Object.fromEntries(
    kept.flatMap((name) => (reply.getHeader(name) === undefined ? [] : [[name, String(reply.getHeader(name))]])),
  );
}
