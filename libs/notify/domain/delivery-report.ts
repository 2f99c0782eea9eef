import type { Receipt } from './delivery-receipt.js';
import { singleLine, truncated } from './text.js';

const errorLength = 200;
const mostRecipients = 20;

/**
 * What a delivery status notification (RFC 3464, the text of its `message/delivery-status` part) says of the message: the gravest
 * that it says of any recipient, since each message of the desk has only one. Null: nothing that changes anything (delayed).
 */
export function readDeliveryReport(status: string): Receipt | null {
  // The first group of fields is about the message, each further one about a recipient.
  const recipients = status
    .split(/(?:\r\n|\n)[ \t]*(?:\r\n|\n)/)
    .map(fieldsOf)
    .slice(0, mostRecipients);
  const receipts = recipients.flatMap((fields) => receiptOf(fields) ?? []);
  return receipts.find(({ state }) => state === 'failed') ?? receipts[0] ?? null;
}

function receiptOf(fields: ReadonlyMap<string, string>): Receipt | null {
  switch (fields.get('action')?.toLowerCase()) {
    case 'failed':
      return { state: 'failed', permanent: isPermanent(fields.get('status')), error: errorOf(fields) };
    case 'delivered':
      return { state: 'delivered', permanent: false, error: null };
    case 'relayed':
    case 'expanded':
      return { state: 'sent', permanent: false, error: null };
    default:
      return null;
  }
}

/** Class 5 of RFC 3463. A full mailbox (5.2.2) empties again. */
function isPermanent(status: string | undefined): boolean {
  return status === undefined || (status.startsWith('5.') && !status.startsWith('5.2.2'));
}

/** The status and what the other server said, without addresses. */
function errorOf(fields: ReadonlyMap<string, string>): string {
  const said = (fields.get('diagnostic-code') ?? '')
    .replace(/^smtp;/i, '')
    .replaceAll(/<?[^\s<>]{1,64}@[^\s<>]{1,255}>?/g, '…');
  return truncated(singleLine(`Returned by mail: ${fields.get('status') ?? 'failed'} ${said}`), errorLength);
}

function fieldsOf(group: string): Map<string, string> {
  const unfolded = group.replaceAll(/\r?\n[ \t]+/g, ' ');
  const fields = new Map<string, string>();
  for (const line of unfolded.split(/\r?\n/)) {
    const colon = line.indexOf(':');
    if (colon > 0) fields.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
  }
  return fields;
}

/** The messages of ours, by what their Message-ID holds: one attempt, or a page and the contact method it went to. */
export type SentMessage = { deliveryId: string } | { pageId: string; contactMethodId: string };

const id = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const messageId = new RegExp(`^<?(${id})(?:-(${id}))?@[^\\s<>]{1,255}>?$`);

/** Which message of ours this Message-ID names; null: it is none. */
export function sentMessage(text: string): SentMessage | null {
  const [, first, second] = messageId.exec(text.trim()) ?? [];
  if (first === undefined) return null;
  return second === undefined ? { deliveryId: first } : { pageId: first, contactMethodId: second };
}
