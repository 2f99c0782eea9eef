import { WorkerHost } from '@nestjs/bullmq';
import { OnApplicationBootstrap, type BeforeApplicationShutdown } from '@nestjs/common';
import type { Job } from 'bullmq';
import type { Logger } from 'pino';
import type { Environment } from '../config/environment.js';
import { UnitOfWork, type Work } from '../database/unit-of-work.js';
import { Outbox, type OutboxMessage } from '../outbox/outbox.js';

/** On PostgreSQL many fetches at once deadlock each other; Redis does not mind. */
const concurrency = { postgres: 8, redis: 32 };

/** How long a worker waits after its queue's server failed it. BullMQ's 15 s would hold every page up that long after an outage. */
const retryAfterOutageMs = 500;

/** What a consumer does on an event, in one transaction with the right to act on it. */
export type MessageHandler = (work: Work, message: OutboxMessage) => Promise<void>;

/** The queue side of a context: takes the message named by the job, and has it handled. Idempotent by construction. */
export abstract class OutboxConsumer extends WorkerHost implements OnApplicationBootstrap, BeforeApplicationShutdown {
  protected constructor(
    protected readonly unitOfWork: UnitOfWork,
    protected readonly outbox: Outbox,
    private readonly environment: Environment,
    protected readonly logger: Logger,
  ) {
    super();
  }

  onApplicationBootstrap(): void {
    this.worker.concurrency = this.environment.redisUrls.length > 0 ? concurrency.redis : concurrency.postgres;
    this.worker.opts.runRetryDelay = retryAfterOutageMs;
    this.worker.on('error', (error) => this.logger.debug({ err: error }, 'the queue is not reachable'));
    this.worker.on('failed', (job, error) =>
      this.logger.warn({ err: error, event: job?.name }, 'a message could not be handled: it is published again'),
    );
  }

  /** Finishes what is in hand; what is not finished in time stays in the outbox. */
  async beforeApplicationShutdown(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const deadline = new Promise<void>((resolve) => (timer = setTimeout(resolve, 5_000)));
    await Promise.race([this.worker.close(), deadline]);
    clearTimeout(timer);
  }

  async process(job: Job<{ messageId: string }>): Promise<void> {
    await this.consume(job.name, job.data.messageId);
  }

  /** Acts on one message, once, however often its job comes. */
  protected async consume(event: string, messageId: string): Promise<void> {
    const handler = this.handlerOf(event);
    await this.unitOfWork.run(async (work) => {
      const message = await this.outbox.take(work, messageId);
      if (message) await handler(work, message);
    });
  }

  /** Who handles the event in this context. Throws when nobody does. */
  protected abstract handlerOf(event: string): MessageHandler;
}
