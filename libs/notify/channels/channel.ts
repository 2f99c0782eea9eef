import type { ChannelName } from '../domain/channel-name.js';
import type { SeverityLevel } from '../domain/severity-level.js';
import type { Speech } from '../domain/speech.js';

/** One message to one address on one channel: one attempt of a delivery. */
export interface OutgoingMessage {
  /** The same for every attempt of one delivery, so that a receiver can tell a repetition. */
  deliveryId: string;
  /** This attempt's own id, the one of its row: what a provider's callbacks name. */
  attemptId: string;
  /** The address, as the channel wants it. */
  to: string;
  subject: string;
  text: string;
  /** The same on one line, for channels that count characters. */
  short: string;
  html?: string;
  /** The same for the ear. Without it, the text is read out. */
  speech?: Speech;
  /** The addresses in the text which a person is meant to open. */
  links: string[];
  ticketReference: string;
  severity: SeverityLevel;
  /** Webhooks: the signing secret, `whsec_` and base64 (Standard Webhooks). Push: the keys of the subscription, as JSON. */
  secret?: string;
  /** Webhooks: the CloudEvents 1.0 event to send as it is. Without it, one is made of the message. */
  payload?: object;
  /** E-mail: the Message-ID under which mail programs group the messages of one ticket (RFC 5322 section 3.6.4). */
  references?: string;
}

/**
 * What came of an attempt: `sent` is taken over by a server that passes it on (SMTP 250), `delivered` is received by the one it is
 * meant for (2xx of a webhook). A `permanent` failure would be the same again; any other is worth another attempt. `error` is one
 * line for the record, without the address. `provider` is the one of several by which it went, or by which it failed last.
 */
export type SendResult =
  | { outcome: 'sent' | 'delivered'; providerMessageId?: string; provider?: string }
  | { outcome: 'failed'; permanent: boolean; error: string; provider?: string };

/** A way to reach people. */
export interface Channel {
  readonly name: ChannelName;
  /** Makes one attempt within the channel's own deadline. Never throws: whatever goes wrong is a `failed` result. `signal` gives it up. */
  send(message: OutgoingMessage, signal?: AbortSignal): Promise<SendResult>;
}
