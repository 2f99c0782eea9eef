import { Injectable } from '@nestjs/common';
import { ticketCaseColumns } from '../cases/index.js';
import { Parameters, visibleTo, type Viewer } from '../identity/index.js';
import { Database, decodeCursor, toPage } from '../platform/index.js';
import type { StormCause } from './domain/storm.js';
import type { StormDto, StormPageDto, StormQuery } from './storm.dto.js';

interface StormRow {
  id: string;
  cause: StormCause;
  value: string;
  exercise: boolean;
  beganAt: Date;
  endedAt: Date | null;
  lastTicketAt: Date;
  tickets: number;
  open: number;
  providers: number;
  countries: string[];
  highestSeverity: string;
  newest: string[];
}

/** The storms, as far as somebody may see their tickets. */
@Injectable()
export class StormReader {
  constructor(private readonly database: Database) {}

  async list(viewer: Viewer, query: StormQuery): Promise<StormPageDto> {
    const { text, values } = stormsSql(viewer, query);
    const { rows } = await this.database.pool.query<StormRow>(text, values);
    return toPage(rows, query.limit, ({ id }) => [id], presentStorm);
  }
}

/** Storms with a ticket that the viewer may see, the newest first. Indexes: the primary key, storm_tickets_storm, and that of tickets. */
function stormsSql(viewer: Viewer, { limit, cursor, state }: StormQuery): { text: string; values: unknown[] } {
  const parameters = new Parameters();
  const after = decodeCursor(cursor, ['id']);
  const conditions = [
    'tickets.count > 0',
    ...(after ? [`storm.id < ${parameters.add(after[0])}::uuid`] : []),
    ...(state ? [`storm.ended_at IS ${state === 'live' ? 'NULL' : 'NOT NULL'}`] : []),
  ];
  const text = `
    SELECT storm.id, storm.cause, storm.value, storm.exercise, storm.began_at AS "beganAt", storm.ended_at AS "endedAt",
      tickets.last AS "lastTicketAt", tickets.count AS tickets, tickets.open, tickets.providers, tickets.countries,
      tickets.severity AS "highestSeverity", tickets.newest
    FROM codegrey.storms AS storm
    CROSS JOIN LATERAL (
      SELECT count(*)::integer AS count, count(*) FILTER (WHERE ticket.state = 'open')::integer AS open,
        count(DISTINCT ticket.provider_id)::integer AS providers, array_agg(DISTINCT ticket.country) AS countries,
        min(ticket.severity_level) AS severity, max(member.at) AS last,
        (array_agg(ticket.reference ORDER BY ticket.id DESC))[1:50] AS newest
      FROM codegrey.storm_tickets AS member JOIN codegrey.tickets AS ticket ON ticket.id = member.ticket_id
      WHERE member.storm_id = storm.id AND ${visibleTo(viewer, ticketCaseColumns, parameters)}) AS tickets
    WHERE ${conditions.join(' AND ')} ORDER BY storm.id DESC LIMIT ${parameters.add(limit + 1)}`;
  return { text, values: parameters.values };
}

function presentStorm(row: StormRow): StormDto {
  return {
    id: row.id,
    state: row.endedAt === null ? 'live' : 'over',
    cause: row.cause,
    value: row.value,
    exercise: row.exercise,
    beganAt: row.beganAt.toISOString(),
    lastTicketAt: row.lastTicketAt.toISOString(),
    endedAt: row.endedAt?.toISOString() ?? null,
    tickets: row.tickets,
    open: row.open,
    providers: row.providers,
    countries: row.countries,
    highestSeverity: row.highestSeverity,
    newest: row.newest,
  };
}
