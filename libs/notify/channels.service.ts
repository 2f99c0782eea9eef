import { isIP } from 'node:net';
import { Inject, Injectable, Optional, type OnApplicationShutdown } from '@nestjs/common';
import { BaseAddress, Clock, Egress, ENVIRONMENT, type Environment } from '../platform/index.js';
import { CHANNELS_CONFIG, type ChannelsConfig } from './channels-config.js';
import type { ChannelDto } from './channel.dto.js';
import type { Channel } from './channels/channel.js';
import { EmailChannel } from './channels/email.channel.js';
import { MatrixChannel } from './channels/matrix.channel.js';
import { MattermostChannel } from './channels/mattermost.channel.js';
import { NtfyChannel } from './channels/ntfy.channel.js';
import { PushChannel } from './channels/push.channel.js';
import { SlackChannel } from './channels/slack.channel.js';
import { SmsChannel } from './channels/sms.channel.js';
import { TeamsChannel } from './channels/teams.channel.js';
import { TelephonyClient } from './channels/telephony-client.js';
import { VoiceChannel } from './channels/voice.channel.js';
import { WebhookChannel } from './channels/webhook.channel.js';
import { DEMO_DESK, type DemoDesk } from './demo/demo-desk.js';
import { channelNames, type ChannelName } from './domain/channel-name.js';
import { trustOf } from './domain/disclosure.js';
import { VapidKeyStore } from './vapid-keys.service.js';

/** The channels of this process, by their names: those that the desk's file permits and that are set up. */
@Injectable()
export class Channels implements OnApplicationShutdown {
  private readonly channels: Map<ChannelName, Channel>;
  private readonly email: EmailChannel | undefined;

  constructor(
    @Inject(ENVIRONMENT) environment: Environment,
    @Inject(CHANNELS_CONFIG) private readonly config: ChannelsConfig,
    egress: Egress,
    vapid: VapidKeyStore,
    base: BaseAddress,
    clock: Clock,
    @Optional() @Inject(DEMO_DESK) demo?: DemoDesk,
  ) {
    const now = () => clock.now();
    const webhook = new WebhookChannel(egress, now);
    const url = environment.smtpUrl ?? demo?.smtpUrl;
    const { mailFrom: from, mailReplyTo: replyTo } = environment;
    const mail = { from, replyTo, now };
    this.email = url === undefined ? undefined : new EmailChannel({ ...mail, url, requireTls: needsTls(url) });
    const provided = new TelephonyClient(egress);
    const client = demo?.telephonyClient(config, provided) ?? provided;
    const telephony = { client, providers: config.telephony, publicUrl: () => base.url, now };
    const setUp: (Channel | undefined)[] = [
      this.email,
      config.telephony.some(({ sms }) => sms !== undefined) ? new SmsChannel(telephony) : undefined,
      config.telephony.some(({ voice }) => voice !== undefined) ? new VoiceChannel(telephony) : undefined,
      new PushChannel(egress, () => vapid.keys(), config.pushContact ?? contactOf(from)),
      new NtfyChannel(egress, config.ntfyTokens),
      config.matrix && new MatrixChannel({ egress, ...config.matrix }),
      new SlackChannel(egress),
      new MattermostChannel(egress),
      new TeamsChannel(egress),
      demo?.webhooks(webhook) ?? webhook,
    ];
    const permitted = setUp.filter((channel) => channel !== undefined && config.channels.includes(channel.name));
    this.channels = new Map(permitted.flatMap((channel) => (channel ? [[channel.name, channel]] : [])));
  }

  /** The channel, or undefined where this desk has none of that name. */
  get(name: ChannelName): Channel | undefined {
    return this.channels.get(name);
  }

  /** The names of those that this desk has. */
  get names(): ChannelName[] {
    return [...this.channels.keys()].sort();
  }

  /** All that there could be, and how it stands with each here. */
  list(): ChannelDto[] {
    return channelNames.map((name) => ({
      name,
      available: this.channels.has(name),
      trust: trustOf(name, ''),
      providers: this.config.telephony.filter((provider) => name in provider).map(({ id }) => id),
    }));
  }

  onApplicationShutdown(): void {
    this.email?.close();
  }
}

/** The address that mail comes from, as a push service takes it. */
function contactOf(from: string): string {
  return `mailto:${/<([^<>]+)>\s*$/.exec(from)?.[1] ?? from.trim()}`;
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
