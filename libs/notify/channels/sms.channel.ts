import type { TelephonyProvider } from '../channels-config.js';
import { truncated } from '../domain/text.js';
import type { Channel, OutgoingMessage, SendResult } from './channel.js';
import { ProviderChain } from './provider-chain.js';
import type { TelephonyClient } from './telephony-client.js';
import { callbackUrl } from './telephony-callbacks.js';

/** The longest text that the API takes, in characters; it is sent in parts. */
const longestBody = 1_600;

export interface TelephonyChannelOptions {
  client: TelephonyClient;
  /** In order; those that have no number for this channel are left out. */
  providers: readonly TelephonyProvider[];
  /** The public address of the desk, which providers call back. */
  publicUrl: () => string;
  now: () => Date;
}

/** SMS by the first provider that takes it. `sent`: receipts come later, by callback. */
export class SmsChannel implements Channel {
  readonly name = 'sms';
  private readonly chain: ProviderChain;

  constructor(private readonly options: TelephonyChannelOptions) {
    const providers = options.providers.filter(({ sms }) => sms !== undefined);
    this.chain = new ProviderChain('sms', providers, options.now);
  }

  send({ to, short, attemptId }: OutgoingMessage, signal?: AbortSignal): Promise<SendResult> {
    const { client, publicUrl } = this.options;
    const attempt = (provider: TelephonyProvider, until: AbortSignal) =>
      client.create(
        provider,
        'Messages',
        {
          To: to,
          From: provider.sms ?? '',
          Body: truncated(short, longestBody),
          StatusCallback: callbackUrl(publicUrl(), provider.id, 'status', attemptId),
        },
        until,
      );
    return this.chain.send(attempt, signal);
  }
}
