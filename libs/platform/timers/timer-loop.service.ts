import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import type { Logger } from 'pino';
import { Database, type Statement } from '../database/database.js';
import { UnitOfWork, type Work } from '../database/unit-of-work.js';
import { Wakeups } from '../database/wakeups.js';
import { LOGGER } from '../tokens.js';
import { timerLateness, timersFired } from '../health/metrics.js';
import { TimerHandlers } from './timer-handlers.js';
import type { FiredTimer } from './timer-handlers.js';

const batchSize = 200;
/** The longest sleep: a timer set by somebody else may come without a wake-up, and Node fires sleeps above 24.8 days at once. */
const longestSleepMs = 1_000;

/** The timers that are due, in due order; those in other hands are skipped. Deleting the row is the right to fire. Index: timers_due. */
const takeDue: Statement = {
  name: 'timers-take-due',
  text: `
    WITH due AS (
      SELECT ctid FROM codegrey.timers WHERE due_at <= codegrey.now() ORDER BY due_at LIMIT ${batchSize} FOR UPDATE SKIP LOCKED)
    DELETE FROM codegrey.timers AS timer USING due WHERE timer.ctid = due.ctid
    RETURNING timer.kind, timer.subject_id AS "subjectId", timer.due_at AS "dueAt", timer.attempt, codegrey.now() AS "firedAt"`,
};

/** As above, one at a time, when a batch failed: so that one that cannot be handled does not hold up the others. */
const takeOne: Statement = { name: 'timers-take-one', text: takeDue.text.replace(`LIMIT ${batchSize}`, 'LIMIT 1') };

/** Puts a timer that could not be handled off: 1 s, 2 s, 4 s … up to a minute. Index: the primary key. */
const putOff: Statement = {
  name: 'timers-put-off',
  text: `
    UPDATE codegrey.timers SET attempt = attempt + 1, due_at = codegrey.now() + least(power(2, least(attempt, 6)), 60) * interval '1 second'
    WHERE ctid = (SELECT ctid FROM codegrey.timers WHERE due_at <= codegrey.now() ORDER BY due_at LIMIT 1)
    RETURNING kind, subject_id AS "subjectId", attempt`,
};

/** How long until the next one is due, by the database's clock. Index: timers_due. */
const untilNext: Statement = {
  name: 'timers-until-next',
  text: `SELECT extract(epoch FROM due_at - codegrey.now()) * 1000 AS "waitMs" FROM codegrey.timers ORDER BY due_at LIMIT 1`,
};

/**
 * Fires timers: each exactly once in effect, never early, in due order, at once after downtime. Any number of
 * processes may run it. The firing and all its effects are one transaction; the database's clock is the authority.
 */
@Injectable()
export class TimerLoop implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private stopped = false;
  private loop: Promise<void> | undefined;
  private rouse: () => void = () => undefined;
  private readonly woken = () => this.rouse();

  constructor(
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
    private readonly handlers: TimerHandlers,
    private readonly wakeups: Wakeups,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.wakeups.on('timers', this.woken);
    this.wakeups.on('clock', this.woken);
    this.loop = this.run();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    this.rouse();
    await this.loop;
  }

  private async run(): Promise<void> {
    while (!this.stopped) {
      let roused = false;
      const rousing = new Promise<void>((resolve) => {
        this.rouse = () => {
          roused = true;
          resolve();
        };
      });
      const waitMs = await this.fireAllDue();
      if (roused || waitMs <= 0 || this.stopped) continue;
      let sleeping: NodeJS.Timeout | undefined;
      await Promise.race([rousing, new Promise((resolve) => (sleeping = setTimeout(resolve, Math.ceil(waitMs))))]);
      clearTimeout(sleeping);
    }
  }

  /** Fires what is due; answers how long to sleep, in milliseconds. */
  private async fireAllDue(): Promise<number> {
    try {
      while (!this.stopped && (await this.fire(takeDue)) > 0);
    } catch (error) {
      this.logger.error({ err: error }, 'a batch of timers could not be handled: they are tried one by one');
      await this.fireOneByOne();
    }
    try {
      const [next] = await this.database.query<{ waitMs: string }>(untilNext);
      return Math.min(next ? Number(next.waitMs) : longestSleepMs, longestSleepMs);
    } catch {
      return longestSleepMs;
    }
  }

  private async fireOneByOne(): Promise<void> {
    for (let count = 0; count < batchSize && !this.stopped; count += 1) {
      try {
        if ((await this.fire(takeOne)) === 0) return;
      } catch (error) {
        const put = await this.database.query<{ kind: string; subjectId: string }>(putOff).catch(() => undefined);
        this.logger.error({ err: error, timer: put?.[0] }, 'a timer could not be handled and is put off');
        if (put === undefined) return;
      }
    }
  }

  private async fire(statement: Statement): Promise<number> {
    const fired = await this.unitOfWork.run(async (work) => {
      const due = await work.query<FiredTimer>(statement);
      due.sort((one, other) => one.dueAt.getTime() - other.dueAt.getTime());
      await this.handle(work, due);
      return due;
    });
    for (const timer of fired) timerLateness.observe((timer.firedAt.getTime() - timer.dueAt.getTime()) / 1000);
    timersFired.inc(fired.length);
    return fired.length;
  }

  private async handle(work: Work, fired: FiredTimer[]): Promise<void> {
    for (const [kind, timers] of this.handlers.inOrder(fired)) await this.handlers.handle(work, kind, timers);
  }
}
