import { Injectable } from '@nestjs/common';
import { Database, type Statement } from '../database/database.js';
import type { Work } from '../database/unit-of-work.js';

/** A message that a consumer may act on. */
export interface OutboxMessage {
  id: string;
  event: string;
  /** What the event is about: a ticket, a page, a clock. */
  subjectId: string;
  ticketId: string | null;
  /** How often it has been published. */
  attempt: number;
}

const columns = 'id, event, subject_id AS "subjectId", ticket_id AS "ticketId", attempt';

/** Deleting the row in the transaction of the effect is the right to act. Index: the primary key. */
const take: Statement = { name: 'outbox-take', text: `DELETE FROM codegrey.outbox WHERE id = $1 RETURNING ${columns}` };

/** Keeps a message from being published again while somebody works on it outside a transaction. Index: the primary key. */
const lease: Statement = {
  name: 'outbox-lease',
  text: `
    UPDATE codegrey.outbox
    SET leased_until = clock_timestamp() + $2 * interval '1 millisecond',
        due_at = greatest(due_at, clock_timestamp() + $2 * interval '1 millisecond')
    WHERE id = $1 AND (leased_until IS NULL OR leased_until < clock_timestamp())
    RETURNING ${columns}`,
};

/** The messages between a decision and its effects. */
@Injectable()
export class Outbox {
  constructor(private readonly database: Database) {}

  /** Takes the message for good, inside the transaction of its effect. Null: somebody else has already acted on it. */
  async take(work: Work, messageId: string): Promise<OutboxMessage | null> {
    const [message] = await work.query<OutboxMessage>(take, [messageId]);
    return message ?? null;
  }

  /**
   * Takes the message for `forMs`, for an effect that needs the network: it is finished by `take`. Should this process
   * die, somebody else gets it when the time is over. Null: it is in other hands, or gone.
   */
  async lease(messageId: string, forMs: number): Promise<OutboxMessage | null> {
    const [message] = await this.database.query<OutboxMessage>(lease, [messageId, forMs]);
    return message ?? null;
  }
}
