import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import type { Logger } from 'pino';
import { Database, type Statement } from '../database/database.js';
import { Wakeups } from '../database/wakeups.js';
import { LOGGER } from '../tokens.js';
import { Queues } from '../queues/queues.js';
import { jobPriority } from './job-priority.js';
import { Pump } from '../pump.js';

const pollEveryMs = 500;
const batchSize = 200;

/**
 * Takes messages that were never published, or were published and not acted on within the patience of 2 s (longer
 * after every attempt, up to a minute): the most urgent first, and among equals each lane in turn, so that the flood of
 * one does not keep the others waiting. A message's turn is its place among all of its lane that nobody has acted on.
 *
 * Reads the whole outbox, which is short because acting on a message deletes it. Rows being acted on are locked and skipped.
 */
const takeDue: Statement = {
  name: 'outbox-take-due',
  text: `
    WITH waiting AS (
      SELECT id, due_at, priority, row_number() OVER (PARTITION BY queue, priority, lane ORDER BY id) AS turn FROM codegrey.outbox
    ), chosen AS (
      SELECT id, turn FROM waiting WHERE due_at <= clock_timestamp() ORDER BY priority, turn, id LIMIT ${batchSize}
    ), taken AS (
      SELECT message.id, chosen.turn FROM codegrey.outbox AS message JOIN chosen ON chosen.id = message.id
      WHERE message.due_at <= clock_timestamp() FOR UPDATE OF message SKIP LOCKED
    )
    UPDATE codegrey.outbox AS message
    SET attempt = attempt + 1, due_at = clock_timestamp() + least(2 * power(2, least(attempt, 5)), 60) * interval '1 second'
    FROM taken WHERE message.id = taken.id
    RETURNING message.id, queue, event, attempt, priority, taken.turn::integer AS turn`,
};

/** Gives messages back that the queue did not take, to be tried again in a moment. */
const giveBack: Statement = {
  name: 'outbox-give-back',
  text: `UPDATE codegrey.outbox SET due_at = clock_timestamp() + interval '500 milliseconds' WHERE id = ANY($1::uuid[])`,
};

interface DueMessage {
  id: string;
  queue: string;
  event: string;
  attempt: number;
  /** 0 first. */
  priority: number;
  /** Its place among the messages of its lane, from 1. */
  turn: number;
}

/**
 * Puts one BullMQ job into its queue for each message in the outbox. The message stays the right to act: a lost, repeated
 * or reordered job changes nothing, and a message that nobody acted on is published again under a fresh job id (BullMQ
 * silently ignores an id that it still knows).
 */
@Injectable()
export class Relay implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly pump = new Pump(() => this.publishDue(), pollEveryMs);
  private readonly woken = () => this.pump.wake();

  constructor(
    private readonly database: Database,
    private readonly wakeups: Wakeups,
    private readonly queues: Queues,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.wakeups.on('outbox', this.woken);
    this.pump.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.wakeups.off('outbox', this.woken);
    await this.pump.stop();
  }

  /** Publishes a batch; answers whether there may be more. */
  private async publishDue(): Promise<boolean> {
    let messages: DueMessage[];
    try {
      messages = await this.database.query<DueMessage>(takeDue);
    } catch (error) {
      this.logger.warn({ err: error }, 'the outbox could not be read');
      return false;
    }
    const byQueue = Map.groupBy(messages, (message) => message.queue);
    await Promise.all([...byQueue].map(([queue, batch]) => this.publish(queue, batch)));
    return messages.length === batchSize;
  }

  private async publish(queue: string, batch: DueMessage[]): Promise<void> {
    try {
      await this.queues.add(
        queue,
        batch.map(({ id, event, attempt, priority, turn }) => ({
          event,
          messageId: id,
          jobId: `${id}-${attempt}`,
          priority: jobPriority(priority, turn),
        })),
      );
    } catch (error) {
      this.logger.warn(
        { err: error, queue, messages: batch.length },
        'the queue does not answer: its messages wait in the outbox',
      );
      await this.database.query(giveBack, [batch.map((message) => message.id)]).catch(() => undefined);
    }
  }
}
