import { setTimeout as sleep } from 'node:timers/promises';
import { randomInt } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { PoolClient, QueryResultRow } from 'pg';
import { newId } from '../ids/ids.js';
import { Subscriptions } from '../outbox/subscriptions.js';
import { Wakeups, type Wake } from './wakeups.js';
import { Database, type Statement } from './database.js';
import { isRetryable } from './postgres-errors.js';
import { Consequences, type JournalEntry, type TimerToArm } from './consequences.js';

const attempts = 4;

/**
 * One transaction: what is decided, what is said of it, and what must follow from it, all or nothing.
 * Nothing but SQL happens inside: no I/O, and no second connection.
 */
export class Work {
  readonly consequences = new Consequences();
  readonly wakes: Wake[] = [];

  constructor(
    /** TypeORM's manager, bound to this transaction. */
    readonly manager: EntityManager,
    private readonly client: PoolClient,
  ) {}

  /** Runs a statement written by hand inside this transaction. */
  async query<Row extends QueryResultRow>(statement: Statement, values: unknown[] = []): Promise<Row[]> {
    const result = await this.client.query<Row>({ ...statement, values });
    return result.rows;
  }

  /** Says what happened: one entry in the journal, and one message to each context that subscribes to it. */
  record(entry: JournalEntry): void {
    this.consequences.record(entry);
  }

  /** Arms the timer of this kind and subject, in place of an earlier one. */
  arm(timer: TimerToArm): void {
    this.consequences.arm(timer);
  }

  /** Wakes these loops once this is committed: for statements that write their consequences themselves. */
  afterCommit(wakes: readonly Wake[]): void {
    this.wakes.push(...wakes);
  }

  /** Disarms the timer of this kind and subject, if there is one that is not just firing. */
  disarm(kind: string, subjectId: string): void {
    this.consequences.disarm(kind, subjectId);
  }
}

/** Opens transactions. The only way to change anything that needs more than one statement. */
@Injectable()
export class UnitOfWork {
  constructor(
    private readonly database: Database,
    private readonly subscriptions: Subscriptions,
    private readonly wakeups: Wakeups,
  ) {}

  /**
   * Runs `decide` in one transaction and commits it with its consequences. It is run again, from the start,
   * when the server undid it because of a deadlock; so it must not do anything but SQL.
   */
  async run<Result>(decide: (work: Work) => Promise<Result>): Promise<Result> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.once(decide);
      } catch (error) {
        if (attempt >= attempts || !isRetryable(error)) throw error;
        await sleep(randomInt(5, 25 * attempt));
      }
    }
  }

  private async once<Result>(decide: (work: Work) => Promise<Result>): Promise<Result> {
    this.database.refuseWhenOverloaded();
    const [result, wakes] = await this.database.dataSource.transaction(async (manager) => {
      const client = (await manager.queryRunner?.connect()) as PoolClient;
      const work = new Work(manager, client);
      const decided = await decide(work);
      if (!work.consequences.isEmpty) {
        const { statement, values } = work.consequences.statement(this.subscriptions, newId);
        await client.query({ ...statement, values });
      }
      return [decided, [...work.wakes, ...work.consequences.wakes(this.subscriptions)]] as const;
    });
    this.wakeups.wake(wakes);
    return result;
  }
}
