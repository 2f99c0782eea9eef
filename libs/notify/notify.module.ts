import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DeliveryRecords } from '../dispatch/index.js';
import { ENVIRONMENT, openSecretBox, SecretBox, Subscriptions, type Environment } from '../platform/index.js';
import { Reachability } from '../roster/index.js';
import { Channels } from './channels.service.js';
import { ContactMethod } from './contact-method.entity.js';
import { ContactMethodsController } from './contact-methods.controller.js';
import { ContactMethods } from './contact-methods.service.js';
import { ContactVerification } from './contact-verification.service.js';
import { PageDeliveryRecords } from './delivery-records.service.js';
import { FollowUpTimers } from './follow-up.timers.js';
import { FormBodies } from './form-body.js';
import { NoticeDeliveries } from './notice-deliveries.service.js';
import { NotificationRules } from './notification-rules.service.js';
import { notifyEvents, notifyQueue } from './notify-events.js';
import { OwnedByResponder } from './owned-by-responder.service.js';
import { PageLinkController } from './page-link.controller.js';
import { PageLinks } from './page-links.service.js';
import { PageMessages } from './page-messages.service.js';
import { PageNotifications } from './page-notifications.service.js';
import { PageRounds } from './page-rounds.service.js';
import { WithdrawnPages } from './withdrawn-pages.service.js';
import { ProviderUpdates } from './provider-updates.service.js';
import { RosterReachability } from './roster-reachability.service.js';
import { Sender } from './sender.service.js';

/** Contact methods, channels, deliveries, and what people do by the links in messages. */
@Global()
@Module({
  imports: [TypeOrmModule.forFeature([ContactMethod])],
  controllers: [ContactMethodsController, PageLinkController],
  providers: [
    { provide: SecretBox, inject: [ENVIRONMENT], useFactory: (environment: Environment) => openSecretBox(environment) },
    { provide: DeliveryRecords, useClass: PageDeliveryRecords },
    { provide: Reachability, useClass: RosterReachability },
    Channels,
    Sender,
    OwnedByResponder,
    ContactMethods,
    ContactVerification,
    NotificationRules,
    PageRounds,
    PageMessages,
    PageNotifications,
    WithdrawnPages,
    PageLinks,
    ProviderUpdates,
    NoticeDeliveries,
    FollowUpTimers,
    FormBodies,
  ],
  exports: [SecretBox, DeliveryRecords, Reachability, PageNotifications, ProviderUpdates, NoticeDeliveries],
})
export class NotifyModule {
  constructor(subscriptions: Subscriptions) {
    for (const event of notifyEvents) subscriptions.add(event, notifyQueue);
  }
}
