import type { Channel, OutgoingMessage, SendResult } from '../channels/channel.js';
import { failed } from '../channels/failure.js';
import type { DemoPhones } from './demo-phones.js';

/** A name that never resolves (RFC 6761 section 6.4): nothing for a demo phone leaves this machine by mistake. */
const base = 'https://demo-phone.invalid/phones/';

/** The address of a demo phone, as its contact method holds it. It stays valid when the desk starts again. */
export function demoPhoneAddress(name: string): string {
  return base + encodeURIComponent(name);
}

/** The name of the demo phone with this address; undefined: it is not one. */
export function demoPhoneName(address: string): string | undefined {
  if (!address.startsWith(base)) return undefined;
  try {
    return decodeURIComponent(address.slice(base.length)) || undefined;
  } catch {
    return undefined;
  }
}

/** Webhooks of a desk with demo phones: hands over to the phone what is for one, to `others` what is for anybody else. */
export class DemoPhoneChannel implements Channel {
  readonly name = 'webhook';

  constructor(
    private readonly phones: Pick<DemoPhones, 'register'>,
    /** May reach the phones. */
    private readonly here: Channel,
    private readonly others: Channel,
  ) {}

  async send(message: OutgoingMessage, signal?: AbortSignal): Promise<SendResult> {
    const phone = demoPhoneName(message.to);
    if (phone === undefined) return this.others.send(message, signal);
    if (message.secret === undefined) return failed(true, 'The demo phone has no signing secret.');
    // The phones live as long as the process; whom they belong to stands in the database.
    const to = this.phones.register(phone, message.secret);
    return this.here.send({ ...message, to }, signal);
  }
}
