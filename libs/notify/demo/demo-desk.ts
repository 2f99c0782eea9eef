import type { OnApplicationShutdown } from '@nestjs/common';
import { Clock, Egress, parseCidrs } from '../../platform/index.js';
import type { Channel } from '../channels/channel.js';
import { WebhookChannel } from '../channels/webhook.channel.js';
import { DemoInbox } from './demo-inbox.js';
import { DemoMessages } from './demo-messages.service.js';
import { DemoPhoneChannel } from './demo-phone-channel.js';
import { DemoPhones } from './demo-phones.js';

/** Injection token of the running `DemoDesk`. Only the embedded default provides it. */
export const DEMO_DESK = Symbol('DemoDesk');

/** The demo inbox and the demo phones, running. */
export class DemoDesk implements OnApplicationShutdown {
  private constructor(
    private readonly inbox: DemoInbox,
    private readonly phones: DemoPhones,
    private readonly egress: Egress,
    private readonly now: () => Date,
    /** Where the demo inbox takes mail. */
    readonly smtpUrl: string,
  ) {}

  /** Starts both. What they receive is kept in `messages`. */
  static async start(messages: DemoMessages, clock: Clock): Promise<DemoDesk> {
    const now = () => clock.now();
    const inbox = new DemoInbox((message) => messages.keep(message));
    const phones = new DemoPhones((message) => messages.keep(message), now);
    const [{ url }] = await Promise.all([inbox.start(), phones.start()]);
    // A way out of its own: it reaches the phones on this machine, and only for addresses made by the phones themselves.
    const egress = new Egress({ allow: parseCidrs('127.0.0.1/32') });
    return new DemoDesk(inbox, phones, egress, now, url);
  }

  /** The webhook channel of a desk with demo phones: `others` takes whatever is not for one of them. */
  webhooks(others: Channel): Channel {
    return new DemoPhoneChannel(this.phones, new WebhookChannel(this.egress, this.now), others);
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([this.inbox.stop(), this.phones.stop(), this.egress.close()]);
  }
}
