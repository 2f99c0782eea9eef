import type { Egress } from '../../platform/index.js';
import { truncated } from '../domain/text.js';
import type { Channel, OutgoingMessage, SendResult } from './channel.js';
import { httpAttempt } from './http-attempt.js';

/** The longest post that servers of every supported version take, in characters. */
const longestPost = 16_383;

/** Messages to a Mattermost room by its incoming webhook (developers.mattermost.com/integrate/webhooks/incoming). */
export class MattermostChannel implements Channel {
  readonly name = 'mattermost';

  constructor(private readonly egress: Egress) {}

  send({ to, text }: OutgoingMessage, signal?: AbortSignal): Promise<SendResult> {
    const headers = { 'content-type': 'application/json; charset=utf-8' };
    const body = JSON.stringify({ text: truncated(withoutMentions(text.trim()), longestPost) });
    return httpAttempt(this.egress, to, { method: 'POST', headers, body, signal }, () => ({ outcome: 'sent' }));
  }
}

/** Posts are Markdown in which @all would wake everybody: a zero-width space keeps a mention from being one. */
function withoutMentions(text: string): string {
  return text.replaceAll('@', '@\u200b');
}
