import type { Egress } from '../../platform/index.js';
import type { SeverityLevel } from '../domain/severity-level.js';
import { truncatedBytes } from '../domain/text.js';
import type { Channel, OutgoingMessage, SendResult } from './channel.js';
import { httpAttempt, textMember } from './http-attempt.js';

/** From 1 to 5; 5 rings through "do not disturb" where its owner lets it. */
const priorityOf: Record<SeverityLevel, number> = { SEV1: 5, SEV2: 4, SEV3: 3, SEV4: 3 };

/** A longer message would be turned into a file to download. */
const longestMessageBytes = 4_096;

/** Notifications by ntfy (docs.ntfy.sh/publish, "Publish as JSON"). The only actions are links that a person opens. */
export class NtfyChannel implements Channel {
  readonly name = 'ntfy';

  /** `tokens` are by the origin of the server that wants one. */
  constructor(
    private readonly egress: Egress,
    private readonly tokens: ReadonlyMap<string, string>,
  ) {}

  send(message: OutgoingMessage, signal?: AbortSignal): Promise<SendResult> {
    const { origin, pathname } = new URL(message.to);
    const token = this.tokens.get(origin);
    const headers = {
      'content-type': 'application/json',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    };
    const body = JSON.stringify(publication(pathname.slice(1), message));
    return httpAttempt(this.egress, `${origin}/`, { method: 'POST', headers, body, signal }, (answer) => ({
      outcome: 'sent',
      providerMessageId: textMember(answer, 'id'),
    }));
  }
}

function publication(topic: string, { subject, short, severity, links: [link] }: OutgoingMessage): object {
  return {
    topic,
    title: subject,
    message: truncatedBytes(short, longestMessageBytes),
    priority: priorityOf[severity],
    ...(link === undefined
      ? {}
      : { click: link, actions: [{ action: 'view', label: 'Open', url: link, clear: true }] }),
  };
}
