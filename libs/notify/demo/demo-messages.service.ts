import { Injectable } from '@nestjs/common';
import { Parameters } from '../../identity/index.js';
import {
  Database,
  decodeCursor,
  isId,
  newId,
  parseReference,
  toPage,
  type Page,
  type Statement,
} from '../../platform/index.js';
import type { DemoMessage } from './demo-message.js';
import type { DemoMessageDto, DemoMessageQuery } from './demo-messages.dto.js';
import { demoPhoneAddress } from './demo-phone-channel.js';

const kept = 2_000;

/** Keeps a message and forgets the oldest. Indexes: the primary keys, contact_methods_owner, the tickets' reference key. */
const keep: Statement = {
  name: 'demo-message-keep',
  text: `
    WITH message AS (
      INSERT INTO codegrey.demo_messages (id, channel, to_address, responder_id, ticket_id, subject, text, links)
      VALUES ($1, $2, $3,
        (SELECT responder_id FROM codegrey.contact_methods WHERE lower(address) = lower($3) AND channel = $2 ORDER BY id LIMIT 1),
        coalesce((SELECT id FROM codegrey.tickets WHERE reference = $4), (SELECT ticket_id FROM codegrey.deliveries WHERE id = $8)),
        $5, $6, $7))
    DELETE FROM codegrey.demo_messages
    WHERE id <= (SELECT id FROM codegrey.demo_messages ORDER BY id DESC OFFSET ${kept - 1} LIMIT 1)`,
};

interface DemoMessageRow extends Record<string, unknown> {
  id: string;
  channel: string;
  to: string;
  responderId: string | null;
  ticketId: string | null;
  subject: string;
  text: string;
  links: string[];
  at: Date;
}

/** What the demo's phones, inbox and telephone network have received: the last 2,000 messages. */
@Injectable()
export class DemoMessages {
  constructor(private readonly database: Database) {}

  /** Keeps a message before its receipt is acknowledged to the sender. */
  async keep({ channel, to, subject, text, links, ticketReference, deliveryId = '' }: DemoMessage): Promise<void> {
    const address = channel === 'webhook' ? demoPhoneAddress(to) : to;
    const storable = [subject, text].map((part) => part.toWellFormed().replaceAll('\0', ''));
    const delivery = isId(deliveryId) ? deliveryId : null;
    await this.database.query(keep, [newId(), channel, address, ticketReference || null, ...storable, links, delivery]);
  }

  /** The newest first. Index: the primary key. */
  async list({ channel, to, ticket, limit, cursor }: DemoMessageQuery): Promise<Page<DemoMessageDto>> {
    const parameters = new Parameters();
    const conditions = ['true'];
    if (channel !== undefined) conditions.push(`message.channel = ${parameters.add(channel)}`);
    if (to !== undefined) {
      const addresses = [to, demoPhoneAddress(to)].map((address) => address.toLowerCase());
      conditions.push(`lower(message.to_address) = ANY(${parameters.add(addresses)}::text[])`);
    }
    if (ticket !== undefined) conditions.push(ticketCondition(ticket, parameters));
    const after = decodeCursor(cursor, ['id']);
    if (after) conditions.push(`message.id < ${parameters.add(after[0])}::uuid`);
    const text = `
      SELECT message.id, message.channel, message.to_address AS "to", message.responder_id AS "responderId",
        message.ticket_id AS "ticketId", message.subject, message.text, message.links, message.at
      FROM codegrey.demo_messages AS message WHERE ${conditions.join(' AND ')}
      ORDER BY message.id DESC LIMIT ${parameters.add(limit + 1)}`;
    const { rows } = await this.database.pool.query<DemoMessageRow>(text, parameters.values);
    return toPage(rows, limit, (row) => [row.id], presentDemoMessage);
  }
}

function ticketCondition(ticket: string, parameters: Parameters): string {
  if (isId(ticket)) return `message.ticket_id = ${parameters.add(ticket)}::uuid`;
  const reference = parseReference(ticket);
  if (reference === null) return 'false';
  return `message.ticket_id = (SELECT id FROM codegrey.tickets WHERE reference = ${parameters.add(reference)})`;
}

function presentDemoMessage(row: DemoMessageRow): DemoMessageDto {
  const { id, channel, to, responderId, ticketId, subject, text, links, at } = row;
  return { id, channel, to, responderId, ticketId, subject, text, links, at: at.toISOString() };
}
