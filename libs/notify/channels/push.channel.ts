import type { Egress } from '../../platform/index.js';
import { readPushKeys } from '../domain/push-keys.js';
import type { SeverityLevel } from '../domain/severity-level.js';
import { truncatedBytes } from '../domain/text.js';
import type { Channel, OutgoingMessage, SendResult } from './channel.js';
import { failed, messageOf } from './failure.js';
import { httpAttempt } from './http-attempt.js';

/** The desk's own keys for Voluntary Application Server Identification (RFC 8292). */
export interface VapidKeys {
  publicKey: string;
  privateKey: string;
}

/** A phone that was without a network for so long still shows the page. */
const timeToLiveSeconds = 3_600;

/** Every push service takes messages of 4,096 bytes (RFC 8030 section 7.2); encryption and the names of members take their part. */
const longestTextBytes = 2_500;

/** By which a phone decides whether to wake (RFC 8030 section 5.3). */
const urgencyOf: Record<SeverityLevel, 'high' | 'normal'> = {
  SEV1: 'high',
  SEV2: 'high',
  SEV3: 'normal',
  SEV4: 'normal',
};

/** Web Push: encrypted for one browser (RFC 8291), signed by the desk (RFC 8292), left at the browser's push service (RFC 8030). */
export class PushChannel implements Channel {
  readonly name = 'push';

  /** `contact` is whom the operator of a push service may ask: a mailto: or https: URL. */
  constructor(
    private readonly egress: Egress,
    private readonly vapid: () => Promise<VapidKeys>,
    private readonly contact: string,
  ) {}

  async send(message: OutgoingMessage, signal?: AbortSignal): Promise<SendResult> {
    const keys = readPushKeys(message.secret ?? '');
    if (keys === undefined) return failed(true, 'The subscription has no usable keys.');
    try {
      // Loaded once somebody has a subscription.
      const { default: webpush } = await import('web-push');
      const vapidDetails = { subject: this.contact, ...(await this.vapid()) };
      const { headers, body } = webpush.generateRequestDetails(
        { endpoint: message.to, keys },
        JSON.stringify(notification(message)),
        { vapidDetails, TTL: timeToLiveSeconds, urgency: urgencyOf[message.severity], topic: topicOf(message) },
      );
      const texts = Object.fromEntries(
        Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
      );
      return await httpAttempt(this.egress, message.to, { method: 'POST', headers: texts, body, signal }, () => ({
        outcome: 'sent',
      }));
    } catch (error) {
      return failed(false, messageOf(error));
    }
  }
}

/** What the page's service worker shows, and the address that a tap opens. */
function notification({ subject, short, links: [link], ticketReference, severity }: OutgoingMessage): object {
  return {
    title: subject,
    body: truncatedBytes(short, longestTextBytes),
    url: link ?? null,
    tag: ticketReference,
    severity,
  };
}

/** A later page about a ticket takes the place of one that still waits for the phone. */
function topicOf({ ticketReference }: OutgoingMessage): string | undefined {
  return /^[\w-]{1,32}$/.test(ticketReference) ? ticketReference : undefined;
}
