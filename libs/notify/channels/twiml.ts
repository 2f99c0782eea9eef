import type { Speech } from '../domain/speech.js';
import { escapeHtml, singleLine, truncated } from '../domain/text.js';

/** The API takes documents of at most 4,000 characters, and everything is in it twice. */
const longestSpeech = 1_000;
const longestMenu = 300;

/** How long a key is waited for after the last word. */
const keySeconds = 10;

/**
 * What a provider does when somebody picks up (twilio.com/docs/voice/twiml): it reads the message twice, since whoever was asleep
 * misses the first words. A menu is read with it, and the key that is pressed, at any moment, goes to `keyUrl`.
 */
export function callTwiml({ locale, sentences, menu }: Speech, keyUrl: string): string {
  const message = audible(sentences.join(' '), longestSpeech);
  if (menu === undefined) return response(say(locale, message, 2));
  const words = [message, audible(menu, longestMenu)].map((text) => say(locale, text, 1)).join('');
  const gather = `<Gather input="dtmf" numDigits="1" timeout="${keySeconds}" action="${escapeHtml(keyUrl)}" method="POST">`;
  return response(`${gather}${words}<Pause length="2"/>${words}</Gather>`);
}

function response(content: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?><Response>${content}</Response>`;
}

function say(locale: string, text: string, times: number): string {
  return `<Say language="${escapeHtml(locale)}" loop="${times}">${text}</Say>`;
}

/** One line without the marks of XML, which nobody would hear: written as entities they would make the document longer. */
function audible(text: string, maxLength: number): string {
  return truncated(singleLine(text.replace(/[<>&]/g, ' ')), maxLength);
}
