import type { ParsedMail } from 'mailparser';
import { problems } from '../platform/index.js';
import type { MailHeaders } from './domain/automatic-mail.js';
import { singleLine, truncated } from './domain/text.js';

/** The largest mail that is taken, in bytes: a reply with a photograph or two. */
export const largestMailBytes = 10_485_760;

/** No mail has so many lines or fields; splitting and parsing them would keep everybody else waiting. */
const mostLines = 300_000;
const mostHeaderLines = 1_000;
const longestHeadBytes = 131_072;

const longestText = 20_000;
const longestHtml = 500_000;
const mostAttachments = 50;

/** What the desk looks at in a mail. Nothing else of it is kept. */
export interface InboundMail {
  /** The address in From, in lower case; null: there is not exactly one. */
  from: string | null;
  /** Null: it has none. */
  messageId: string | null;
  subject: string;
  /** At most 20,000 characters. */
  text: string;
  headers: MailHeaders;
  attachments: { name: string; bytes: number }[];
  /** Of a delivery status notification: what it says, and the Message-ID of the mail it is about. */
  report: { status: string; originalMessageId: string | null } | null;
}

/** Reads a mail (RFC 5322, MIME). Throws 422 when it is none, or is built to wear its reader out. */
export async function readMail(source: Buffer): Promise<InboundMail> {
  const fault = shapeFault(source);
  if (fault !== null) throw unreadable(fault);
  const mail = await parse(source);
  const text = mail.text ?? '';
  return {
    from: onlyAddress(mail),
    messageId: mail.messageId ?? null,
    subject: truncated(singleLine(mail.subject ?? ''), 300),
    text: text.slice(0, longestText).toWellFormed().replaceAll('\0', ''),
    headers: headersOf(mail),
    attachments: mail.attachments.slice(0, mostAttachments).map(({ filename, contentType, size }) => ({
      name: truncated(singleLine(filename ?? contentType), 100),
      bytes: size,
    })),
    report: reportOf(mail),
  };
}

function unreadable(detail: string): Error {
  return problems.invalidInput([{ pointer: '', detail }]);
}

/** What is wrong with the outer shape of a mail; null: nothing. Linear, and before anything is parsed. */
function shapeFault(source: Buffer): string | null {
  let lines = 0;
  for (let at = source.indexOf(10); at >= 0; at = source.indexOf(10, at + 1)) lines += 1;
  if (lines > mostLines) return `has more than ${mostLines} lines`;
  const head = source.subarray(0, longestHeadBytes).toString('latin1');
  const end = head.search(/\r?\n\r?\n/);
  if (end < 0 && source.length > longestHeadBytes) return `has a head of more than ${longestHeadBytes} bytes`;
  const fields = (end < 0 ? head : head.slice(0, end)).split('\n');
  if (fields.length > mostHeaderLines) return `has more than ${mostHeaderLines} lines of header fields`;
  return fields.some((line) => /^from:/i.test(line)) ? null : 'must be a mail (RFC 5322): it has no header field From';
}

async function parse(source: Buffer): Promise<ParsedMail> {
  // It is large, and a desk that takes no mail never needs it.
  const { simpleParser } = await import('mailparser');
  try {
    return await simpleParser(source, {
      skipTextToHtml: true,
      skipImageLinks: true,
      maxHtmlLengthToParse: longestHtml,
      keepDeliveryStatus: true,
    });
  } catch {
    throw unreadable('cannot be read as a mail (MIME): it has too many parts, or a part that is too large');
  }
}

function onlyAddress({ from }: ParsedMail): string | null {
  const [one, ...others] = from?.value ?? [];
  return one?.address !== undefined && one.address !== '' && others.length === 0 ? one.address.toLowerCase() : null;
}

function headersOf({ headerLines }: ParsedMail): Map<string, string> {
  return new Map(
    headerLines.map(({ key, line }) => [
      key,
      line
        .slice(line.indexOf(':') + 1)
        .replaceAll(/\r?\n[ \t]*/g, ' ')
        .trim(),
    ]),
  );
}

/** The two parts of a delivery status notification that matter (RFC 3464 section 2, RFC 6522). */
function reportOf({ attachments }: ParsedMail): InboundMail['report'] {
  const part = (...types: string[]) => attachments.find(({ contentType }) => types.includes(contentType))?.content;
  const status = part('message/delivery-status');
  if (status === undefined) return null;
  const original =
    part('message/rfc822', 'text/rfc822-headers')?.subarray(0, longestHeadBytes).toString('latin1') ?? '';
  const unfolded = original.replaceAll(/\r?\n[ \t]+/g, ' ');
  const originalMessageId = /^message-id:[ \t]*(<[^>\r\n]{1,500}>)/im.exec(unfolded)?.[1] ?? null;
  return { status: status.subarray(0, longestHeadBytes).toString('utf8'), originalMessageId };
}
