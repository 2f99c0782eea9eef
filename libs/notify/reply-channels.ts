import { Inject, Injectable, Optional } from '@nestjs/common';
import { ENVIRONMENT, type Environment } from '../platform/index.js';
import { DEMO_DESK, type DemoDesk } from './demo/demo-desk.js';
import { CHANNELS_CONFIG, type ChannelsConfig } from './channels-config.js';
import type { ChannelName } from './domain/channel-name.js';

/** On which channels a page may be answered by a reply: only where the reply really comes back to the desk. */
@Injectable()
export class ReplyChannels {
  private readonly takesMail: boolean;
  private readonly takesSms: boolean;

  constructor(
    @Inject(ENVIRONMENT) environment: Environment,
    @Inject(CHANNELS_CONFIG) { telephony }: ChannelsConfig,
    @Optional() @Inject(DEMO_DESK) demo?: DemoDesk,
  ) {
    const hasDemoInbox = environment.smtpUrl === undefined && demo !== undefined;
    this.takesMail = environment.mailReplyTo !== undefined || hasDemoInbox;
    // Any of the providers may be the one that a message goes by, and nobody answers to a name.
    const senders = telephony.flatMap(({ sms }) => sms ?? []);
    this.takesSms = senders.length > 0 && senders.every((sender) => sender.startsWith('+'));
  }

  takes(channel: ChannelName): boolean {
    return (channel === 'email' && this.takesMail) || (channel === 'sms' && this.takesSms);
  }
}
