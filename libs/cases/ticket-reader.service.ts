import { Injectable } from '@nestjs/common';
import { ClockReader, type ClockDto } from '../clocks/index.js';
import { Parameters, visibleTo, type Viewer } from '../identity/index.js';
import { Database, decodeCursor, toPage, type Page } from '../platform/index.js';
import type { TicketFacts } from './domain/ticket.js';
import { presentTicket } from './present-ticket.js';
import { ticketCaseColumns, ticketColumns } from './ticket-columns.js';
import type { TicketDto } from './ticket.dto.js';
import type { TicketQuery } from './ticket-query.dto.js';
import { byIdOrReference } from './tickets.service.js';
import { problems } from '../platform/index.js';

type TicketRow = TicketFacts & Record<string, unknown>;

/** Reads tickets for a caller. */
@Injectable()
export class TicketReader {
  constructor(
    private readonly database: Database,
    private readonly clocks: ClockReader,
  ) {}

  /** The ticket with this id or reference. Throws 404 when there is none that the viewer may see. Index: primary or reference key. */
  async find(viewer: Viewer, idOrReference: string): Promise<TicketFacts> {
    const parameters = new Parameters();
    const condition = `${byIdOrReference(idOrReference, parameters)} AND ${visibleTo(viewer, ticketCaseColumns, parameters)}`;
    const [ticket] = await this.read(
      `SELECT ${ticketColumns} FROM codegrey.tickets AS ticket WHERE ${condition}`,
      parameters,
    );
    if (!ticket) throw problems.notFound('ticket');
    return ticket;
  }

  /** The same, as the API shows it, with its clocks. */
  async present(viewer: Viewer, idOrReference: string): Promise<TicketDto> {
    const ticket = await this.find(viewer, idOrReference);
    const clocks = await this.clocks.ofTickets([ticket.id]);
    return presentTicket(ticket, clocks.get(ticket.id) ?? []);
  }

  /** The clocks of a ticket that the viewer may see, in due order. */
  async clocksOf(viewer: Viewer, idOrReference: string): Promise<ClockDto[]> {
    const ticket = await this.find(viewer, idOrReference);
    return (await this.clocks.ofTickets([ticket.id])).get(ticket.id) ?? [];
  }

  /** Tickets, the newest first. Indexes: tickets_newest, tickets_provider, tickets_holder, tickets_open, tickets_text. */
  async list(viewer: Viewer, query: TicketQuery): Promise<Page<TicketDto>> {
    const parameters = new Parameters();
    const conditions = [visibleTo(viewer, ticketCaseColumns, parameters), ...filters(viewer, query, parameters)];
    const after = decodeCursor(query.cursor, ['id']);
    if (after) conditions.push(`ticket.id < ${parameters.add(after[0])}::uuid`);
    const text = `SELECT ${ticketColumns} FROM codegrey.tickets AS ticket WHERE ${conditions.join(' AND ')}
      ORDER BY ticket.id DESC LIMIT ${parameters.add(query.limit + 1)}`;
    const rows = await this.read(text, parameters);
    const clocks = await this.clocks.ofTickets(rows.slice(0, query.limit).map((ticket) => ticket.id));
    return toPage(
      rows,
      query.limit,
      (ticket) => [ticket.id],
      (ticket) => presentTicket(ticket, clocks.get(ticket.id) ?? []),
    );
  }

  private async read(text: string, parameters: Parameters): Promise<TicketFacts[]> {
    return (await this.database.pool.query<TicketRow>(text, parameters.values)).rows;
  }
}

function filters(viewer: Viewer, query: TicketQuery, parameters: Parameters): string[] {
  const conditions: string[] = [];
  const anyOf = (column: string, values: readonly string[] | undefined, type: string) => {
    if (values) conditions.push(`${column} = ANY(${parameters.add(values)}::${type}[])`);
  };
  anyOf('ticket.state', query.state, 'text');
  // Written out, since the planner takes a partial index only for a condition that it can see.
  if (query.state?.every((state) => state === 'open' || state === 'claimed'))
    conditions.push(`ticket.state IN ('open', 'claimed')`);
  anyOf('ticket.severity_level', query.severity, 'text');
  anyOf('ticket.provider_id', query.providerId, 'uuid');
  anyOf(
    'ticket.claimed_by',
    query.claimedBy?.map((who) => (who === 'me' ? viewer.principalId : who)),
    'uuid',
  );
  if (query.exercise !== undefined) conditions.push(`ticket.exercise = ${parameters.add(query.exercise)}`);
  if (query.q) {
    conditions.push(
      `to_tsvector('simple', ticket.summary || ' ' || coalesce(ticket.description, '')) @@ plainto_tsquery('simple', ${parameters.add(query.q)})`,
    );
  }
  return conditions;
}
