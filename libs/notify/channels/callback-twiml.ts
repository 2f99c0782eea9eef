import type { Speech } from '../domain/speech.js';
import { escapeHtml } from '../../platform/domain/index.js';
import { singleLine, truncated } from '../domain/text.js';

/** An SMS of ten parts; none of ours is longer. */
const longestMessage = 1_500;
const keySeconds = 10;

/** Answers an SMS with another one, or (undefined) with none (twilio.com/docs/messaging/twiml). */
export function messageTwiml(text: string | undefined): string {
  return document(
    text === undefined ? '' : `<Message>${escapeHtml(truncated(singleLine(text), longestMessage))}</Message>`,
  );
}

/** Says something to whoever is on the line, and hangs up (twilio.com/docs/voice/twiml). */
export function sayTwiml(speech: Speech): string {
  return document(`${spoken(speech)}<Hangup/>`);
}

/** Says something and waits for another key, which goes to `keyUrl`. */
export function askTwiml(speech: Speech, keyUrl: string): string {
  const gather = `<Gather input="dtmf" numDigits="1" timeout="${keySeconds}" action="${escapeHtml(keyUrl)}" method="POST">`;
  return document(`${gather}${spoken(speech)}</Gather>`);
}

function spoken({ locale, sentences }: Speech): string {
  const text = escapeHtml(singleLine(sentences.join(' ')));
  return `<Say language="${escapeHtml(locale)}">${text}</Say>`;
}

function document(content: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?><Response>${content}</Response>`;
}
