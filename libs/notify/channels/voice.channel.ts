import type { TelephonyProvider } from '../channels-config.js';
import { readAloud } from '../domain/speech.js';
import type { Channel, OutgoingMessage, SendResult } from './channel.js';
import { ProviderChain } from './provider-chain.js';
import type { TelephonyChannelOptions } from './sms.channel.js';
import { callbackUrl } from './telephony-callbacks.js';
import { callTwiml } from './twiml.js';

/** How long it rings before nobody has answered: below most mailboxes' time to pick up. */
const ringSeconds = '25';

/** Calls by the first provider that takes them. `sent`: that somebody picked up or pressed a key comes later, by callback. */
export class VoiceChannel implements Channel {
  readonly name = 'voice';
  private readonly chain: ProviderChain;

  constructor(private readonly options: TelephonyChannelOptions) {
    const providers = options.providers.filter(({ voice }) => voice !== undefined);
    this.chain = new ProviderChain('voice', providers, options.now);
  }

  send(message: OutgoingMessage, signal?: AbortSignal): Promise<SendResult> {
    const { client, publicUrl } = this.options;
    const speech = message.speech ?? readAloud(message);
    const attempt = (provider: TelephonyProvider, until: AbortSignal) => {
      const address = (callback: 'status' | 'voice') =>
        callbackUrl(publicUrl(), provider.id, callback, message.attemptId);
      const form = {
        To: message.to,
        From: provider.voice ?? '',
        Timeout: ringSeconds,
        Twiml: callTwiml(speech, address('voice')),
        StatusCallback: address('status'),
      };
      return client.create(provider, 'Calls', form, until);
    };
    return this.chain.send(attempt, signal);
  }
}
