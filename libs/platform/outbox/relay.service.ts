import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import type { Logger } from 'pino';
import { Database, type Statement } from '../database/database.js';
import { Wakeups } from '../database/wakeups.js';
import { LOGGER } from '../tokens.js';
import { Queues } from '../queues/queues.js';
import { Pump } from '../pump.js';

const pollEveryMs = 500;
const batchSize = 200;

/**
 * Takes messages that were never published, or were published and not acted on within the patience of 2 s (longer
 * after every attempt, up to a minute), oldest first. Index: outbox_due. Rows being acted on are locked and skipped.
 */
const takeDue: Statement = {
  name: 'outbox-take-due',
  text: `
    UPDATE codegrey.outbox AS message
    SET attempt = attempt + 1, due_at = clock_timestamp() + least(2 * power(2, least(attempt, 5)), 60) * interval '1 second'
    WHERE id IN (
      SELECT id FROM codegrey.outbox WHERE due_at <= clock_timestamp() ORDER BY due_at LIMIT ${batchSize} FOR UPDATE SKIP LOCKED)
    RETURNING id, queue, event, attempt`,
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
        batch.map(({ id, event, attempt }) => ({ event, messageId: id, jobId: `${id}-${attempt}` })),
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
