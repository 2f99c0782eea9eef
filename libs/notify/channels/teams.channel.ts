import type { Egress } from '../../platform/index.js';
import { truncated } from '../domain/text.js';
import type { Channel, OutgoingMessage, SendResult } from './channel.js';
import { httpAttempt } from './http-attempt.js';

/** A message of 28 KB is the largest that Teams takes; this leaves room for four bytes a character. */
const longestText = 5_000;

/** Messages to a Teams room: an Adaptive Card to the webhook of a workflow (learn.microsoft.com, "Create incoming webhooks with Workflows"). */
export class TeamsChannel implements Channel {
  readonly name = 'teams';

  constructor(private readonly egress: Egress) {}

  send(message: OutgoingMessage, signal?: AbortSignal): Promise<SendResult> {
    const headers = { 'content-type': 'application/json; charset=utf-8' };
    const attachment = {
      contentType: 'application/vnd.microsoft.card.adaptive',
      contentUrl: null,
      content: card(message),
    };
    const body = JSON.stringify({ type: 'message', attachments: [attachment] });
    return httpAttempt(this.egress, message.to, { method: 'POST', headers, body, signal }, () => ({ outcome: 'sent' }));
  }
}

/** A text run shows its text as it is; a text block would read Markdown in it. */
function card({ subject, text, links: [link] }: OutgoingMessage): object {
  const lines = truncated(text.trim(), longestText).split('\n');
  return {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.4',
    fallbackText: subject,
    body: [
      { type: 'RichTextBlock', inlines: [{ type: 'TextRun', text: subject, weight: 'Bolder', size: 'Medium' }] },
      ...lines
        .filter((line) => line !== '')
        .map((line) => ({ type: 'RichTextBlock', inlines: [{ type: 'TextRun', text: line }] })),
    ],
    actions: link === undefined ? [] : [{ type: 'Action.OpenUrl', title: 'Open', url: link }],
  };
}
