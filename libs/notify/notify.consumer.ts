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
import { PageNotifications } from './page-notifications.service.js';
import { followUpDue } from './page-rounds.service.js';
import { ProviderUpdates, updateFollowUpDue } from './provider-updates.service.js';

/** The events that this context acts on, in its queue `notify`. */
export const notifyEvents = ['page.owed', followUpDue, 'ticket.update-posted', updateFollowUpDue];

/** The queue side of notification. Every event here needs the network, so each is leased and taken by its own service. */
@Processor('notify')
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
    switch (event) {
      case 'page.owed':
      case followUpDue:
        return this.pages.handle(messageId);
      case 'ticket.update-posted':
      case updateFollowUpDue:
        return this.updates.handle(messageId);
      default:
        return super.consume(event, messageId);
    }
  }

  protected handlerOf(event: string): MessageHandler {
    throw new Error(`Notification knows no event ${event}.`);
  }
}
