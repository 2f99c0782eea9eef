import type { Egress } from '../../platform/index.js';
import { truncated } from '../domain/text.js';
import type { Channel, OutgoingMessage, SendResult } from './channel.js';
import { httpAttempt } from './http-attempt.js';

/** Limits of Block Kit (docs.slack.dev/reference/block-kit): the text of a header and of a section. */
const longestHeader = 150;
const longestSection = 3_000;

/** Messages to a Slack room by its incoming webhook (docs.slack.dev/messaging/sending-messages-using-incoming-webhooks). */
export class SlackChannel implements Channel {
  readonly name = 'slack';

  constructor(private readonly egress: Egress) {}

  send(message: OutgoingMessage, signal?: AbortSignal): Promise<SendResult> {
    const headers = { 'content-type': 'application/json; charset=utf-8' };
    const body = JSON.stringify(blocks(message));
    return httpAttempt(this.egress, message.to, { method: 'POST', headers, body, signal }, () => ({ outcome: 'sent' }));
  }
}

/** `text` is what notifications and screen readers show; texts are plain, so that nothing in them is read as a mention. */
function blocks({ subject, text, links: [link] }: OutgoingMessage): object {
  const button = { type: 'button', text: { type: 'plain_text', text: 'Open' }, url: link, style: 'danger' };
  return {
    text: escaped(subject),
    unfurl_links: false,
    blocks: [
      { type: 'header', text: { type: 'plain_text', text: truncated(subject, longestHeader) } },
      { type: 'section', text: { type: 'plain_text', text: truncated(text.trim(), longestSection) } },
      ...(link === undefined ? [] : [{ type: 'actions', elements: [button] }]),
    ],
  };
}

/** The three characters by which Slack knows its own marks (docs.slack.dev/messaging/formatting-message-text). */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
