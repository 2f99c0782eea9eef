import type { Egress } from '../../platform/index.js';
import { type Channel, type OutgoingMessage, type SendResult } from './channel.js';
import { failed } from './failure.js';
import { httpAttempt } from './http-attempt.js';
import { type SignatureHeaders, signWebhook } from './webhook-signature.js';

/** Webhooks by HTTP: a CloudEvents 1.0 event, signed by the Standard Webhooks specification. */
export class WebhookChannel implements Channel {
  readonly name = 'webhook';

  constructor(
    private readonly egress: Egress,
    private readonly now: () => Date,
  ) {}

  async send(message: OutgoingMessage, signal?: AbortSignal): Promise<SendResult> {
    const at = this.now();
    const body = JSON.stringify(message.payload ?? eventOf(message, at));
    const signature = signatureOf(message, at, body);
    if (signature === undefined) return failed(true, 'The receiver has no usable signing secret (whsec_ and base64).');
    const headers = { 'content-type': 'application/cloudevents+json; charset=utf-8', ...signature };
    return httpAttempt(this.egress, message.to, { method: 'POST', headers, body, signal }, () => ({
      outcome: 'delivered',
    }));
  }
}

/** The message as an event, for receivers that show it to a person. */
function eventOf(message: OutgoingMessage, at: Date): object {
  const { subject, text, links, severity, ticketReference } = message;
  return {
    specversion: '1.0',
    id: message.deliveryId,
    source: '/codegrey',
    type: 'page.sent',
    subject: ticketReference,
    time: at.toISOString(),
    datacontenttype: 'application/json',
    data: { subject, text, links, severity },
  };
}

function signatureOf({ deliveryId, secret }: OutgoingMessage, at: Date, body: string): SignatureHeaders | undefined {
  if (secret === undefined) return undefined;
  try {
    return signWebhook(deliveryId, at, body, secret);
  } catch {
    return undefined;
  }
}
