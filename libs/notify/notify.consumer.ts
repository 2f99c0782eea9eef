import { Processor } from '@nestjs/bullmq';
import { Inject } from '@nestjs/common';
import type { Logger } from 'pino';
import {
  ENVIRONMENT,
  LOGGER,
  Outbox,
  OutboxConsumer,
  UnitOfWork,
  type Environment,
  type MessageHandler,
} from '../platform/index.js';
import { InFlight } from './in-flight.js';
import { MethodCare } from './method-care.service.js';
import { NoticeDeliveries } from './notice-deliveries.service.js';
import { methodFailing, noticeEvents, notifyQueue, pageEvents, updateEvents } from './notify-events.js';
import { PageNotifications } from './page-notifications.service.js';
import { ProviderUpdates } from './provider-updates.service.js';

/** Pages, updates to providers, and personal notices that one process may be sending at one time. */
const mostPages = 64;
const mostUpdates = 16;
const mostNotices = 16;

/**
 * The queue side of notification. What happens here needs the network, so each service leases and takes its messages
 * itself, and a job only starts it: a server that hangs must not keep the next page from leaving. Whatever is not
 * finished, for whatever reason, is published again when its lease is over.
 */
@Processor(notifyQueue)
export class NotifyConsumer extends OutboxConsumer {
  private readonly sendingPages: InFlight;
  private readonly sendingUpdates: InFlight;
  private readonly sendingNotices: InFlight;

  constructor(
    unitOfWork: UnitOfWork,
    outbox: Outbox,
    @Inject(ENVIRONMENT) environment: Environment,
    @Inject(LOGGER) logger: Logger,
    private readonly pages: PageNotifications,
    private readonly updates: ProviderUpdates,
    private readonly notices: NoticeDeliveries,
    private readonly care: MethodCare,
  ) {
    super(unitOfWork, outbox, environment, logger);
    const failed = (error: unknown) =>
      logger.warn({ err: error }, 'a message could not be sent: it is published again');
    this.sendingPages = new InFlight(mostPages, failed);
    this.sendingUpdates = new InFlight(mostUpdates, failed);
    this.sendingNotices = new InFlight(mostNotices, failed);
  }

  /** Finishes what is being sent; every attempt has its deadline. */
  override async beforeApplicationShutdown(): Promise<void> {
    await super.beforeApplicationShutdown();
    const sending = [this.sendingPages, this.sendingUpdates, this.sendingNotices];
    await Promise.all(sending.map((one) => one.drained()));
  }

  protected override async consume(event: string, messageId: string): Promise<void> {
    if (pageEvents.includes(event)) return this.sendingPages.start(() => this.pages.handle(messageId));
    if (updateEvents.includes(event)) return this.sendingUpdates.start(() => this.updates.handle(messageId));
    if (noticeEvents.includes(event)) return this.sendingNotices.start(() => this.notices.handle(messageId));
    return super.consume(event, messageId);
  }

  protected handlerOf(event: string): MessageHandler {
    if (event === methodFailing) return (work, { subjectId }) => this.care.tellFailing(work, subjectId);
    throw new Error(`Notification knows no event ${event}.`);
  }
}
