import { isIP } from 'node:net';
import { Inject, Injectable, Optional, type OnApplicationShutdown } from '@nestjs/common';
import { Clock, Egress, ENVIRONMENT, type Environment } from '../platform/index.js';
import type { Channel } from './channels/channel.js';
import { EmailChannel } from './channels/email.channel.js';
import { WebhookChannel } from './channels/webhook.channel.js';
import { DEMO_DESK, type DemoDesk } from './demo/demo-desk.js';
import { CHANNELS_CONFIG, type ChannelsConfig } from './channels-config.js';
import type { ChannelName } from './domain/channel-name.js';

/** The channels of this process, by their names. */
@Injectable()
export class Channels implements OnApplicationShutdown {
  private readonly channels = new Map<ChannelName, Channel>();
  private readonly email: EmailChannel | undefined;

  constructor(
    @Inject(ENVIRONMENT) environment: Environment,
    @Inject(CHANNELS_CONFIG) config: ChannelsConfig,
    egress: Egress,
    clock: Clock,
    @Optional() @Inject(DEMO_DESK) demo?: DemoDesk,
  ) {
    const now = () => clock.now();
    const webhook = new WebhookChannel(egress, now);
    const url = environment.smtpUrl ?? demo?.smtpUrl;
    if (url !== undefined) {
      const { mailFrom: from, mailReplyTo: replyTo } = environment;
      this.email = new EmailChannel({ url, from, replyTo, requireTls: needsTls(url), now });
    }
    const setUp = [this.email, demo?.webhooks(webhook) ?? webhook];
    for (const channel of setUp) if (channel && config.channels.includes(channel.name)) this.add(channel);
  }

  /** The channel, or undefined where this desk has none of that name. */
  get(name: ChannelName): Channel | undefined {
    return this.channels.get(name);
  }

  /** The names of those that this desk has. */
  get names(): ChannelName[] {
    return [...this.channels.values()].map(({ name }) => name).sort();
  }

  private add(channel: Channel): void {
    this.channels.set(channel.name, channel);
  }

  onApplicationShutdown(): void {
    this.email?.close();
  }
}

/**
 * Whether mail to this server must be encrypted. A connection that leaves this machine is, even where somebody on the way hides
 * that the server could do it; a desk whose server really cannot says so with `?ignoreTLS=true` in its address.
 */
export function needsTls(url: string): boolean {
  const { hostname, searchParams } = new URL(url);
  const host = hostname.replace(/^\[|\]$/g, '');
  const isHere = host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
  return !isHere && searchParams.get('ignoreTLS') !== 'true';
}
