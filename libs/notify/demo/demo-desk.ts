import type { OnApplicationShutdown } from '@nestjs/common';
import { Clock, Egress, parseCidrs } from '../../platform/index.js';
import type { Channel } from '../channels/channel.js';
import { TelephonyClient } from '../channels/telephony-client.js';
import { WebhookChannel } from '../channels/webhook.channel.js';
import type { ChannelsConfig, TelephonyProvider } from '../channels-config.js';
import { DemoInbox } from './demo-inbox.js';
import { DemoMessages } from './demo-messages.service.js';
import { DemoPhoneChannel } from './demo-phone-channel.js';
import { DemoPhones } from './demo-phones.js';
import { DemoTelephony } from './demo-telephony.js';

/** Injection token of the running `DemoDesk`. Only the embedded default provides it. */
export const DEMO_DESK = Symbol('DemoDesk');

/** The demo inbox, the demo phones and the demo telephone network, running. */
export class DemoDesk implements OnApplicationShutdown {
  private constructor(
    private readonly inbox: DemoInbox,
    private readonly phones: DemoPhones,
    private readonly telephony: DemoTelephony,
    private readonly egress: Egress,
    private readonly now: () => Date,
    /** Where the demo inbox takes mail. */
    readonly smtpUrl: string,
    private readonly provider: TelephonyProvider,
  ) {}

  /** Starts them. What they receive is kept in `messages`. */
  static async start(messages: DemoMessages, clock: Clock): Promise<DemoDesk> {
    const now = () => clock.now();
    const inbox = new DemoInbox((message) => messages.keep(message));
    const phones = new DemoPhones((message) => messages.keep(message), now);
    const telephony = new DemoTelephony((message) => messages.keep(message));
    const [{ url }, provider] = await Promise.all([inbox.start(), telephony.start(), phones.start()]);
    // A way out of its own: it reaches this machine, and only for addresses made by what is started here.
    const egress = new Egress({ allow: parseCidrs('127.0.0.1/32') });
    return new DemoDesk(inbox, phones, telephony, egress, now, url, provider);
  }

  /** The webhook channel of a desk with demo phones: `others` takes whatever is not for one of them. */
  webhooks(others: Channel): Channel {
    return new DemoPhoneChannel(this.phones, new WebhookChannel(this.egress, this.now), others);
  }

  /** The channels of a desk: where no provider of SMS and voice is set up, the demo's own takes the place. */
  completed(config: ChannelsConfig): ChannelsConfig {
    return config.telephony.length > 0 ? config : { ...config, telephony: [this.provider] };
  }

  /** How the providers of this desk are spoken to. */
  telephonyClient({ telephony }: ChannelsConfig, others: TelephonyClient): TelephonyClient {
    return telephony.includes(this.provider) ? new TelephonyClient(this.egress) : others;
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([this.inbox.stop(), this.phones.stop(), this.telephony.stop(), this.egress.close()]);
  }
}
