import type { Received, Reply } from './http-double.js';

// What each service takes and how it refuses, written from its documentation.

/** Slack's incoming webhook: Block Kit within its limits, `ok` as text, `invalid_blocks` otherwise. */
export function slack({ body }: Received): Reply {
  const { text, blocks } = JSON.parse(body.toString('utf8')) as { text: string; blocks: Block[] };
  const isRight = /^(?:[^<>&]|&(?:amp|lt|gt);)+$/.test(text) && blocks.length <= 50 && blocks.every(isBlock);
  return isRight ? { status: 200, body: 'ok' } : { status: 400, body: 'invalid_blocks' };
}

interface Block {
  type: string;
  text?: { type: string; text: string };
  elements?: { type: string; text: { type: string; text: string }; url: string }[];
}

function isBlock({ type, text, elements }: Block): boolean {
  if (type === 'header') return text?.type === 'plain_text' && within(text.text, 150);
  if (type === 'section') return text !== undefined && within(text.text, 3_000);
  if (type !== 'actions' || elements === undefined) return false;
  return elements.every((one) => one.type === 'button' && within(one.text.text, 75) && within(one.url, 3_000));
}

/** Mattermost's incoming webhook: a text of at most 16,383 characters. */
export function mattermost({ body }: Received): Reply {
  const { text } = JSON.parse(body.toString('utf8')) as { text: unknown };
  return typeof text === 'string' && within(text, 16_383) ? { status: 200, body: 'ok' } : { status: 400 };
}

/** The webhook of a Teams workflow: one Adaptive Card in at most 28 KB, 202 without a body. */
export function teams({ body }: Received): Reply {
  const { type, attachments } = JSON.parse(body.toString('utf8')) as {
    type: string;
    attachments: { contentType: string; content: { type: string; version: string; body: object[] } }[];
  };
  const [card] = attachments;
  const isRight =
    body.length <= 28 * 1_024 &&
    type === 'message' &&
    attachments.length === 1 &&
    card?.contentType === 'application/vnd.microsoft.card.adaptive' &&
    card.content.type === 'AdaptiveCard' &&
    card.content.body.length > 0;
  return isRight ? { status: 202 } : { status: 400 };
}

/** ntfy's publishing as JSON: the fields of docs.ntfy.sh/publish and its limits. */
export function ntfy({ method, path, body }: Received): Reply {
  const {
    topic,
    message,
    priority,
    actions = [],
  } = JSON.parse(body.toString('utf8')) as {
    topic: string;
    message: string;
    priority: number;
    actions?: { action: string; label: string; url: string }[];
  };
  const isRight =
    method === 'POST' &&
    path === '/' &&
    /^[-_A-Za-z0-9]{1,64}$/.test(topic) &&
    Buffer.byteLength(message) <= 4_096 &&
    [1, 2, 3, 4, 5].includes(priority) &&
    actions.length <= 3 &&
    actions.every(({ action, label, url }) => action === 'view' && label !== '' && URL.canParse(url));
  return isRight ? { status: 200, body: { id: 'hwQ2YpKdmg', event: 'message', topic } } : { status: 400 };
}

function within(text: string, length: number): boolean {
  return text.length > 0 && text.length <= length;
}
