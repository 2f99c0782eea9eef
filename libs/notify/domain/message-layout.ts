import { escapeHtml } from '../../platform/domain/index.js';
import { singleLine, truncated } from './text.js';

/** A message as channels take it: `text` for all of them, `html` beside it for those that show it. */
export interface RenderedMessage {
  /** One line of at most 120 UTF-16 units. */
  subject: string;
  text: string;
  html: string;
}

/** What a message says, before it is laid out. Everything in it may be shown: whoever fills it decides on disclosure. */
export interface MessageContent {
  exercise: boolean;
  subject: string;
  headline: string;
  /** Paragraphs; line breaks inside one are kept. */
  paragraphs: readonly string[];
  /** Lines of a name and a value. */
  facts: readonly (readonly [name: string, value: string])[];
  /** The address to open, with the words that say what it is for. */
  link?: { label: string; url: string };
}

const subjectLength = 120;
const exerciseNotice = 'EXERCISE: this is a drill.';

/** Lays the same content out as plain text and as HTML, so that neither can say more than the other. */
export function layOut(content: MessageContent): RenderedMessage {
  const mark = content.exercise ? 'EXERCISE ' : '';
  return {
    subject: truncated(singleLine(mark + content.subject), subjectLength),
    text: asText(content),
    html: asHtml(content),
  };
}

function asText({ exercise, headline, paragraphs, facts, link }: MessageContent): string {
  const blocks = [
    exercise ? exerciseNotice : '',
    headline,
    ...paragraphs,
    facts.map(([name, value]) => `${name}: ${value}`).join('\n'),
    link === undefined ? '' : `${link.label}:\n${link.url}`,
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

function asHtml({ exercise, headline, paragraphs, facts, link }: MessageContent): string {
  const blocks = [
    exercise ? `<p><strong>${escapeHtml(exerciseNotice)}</strong></p>` : '',
    `<h1>${escapeHtml(headline)}</h1>`,
    ...paragraphs.map((paragraph) => `<p>${escapeHtml(paragraph).replaceAll('\n', '<br>')}</p>`),
    ...facts.map(([name, value]) => `<p><strong>${escapeHtml(name)}:</strong> ${escapeHtml(value)}</p>`),
    link === undefined ? '' : `<p><a href="${escapeHtml(link.url)}">${escapeHtml(link.label)}</a></p>`,
  ];
  const body = blocks.filter((block) => block !== '').join('\n');
  return `<!doctype html>\n<html lang="en">\n<head><meta charset="utf-8"></head>\n<body>\n${body}\n</body>\n</html>\n`;
}
