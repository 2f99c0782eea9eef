import { Egress, EgressFailed, EgressRefused } from '../../platform/index.js';
import { type Channel, type OutgoingMessage, type SendResult } from './channel.js';
import { failed, messageOf } from './failure.js';
import { type SignatureHeaders, signWebhook } from './webhook-signature.js';

/** Answers below 500 after which the same request may succeed later (RFC 9110 section 15.5, RFC 8470, RFC 6585). */
const worthRepeating = [408, 425, 429];

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
    try {
      const headers = { 'content-type': 'application/cloudevents+json; charset=utf-8', ...signature };
      const response = await this.egress.request(message.to, { method: 'POST', headers, body, signal });
      return judge(response.status);
    } catch (error) {
      return explain(error);
    }
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

function judge(status: number): SendResult {
  if (status >= 200 && status < 300) return { outcome: 'delivered' };
  if (status >= 300 && status < 400)
    return failed(true, `The receiver answered ${status}: redirects are not followed.`);
  const permanent = status < 500 && !worthRepeating.includes(status);
  return failed(permanent, `The receiver answered ${status}.`);
}

function explain(error: unknown): SendResult {
  if (error instanceof EgressRefused) return failed(true, error.message);
  // The status is the receiver's word; what is wrong with the rest of the answer does not change it.
  if (error instanceof EgressFailed && error.status !== undefined) return judge(error.status);
  return failed(false, messageOf(error));
}
