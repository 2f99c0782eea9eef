import { Injectable, OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Pool, PoolClient, QueryResultRow } from 'pg';
import { problems } from '../problems/problems.js';

/** A statement written by hand. It is planned once per connection under its name. */
export interface Statement {
  name: string;
  text: string;
}

/** Requests that may wait for a connection before the rest is turned away. */
const longestQueue = 2_000;

/** The connection pool, for statements written by hand. Everything that must happen together goes through `UnitOfWork`. */
@Injectable()
export class Database implements OnModuleInit {
  constructor(readonly dataSource: DataSource) {}

  /** The pool of pg beneath TypeORM: TypeORM itself cannot name a statement. */
  get pool(): Pool {
    return (this.dataSource.driver as unknown as { master: Pool }).master;
  }

  onModuleInit(): void {
    this.pool.on('error', () => undefined);
    this.pool.on('release', (_error: Error | undefined, client: PoolClient) => {
      if (!isIdle(client)) void (client as unknown as { end(): Promise<void> }).end().catch(() => undefined);
    });
  }

  /** Runs one statement on its own. Throws a 503 problem when too many already wait. */
  async query<Row extends QueryResultRow>(statement: Statement, values: unknown[] = []): Promise<Row[]> {
    this.refuseWhenOverloaded();
    const result = await this.pool.query<Row>({ ...statement, values });
    return result.rows;
  }

  /** Throws a 503 problem when the queue in front of the pool is full: waiting longer would only move the failure. */
  refuseWhenOverloaded(): void {
    if (this.pool.waitingCount > longestQueue)
      throw problems.unavailable('The desk is overloaded. Repeat the request.');
  }
}

/** A client that comes back inside a transaction or a query would carry the next caller's writes into it: it must not be reused. */
function isIdle(client: PoolClient): boolean {
  const state = client as unknown as { getTransactionStatus?(): string | null };
  const status = state.getTransactionStatus?.();
  return status === undefined || status === null || status === 'I';
}
