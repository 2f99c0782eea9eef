import { Injectable } from '@nestjs/common';
import {
  ticketCaseColumns,
  type DispatchStatus,
  type SeverityLevel,
  type TicketState,
  type Tlp,
} from '../cases/index.js';
import { Parameters, visibleTo, type Viewer } from '../identity/index.js';
import { Clock, Database, decodeCursor, isoDuration, toPage } from '../platform/index.js';
import type { BoardDto, BoardLineDto, BoardQuery } from './board.dto.js';

interface BoardRow {
  id: string;
  reference: string;
  state: TicketState;
  severity: SeverityLevel;
  summary: string;
  providerId: string;
  country: string;
  tlp: Tlp;
  exercise: boolean;
  claimedBy: string | null;
  createdAt: Date;
  dispatchStatus: DispatchStatus;
  dispatchStep: number;
  dispatchNextStepAt: Date | null;
  clockId: string | null;
  clockName: string;
  clockKind: string;
  clockService: string | null;
  clockState: string;
  clockStartedAt: Date;
  clockDueAt: Date;
  clockBreachedAt: Date | null;
  running: number;
  warning: number;
  breached: number;
  sortKey: string;
}

/** When the next clock is due, or (with `none` before it) when a ticket without one was opened. */
const sortKey = /^(none)?\d{17}$/;

/** The coordinators' board: every open ticket with its next clock, in due order. */
@Injectable()
export class Board {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async read(viewer: Viewer, query: BoardQuery): Promise<BoardDto> {
    const { text, values } = boardSql(viewer, query);
    const { rows } = await this.database.pool.query<BoardRow>(text, values);
    const now = this.clock.now();
    const page = toPage(
      rows,
      query.limit,
      (row) => [row.sortKey, row.id],
      (row) => presentLine(row, now),
    );
    return { now: now.toISOString(), ...page };
  }
}

/**
 * Open tickets only, by the partial index tickets_open; for each its open clocks, by clocks_open. Neither index holds what
 * is closed, so any history behind them costs nothing. Tickets without a running clock come last, oldest first.
 */
function boardSql(viewer: Viewer, query: BoardQuery): { text: string; values: unknown[] } {
  const parameters = new Parameters();
  const conditions = [`ticket.state IN ('open', 'claimed')`, visibleTo(viewer, ticketCaseColumns, parameters)];
  if (query.severity) conditions.push(`ticket.severity_level = ANY(${parameters.add(query.severity)}::text[])`);
  if (query.country) conditions.push(`ticket.country = ANY(${parameters.add(query.country)}::text[])`);
  if (query.exercise !== undefined) conditions.push(`ticket.exercise = ${parameters.add(query.exercise)}`);
  const after = decodeCursor(query.cursor, [sortKey, 'id']);
  const beyond = after
    ? `WHERE (line."sortKey", line.id) > (${parameters.add(after[0])}::text COLLATE "C", ${parameters.add(after[1])}::uuid)`
    : '';
  const text = `
    SELECT line.* FROM (
      SELECT ticket.id, ticket.reference, ticket.state, ticket.severity_level AS severity, ticket.summary, ticket.provider_id AS "providerId",
        ticket.country, ticket.tlp, ticket.exercise, ticket.claimed_by AS "claimedBy", ticket.created_at AS "createdAt",
        ticket.dispatch_status AS "dispatchStatus", ticket.dispatch_step AS "dispatchStep", ticket.dispatch_next_step_at AS "dispatchNextStepAt",
        next.id AS "clockId", next.name AS "clockName", next.kind AS "clockKind", next.service AS "clockService", next.state AS "clockState",
        next.started_at AS "clockStartedAt", next.due_at AS "clockDueAt", next.breached_at AS "clockBreachedAt",
        counts.running, counts.warning, counts.breached,
        coalesce(to_char(next.due_at AT TIME ZONE 'UTC', 'YYYYMMDDHH24MISSMS'), 'none' || to_char(ticket.created_at AT TIME ZONE 'UTC', 'YYYYMMDDHH24MISSMS'))
          COLLATE "C" AS "sortKey"
      FROM codegrey.tickets AS ticket
      LEFT JOIN LATERAL (
        SELECT clock.* FROM codegrey.clocks AS clock
        WHERE clock.ticket_id = ticket.id AND clock.met_at IS NULL AND clock.state IN ('running', 'warning', 'breached')
        ORDER BY clock.due_at LIMIT 1) AS next ON true
      CROSS JOIN LATERAL (
        SELECT count(*) FILTER (WHERE clock.state = 'running')::int AS running, count(*) FILTER (WHERE clock.state = 'warning')::int AS warning,
          count(*) FILTER (WHERE clock.state = 'breached')::int AS breached
        FROM codegrey.clocks AS clock
        WHERE clock.ticket_id = ticket.id AND clock.met_at IS NULL AND clock.state IN ('running', 'warning', 'breached')) AS counts
      WHERE ${conditions.join(' AND ')}) AS line
    ${beyond}
    ORDER BY line."sortKey", line.id LIMIT ${parameters.add(query.limit + 1)}`;
  return { text, values: parameters.values };
}

function presentLine(row: BoardRow, now: Date): BoardLineDto {
  return {
    ticket: {
      id: row.id,
      reference: row.reference,
      state: row.state,
      severity: row.severity,
      summary: row.summary,
      providerId: row.providerId,
      country: row.country,
      tlp: row.tlp,
      exercise: row.exercise,
      claimedBy: row.claimedBy,
      createdAt: row.createdAt.toISOString(),
      dispatch: {
        status: row.dispatchStatus,
        step: row.dispatchStep,
        nextStepAt: row.dispatchNextStepAt?.toISOString() ?? null,
      },
    },
    nextClock: row.clockId === null ? null : presentNextClock(row, row.clockId, now),
    clocks: { running: row.running, warning: row.warning, breached: row.breached },
  };
}

function presentNextClock(row: BoardRow, id: string, now: Date): BoardLineDto['nextClock'] {
  return {
    id,
    name: row.clockName,
    kind: row.clockKind,
    service: row.clockService,
    state: row.clockState,
    startedAt: row.clockStartedAt.toISOString(),
    dueAt: row.clockDueAt.toISOString(),
    remaining: isoDuration(row.clockDueAt.getTime() - now.getTime()),
    breachedAt: row.clockBreachedAt?.toISOString() ?? null,
  };
}
