import type { OutgoingMessage } from './channels/channel.js';
import type { ContactMethod } from './contact-method.entity.js';
import type { ReplyAnswer } from './domain/reply-answer.js';
import { speakCode, type ReplyPhrases } from './domain/reply-speech.js';
import { layOut } from './domain/message-layout.js';

/** What a message is made of that concerns no ticket: about a contact method itself, or about its owner. */
interface OwnMessage {
  deliveryId: string;
  attemptId: string;
  method: Pick<ContactMethod, 'channel' | 'address'>;
  /** The type of the CloudEvents event that a webhook receives. */
  type: string;
  subject: string;
  paragraphs: string[];
  /** What a webhook's receiver finds beside the text. */
  data: Record<string, string>;
  secret: string | undefined;
  now: Date;
}

/** What of a message is known before it is written. */
export type MessageParts = Omit<OwnMessage, 'type' | 'subject' | 'paragraphs' | 'data'>;

/** The message that carries a code; `phrases` read it out where it is a call. */
export function codeMessage(code: string, message: MessageParts, phrases: ReplyPhrases | undefined): OutgoingMessage {
  const spoken = phrases && { speech: speakCode(code, phrases) };
  const written = ownMessage({
    ...message,
    type: 'contact-method.verification',
    subject: `Codegrey: your code is ${code}`,
    paragraphs: [
      `Your code is ${code}. It is valid for 10 minutes.`,
      'With it, this becomes a way to page you. If you did not ask for it, ignore this message.',
    ],
    data: { code },
  });
  return { ...written, ...spoken };
}

/** The message that only shows that it arrives. */
export function testMessage(message: MessageParts): OutgoingMessage {
  return ownMessage({
    ...message,
    type: 'contact-method.test',
    subject: 'Codegrey: test message',
    paragraphs: ['This is a test. A page from the response desk would reach you like this.'],
    data: {},
  });
}

/** The message that tells somebody about the roster or about themselves. */
export function noticeMessage(
  notice: { kind: string; subject: string; text: string },
  message: MessageParts,
): OutgoingMessage {
  return ownMessage({
    ...message,
    type: 'notice.owed',
    subject: `Codegrey: ${notice.subject}`,
    paragraphs: [notice.text],
    data: { kind: notice.kind },
  });
}

/** The message that says what came of a reply. */
export function replyMessage({ subject, text }: ReplyAnswer, parts: MessageParts): OutgoingMessage {
  return ownMessage({ ...parts, type: 'page.reply-answered', subject, paragraphs: [text], data: {} });
}

function ownMessage(message: OwnMessage): OutgoingMessage {
  const { deliveryId, attemptId, method, type, subject, paragraphs, data, secret, now } = message;
  const rendered = layOut({ exercise: false, subject, headline: subject, paragraphs, facts: [] });
  const payload = {
    specversion: '1.0',
    id: deliveryId,
    source: '/codegrey',
    type,
    time: now.toISOString(),
    datacontenttype: 'application/json',
    data: { subject: rendered.subject, text: rendered.text, ...data },
  };
  return {
    deliveryId,
    attemptId,
    to: method.address,
    ...rendered,
    links: [],
    ticketReference: '',
    severity: 'SEV4',
    secret,
    payload,
  };
}
