import { type SeverityLevel } from '../domain/page-message.js';

/** One message to one address on one channel: one attempt of a delivery. */
export interface OutgoingMessage {
  /** The same for every attempt of one delivery, so that a receiver can tell a repetition. */
  deliveryId: string;
  /** An e-mail address, or the URL of a webhook. */
  to: string;
  subject: string;
  text: string;
  html?: string;
  /** The addresses in the text which a person is meant to open. */
  links: string[];
  ticketReference: string;
  severity: SeverityLevel;
  /** Webhooks: the signing secret of this receiver, `whsec_` and base64 (Standard Webhooks). */
  secret?: string;
  /** Webhooks: the CloudEvents 1.0 event to send as it is. Without it, one is made of the message. */
  payload?: object;
  /** E-mail: the Message-ID under which mail programs group the messages of one ticket (RFC 5322 section 3.6.4). */
  references?: string;
}

/**
 * What came of an attempt: `sent` is taken over by a server that passes it on (SMTP 250), `delivered` is received by the one it is
 * meant for (2xx of a webhook). A `permanent` failure would be the same again; any other is worth another attempt. `error` is one
 * line for the record, without the address.
 */
export type SendResult =
  | { outcome: 'sent' | 'delivered'; providerMessageId?: string }
  | { outcome: 'failed'; permanent: boolean; error: string };

/** A way to reach people. */
export interface Channel {
  readonly name: 'email' | 'webhook';
  /** Makes one attempt within the channel's own deadline. Never throws: whatever goes wrong is a `failed` result. `signal` gives it up. */
  send(message: OutgoingMessage, signal?: AbortSignal): Promise<SendResult>;
}
