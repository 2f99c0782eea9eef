import { Injectable } from '@nestjs/common';
import { Parameters, visibleTo, type Viewer } from '../identity/index.js';
import { Database, decodeCursor, toPage, type Page, type PageQuery } from '../platform/index.js';
import type { TimelineEntryDto } from './case-actions.dto.js';
import { TicketReader } from './ticket-reader.service.js';

interface JournalRow extends Record<string, unknown> {
  id: string;
  sequence: string;
  at: Date;
  type: string;
  subjectType: string;
  subjectId: string;
  reference: string | null;
  actorType: string;
  actorId: string | null;
  changes: Record<string, unknown> | null;
  note: string | null;
}

/** What happened to a case, in order: a view of the journal. */
@Injectable()
export class Timeline {
  constructor(
    private readonly database: Database,
    private readonly tickets: TicketReader,
  ) {}

  /** The entries of a ticket, oldest first. Index: journal_ticket. */
  async ofTicket(viewer: Viewer, idOrReference: string, query: PageQuery): Promise<Page<TimelineEntryDto>> {
    const ticket = await this.tickets.find(viewer, idOrReference);
    const parameters = new Parameters();
    const scope = {
      ticketId: 'ticket.id',
      providerId: 'ticket.provider_id',
      country: 'ticket.country',
      tlp: 'ticket.tlp',
      audience: 'entry.audience',
    };
    const conditions = [`entry.ticket_id = ${parameters.add(ticket.id)}::uuid`, visibleTo(viewer, scope, parameters)];
    const after = decodeCursor(query.cursor, ['number']);
    if (after) conditions.push(`entry.sequence > ${parameters.add(after[0])}::bigint`);
    const text = `
      SELECT entry.id, entry.sequence, entry.at, entry.type, entry.subject_type AS "subjectType", entry.subject_id AS "subjectId",
        entry.subject_reference AS reference, entry.actor_type AS "actorType", entry.actor_id AS "actorId", entry.changes,
        entry.data ->> 'note' AS note
      FROM codegrey.journal AS entry JOIN codegrey.tickets AS ticket ON ticket.id = entry.ticket_id
      WHERE ${conditions.join(' AND ')} ORDER BY entry.sequence LIMIT ${parameters.add(query.limit + 1)}`;
    const { rows } = await this.database.pool.query<JournalRow>(text, parameters.values);
    return toPage(rows, query.limit, (row) => [row.sequence], presentEntry);
  }
}

function presentEntry(row: JournalRow): TimelineEntryDto {
  return {
    id: row.id,
    at: row.at.toISOString(),
    type: row.type,
    actor: { type: row.actorType, id: row.actorId },
    subject: { type: row.subjectType, id: row.subjectId, reference: row.reference },
    changes: row.changes,
    note: row.note,
  };
}
