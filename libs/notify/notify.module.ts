import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DeliveryRecords } from '../dispatch/index.js';
import { ENVIRONMENT, openSecretBox, SecretBox, Subscriptions, type Environment } from '../platform/index.js';
import { CHANNELS_CONFIG, loadChannelsConfig, type ChannelsConfig } from './channels-config.js';
import { ChannelsController } from './channels.controller.js';
import { Reachability } from '../roster/index.js';
import { Channels } from './channels.service.js';
import { ContactMethod } from './contact-method.entity.js';
import { ContactMethodsController } from './contact-methods.controller.js';
import { ContactMethods } from './contact-methods.service.js';
import { ContactVerification } from './contact-verification.service.js';
import { DeliveryReceipts } from './delivery-receipts.service.js';
import { DEMO_DESK, type DemoDesk } from './demo/demo-desk.js';
import { PageDeliveryRecords } from './delivery-records.service.js';
import { FollowUpTimers } from './follow-up.timers.js';
import { FormBodies } from './form-body.js';
import { NoticeDeliveries } from './notice-deliveries.service.js';
import { MailBodies } from './mail-body.js';
import { MailIntakeController } from './mail-intake.controller.js';
import { MailIntake } from './mail-intake.service.js';
import { MethodCare } from './method-care.service.js';
import { MethodMessages } from './method-messages.service.js';
import { NotificationRules } from './notification-rules.service.js';
import { notifyEvents, notifyQueue } from './notify-events.js';
import { OwnedByResponder } from './owned-by-responder.service.js';
import { PageLinkController } from './page-link.controller.js';
import { PageLinks } from './page-links.service.js';
import { PageMessages } from './page-messages.service.js';
import { PageNotifications } from './page-notifications.service.js';
import { PageRounds } from './page-rounds.service.js';
import { PageViews } from './page-views.service.js';
import { WithdrawnPages } from './withdrawn-pages.service.js';
import { ProviderUpdates } from './provider-updates.service.js';
import { RosterReachability } from './roster-reachability.service.js';
import { Replies } from './replies.service.js';
import { ReplyChannels } from './reply-channels.js';
import { ReplyGuard } from './reply-guard.js';
import { SpokenReplies } from './reply-phrases.js';
import { TelephonyCallbacksController } from './telephony-callbacks.controller.js';
import { TelephonyCallbacks } from './telephony-callbacks.service.js';
import { Sender } from './sender.service.js';
import { VapidKeyStore } from './vapid-keys.service.js';
import { loadPhrasebook, PHRASEBOOK } from './voice-phrases.js';

/** Contact methods, channels, deliveries, and what people do by the links in messages. */
@Global()
@Module({
  imports: [TypeOrmModule.forFeature([ContactMethod])],
  controllers: [
    ChannelsController,
    ContactMethodsController,
    PageLinkController,
    MailIntakeController,
    TelephonyCallbacksController,
  ],
  providers: [
    { provide: SecretBox, inject: [ENVIRONMENT], useFactory: (environment: Environment) => openSecretBox(environment) },
    {
      provide: CHANNELS_CONFIG,
      inject: [ENVIRONMENT, { token: DEMO_DESK, optional: true }],
      useFactory: channelsOf,
    },
    { provide: DeliveryRecords, useClass: PageDeliveryRecords },
    { provide: PHRASEBOOK, useFactory: () => loadPhrasebook() },
    VapidKeyStore,
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
    PageViews,
    WithdrawnPages,
    PageLinks,
    ReplyChannels,
    ReplyGuard,
    Replies,
    MethodMessages,
    MethodCare,
    DeliveryReceipts,
    MailIntake,
    MailBodies,
    SpokenReplies,
    TelephonyCallbacks,
    ProviderUpdates,
    NoticeDeliveries,
    FollowUpTimers,
    FormBodies,
  ],
  exports: [SecretBox, DeliveryRecords, Reachability, PageNotifications, ProviderUpdates, MethodCare, NoticeDeliveries],
})
export class NotifyModule {
  constructor(subscriptions: Subscriptions) {
    for (const event of notifyEvents) subscriptions.add(event, notifyQueue);
  }
}

function channelsOf(environment: Environment, demo?: DemoDesk): ChannelsConfig {
  const config = loadChannelsConfig(environment);
  return demo?.completed(config) ?? config;
}
