import { Injectable } from '@nestjs/common';
import { Parameters, visibleTo, type Viewer } from '../identity/index.js';
import { Clock, Database, decodeCursor, toPage, type Page } from '../platform/index.js';
import type { ClockDto, ClockQuery } from './clock.dto.js';
import { clockColumns, type ClockRow } from './clock-row.js';
import { presentClock } from './present-clock.js';

const openStates = ['running', 'warning', 'breached', 'paused'];

/** Reads clocks for a caller. */
@Injectable()
export class ClockReader {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Clocks in due order; without a state, those that have not ended. Indexes: clocks_due, clocks_ended. */
  async list(viewer: Viewer, query: ClockQuery): Promise<Page<ClockDto>> {
    const parameters = new Parameters();
    const states = query.state ?? openStates;
    const conditions = [visible(viewer, parameters), `clock.state = ANY(${parameters.add(states)}::text[])`];
    // Written out, since the planner takes a partial index only for a condition that it can see.
    if (states.every((state) => openStates.includes(state)))
      conditions.push(`clock.state IN ('running', 'warning', 'breached', 'paused')`);
    if (query.kind) conditions.push(`clock.kind = ANY(${parameters.add(query.kind)}::text[])`);
    if (query.dueBefore) conditions.push(`clock.due_at < ${parameters.add(new Date(query.dueBefore))}`);
    const after = decodeCursor(query.cursor, ['instant', 'id']);
    if (after)
      conditions.push(
        `(clock.due_at, clock.id) > (${parameters.add(after[0])}::timestamptz, ${parameters.add(after[1])}::uuid)`,
      );
    const text = `SELECT ${clockColumns('clock')} FROM codegrey.clocks AS clock WHERE ${conditions.join(' AND ')}
      ORDER BY clock.due_at, clock.id LIMIT ${parameters.add(query.limit + 1)}`;
    const rows = (await this.database.pool.query<ClockRow>(text, parameters.values)).rows;
    const now = this.clock.now();
    return toPage(
      rows,
      query.limit,
      (row) => [row.dueAt.toISOString(), row.id],
      (row) => presentClock(row, now),
    );
  }

  /** The clocks of these tickets, in due order. The caller must already be known to see the tickets. Index: clocks_ticket. */
  async ofTickets(ticketIds: string[]): Promise<Map<string, ClockDto[]>> {
    const statement = {
      name: 'clocks-of-tickets',
      text: `SELECT ${clockColumns('clock')} FROM codegrey.clocks AS clock WHERE clock.ticket_id = ANY($1::uuid[]) ORDER BY clock.due_at, clock.id`,
    };
    const rows = await this.database.query<ClockRow & Record<string, unknown>>(statement, [ticketIds]);
    const now = this.clock.now();
    return new Map(
      [...Map.groupBy(rows, (row) => row.ticketId)].map(([id, clocks]) => [
        id,
        clocks.map((row) => presentClock(row, now)),
      ]),
    );
  }
}

/** Who may see a clock, as a condition on the alias `clock`. */
export function visible(viewer: Viewer, parameters: Parameters): string {
  return visibleTo(
    viewer,
    { ticketId: 'clock.ticket_id', providerId: 'clock.provider_id', country: 'clock.country', tlp: 'clock.tlp' },
    parameters,
  );
}
