import { setTimeout as sleep } from 'node:timers/promises';
import {
  Inject,
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
  type OnModuleInit,
} from '@nestjs/common';
import type { Logger } from 'pino';
import type { Environment } from '../config/environment.js';
import { Database, type Statement } from '../database/database.js';
import { Wakeups } from '../database/wakeups.js';
import { newId } from '../ids/ids.js';
import { ENVIRONMENT, LOGGER } from '../tokens.js';
import { Clock } from './clock.js';

const synchroniseEveryMs = 1_000;
const shareWithinMs = 5_000;
const settleWithinMs = 10_000;

const readTime: Statement = {
  name: 'desk-time',
  text: 'SELECT codegrey.now() AS now, generation FROM codegrey.desk_clock',
};

/** Says that this process lives, and which generation of the desk's time it goes by. Index: the primary key. */
const beat: Statement = {
  name: 'process-beat',
  text: `
    INSERT INTO codegrey.processes (id, kind, seen_at, clock_generation) VALUES ($1, $2, clock_timestamp(), $3)
    ON CONFLICT (id) DO UPDATE SET seen_at = excluded.seen_at, clock_generation = excluded.clock_generation`,
};

const leave: Statement = {
  name: 'process-leave',
  text: `DELETE FROM codegrey.processes WHERE id = $1 OR seen_at < clock_timestamp() - interval '1 hour'`,
};

/** Moves the desk's time forward to an instant, never back. */
const moveTo: Statement = {
  name: 'desk-time-move',
  text: `
    UPDATE codegrey.desk_clock
    SET moved_by = moved_by + greatest($1::timestamptz - codegrey.now(), interval '0'), generation = generation + 1
    RETURNING generation`,
};

const firstDue: Statement = {
  name: 'timers-first-due',
  text: 'SELECT due_at AS "dueAt" FROM codegrey.timers WHERE due_at <= $1 ORDER BY due_at LIMIT 1',
};

const laggards: Statement = {
  name: 'processes-lagging',
  text: `SELECT count(*)::int AS count FROM codegrey.processes WHERE seen_at > clock_timestamp() - interval '3 seconds' AND clock_generation < $1`,
};

/** What is still to be done at the present moment: timers that are due, and messages that nobody has acted on. */
const unsettled: Statement = {
  name: 'desk-unsettled',
  text: `SELECT EXISTS (SELECT FROM codegrey.timers WHERE due_at <= codegrey.now()) OR EXISTS (SELECT FROM codegrey.outbox) AS busy`,
};

/** Keeps this process's clock with the database's, and moves the desk's time forward where that is allowed. */
@Injectable()
export class DeskTime implements OnModuleInit, OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly processId = newId();
  private readonly woken = () => void this.synchronise();
  private interval: NodeJS.Timeout | undefined;
  private advancing: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly clock: Clock,
    private readonly database: Database,
    private readonly wakeups: Wakeups,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.synchronise();
  }

  onApplicationBootstrap(): void {
    this.wakeups.on('clock', this.woken);
    this.interval = setInterval(this.woken, synchroniseEveryMs);
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.interval);
    this.wakeups.off('clock', this.woken);
    await this.database.query(leave, [this.processId]).catch(() => undefined);
  }

  /** Whether this desk's time may be moved at all. */
  get isMovable(): boolean {
    return this.environment.movableClock;
  }

  /**
   * Moves time forward, from one due timer to the next, so that what falls due on the way happens in due order and as
   * it would have: each step waits until all is done that was due. Answers the new time once all processes share it.
   */
  advance(byMs: number): Promise<Date> {
    const advanced = this.advancing.then(() => this.advanceNow(byMs));
    this.advancing = advanced.catch(() => undefined);
    return advanced;
  }

  private async advanceNow(byMs: number): Promise<Date> {
    await this.synchronise();
    const target = new Date(this.clock.now().getTime() + byMs);
    for (;;) {
      const [next] = await this.database.query<{ dueAt: Date }>(firstDue, [target]);
      const step = next ? new Date(Math.min(target.getTime(), endOfSecond(next.dueAt))) : target;
      await this.move(step);
      await this.settle();
      if (step.getTime() >= target.getTime()) break;
    }
    return this.clock.now();
  }

  private async move(to: Date): Promise<void> {
    const [moved] = await this.database.query<{ generation: string }>(moveTo, [to]);
    this.wakeups.wake(['clock']);
    await this.synchronise();
    await until(shareWithinMs, async () => {
      const [lagging] = await this.database.query<{ count: number }>(laggards, [moved?.generation]);
      return lagging?.count === 0;
    });
  }

  private async settle(): Promise<void> {
    const settled = await until(settleWithinMs, async () => {
      const [state] = await this.database.query<{ busy: boolean }>(unsettled);
      return state?.busy === false;
    });
    if (!settled) this.logger.warn('time moves on although not everything that was due is done');
  }

  private async synchronise(): Promise<void> {
    try {
      const before = Clock.processTimeMs();
      const [read] = await this.database.query<{ now: Date; generation: string }>(readTime);
      if (!read) return;
      this.clock.synchronise(read.now, (before + Clock.processTimeMs()) / 2);
      if (this.isMovable) await this.database.query(beat, [this.processId, 'desk', read.generation]);
    } catch (error) {
      this.logger.debug({ err: error }, 'the clock could not be compared with the database');
    }
  }
}

function endOfSecond(instant: Date): number {
  return Math.ceil(instant.getTime() / 1_000) * 1_000;
}

async function until(withinMs: number, condition: () => Promise<boolean>): Promise<boolean> {
  const deadline = Clock.processTimeMs() + withinMs;
  for (let waitMs = 2; Clock.processTimeMs() < deadline; waitMs = Math.min(waitMs * 2, 50)) {
    if (await condition()) return true;
    await sleep(waitMs);
  }
  return false;
}
