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
import { notifyQueue, pageEvents, updateEvents } from './notify-events.js';
import { PageNotifications } from './page-notifications.service.js';
import { ProviderUpdates } from './provider-updates.service.js';

/** The queue side of notification. What happens here needs the network, so each service leases and takes its messages itself. */
@Processor(notifyQueue)
export class NotifyConsumer extends OutboxConsumer {
  constructor(
    unitOfWork: UnitOfWork,
    outbox: Outbox,
    @Inject(ENVIRONMENT) environment: Environment,
    @Inject(LOGGER) logger: Logger,
    private readonly pages: PageNotifications,
    private readonly updates: ProviderUpdates,
  ) {
    super(unitOfWork, outbox, environment, logger);
  }

  protected override async consume(event: string, messageId: string): Promise<void> {
    if (pageEvents.includes(event)) return this.pages.handle(messageId);
    if (updateEvents.includes(event)) return this.updates.handle(messageId);
    return super.consume(event, messageId);
  }

  protected handlerOf(event: string): MessageHandler {
    throw new Error(`Notification knows no event ${event}.`);
  }
}
