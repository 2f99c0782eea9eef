import { isIP } from 'node:net';
import { Inject, Injectable, Optional, type OnApplicationShutdown } from '@nestjs/common';
import { Clock, Egress, ENVIRONMENT, type Environment } from '../platform/index.js';
import type { Channel } from './channels/channel.js';
import { EmailChannel } from './channels/email.channel.js';
import { WebhookChannel } from './channels/webhook.channel.js';
import { DEMO_DESK, type DemoDesk } from './demo/demo-desk.js';
import type { AvailableChannel } from './domain/address.js';

/** The channels of this process, by their names. */
@Injectable()
export class Channels implements OnApplicationShutdown {
  private readonly channels = new Map<string, Channel>();
  private readonly email: EmailChannel | undefined;

  constructor(
    @Inject(ENVIRONMENT) environment: Environment,
    egress: Egress,
    clock: Clock,
    @Optional() @Inject(DEMO_DESK) demo?: DemoDesk,
  ) {
    const now = () => clock.now();
    const webhook = new WebhookChannel(egress, now);
    this.channels.set('webhook', demo?.webhooks(webhook) ?? webhook);
    const url = environment.smtpUrl ?? demo?.smtpUrl;
    if (url === undefined) return;
    this.email = new EmailChannel({
      url,
      from: environment.mailFrom,
      replyTo: environment.mailReplyTo,
      requireTls: needsTls(url),
      now,
    });
    this.channels.set('email', this.email);
  }

  /** The channel, or undefined where this desk has none of that name. */
  get(name: string): Channel | undefined {
    return this.channels.get(name);
  }

  /** The names of those that this desk has. */
  get names(): AvailableChannel[] {
    return [...this.channels.values()].map(({ name }) => name).sort();
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
