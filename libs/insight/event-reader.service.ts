import { Injectable } from '@nestjs/common';
import { Parameters, visibleTo, type CaseColumns, type Viewer } from '../identity/index.js';
import { BaseAddress, Database, type Statement } from '../platform/index.js';
import { toCloudEvent, type StreamedEntry } from './domain/cloud-event.js';
import { sseEvent } from './domain/sse.js';
import { formatPosition, parsePosition, startOf, type StreamPosition } from './domain/stream-position.js';

const roundSize = 500;

/** The first transaction that may still be running: all entries before it are settled, and nothing can appear among them. */
const readHorizon: Statement = {
  name: 'journal-horizon',
  text: `
    SELECT horizon,
      EXISTS (SELECT FROM codegrey.journal WHERE xid >= $1::xid8 AND xid < horizon) AS settled,
      EXISTS (SELECT FROM codegrey.journal WHERE xid >= horizon) AS unsettled
    FROM (SELECT pg_snapshot_xmin(pg_current_snapshot()) AS horizon) AS snapshot`,
};

/** Whether an entry is there. Index: the primary key. */
const findPosition: Statement = {
  name: 'journal-position',
  text: `
    SELECT pg_snapshot_xmin(pg_current_snapshot()) AS horizon,
      EXISTS (SELECT FROM codegrey.journal WHERE xid = $1::xid8 AND sequence = $2::bigint) AS known`,
};

/** A case's labels as they stand now, not as they stood when the entry was written. */
const currentScope: CaseColumns = {
  ticketId: 'entry.ticket_id',
  providerId: 'coalesce(ticket.provider_id, entry.provider_id)',
  country: 'coalesce(ticket.country, entry.country)',
  tlp: 'coalesce(ticket.tlp, entry.tlp)',
  audience: 'entry.audience',
};

/** Up to where the journal can be read. */
export interface Horizon {
  /** All entries of transactions before this one are settled. */
  xid: bigint;
  /** Whether there are settled entries since the transaction that was asked about. */
  settled: boolean;
  /** Whether there are entries that cannot be read yet, because an older transaction is still running. */
  unsettled: boolean;
}

/** An event, ready to be written to every stream that may see it. */
export interface FramedEvent {
  position: StreamPosition;
  type: string;
  ticketId: string | null;
  frame: Buffer;
}

/** What one read of the journal gave. */
export interface Round {
  events: FramedEvent[];
  /** All up to here has been read. */
  end: StreamPosition;
  /** Whether there is more to read at once. */
  more: boolean;
}

interface EntryRow extends StreamedEntry, Record<string, unknown> {
  xid: string;
  sequence: string;
  visible: boolean | null;
}

/** Reads the journal as a stream of events. Only settled entries, in their one order: so nothing is ever missed. */
@Injectable()
export class EventReader {
  constructor(
    private readonly database: Database,
    private readonly baseAddress: BaseAddress,
  ) {}

  /** Up to where the journal can be read now, and whether there is anything since `since`. */
  async horizon(since: bigint): Promise<Horizon> {
    const [row] = await this.database.query<{ horizon: string; settled: boolean; unsettled: boolean }>(readHorizon, [String(since)]);
    if (!row) throw new Error('The database answered nothing.');
    return { xid: BigInt(row.horizon), settled: row.settled, unsettled: row.unsettled };
  }

  /** Where a stream begins: after the event named, or from now on. `reset`: an event was named that this desk does not know. */
  async start(lastEventId: string | undefined): Promise<{ position: StreamPosition; resumed: boolean; reset: boolean }> {
    const named = lastEventId === undefined ? null : parsePosition(lastEventId);
    const [row] = await this.database.query<{ horizon: string; known: boolean }>(findPosition, [
      String(named?.xid ?? 0),
      String(named?.sequence ?? 0),
    ]);
    if (!row) throw new Error('The database answered nothing.');
    const horizon = BigInt(row.horizon);
    // A stream that has not told anything yet stands before the entries of a transaction.
    const known = named !== null && (named.sequence === 0n ? named.xid <= horizon : row.known && named.xid < horizon);
    if (known) return { position: named, resumed: true, reset: false };
    return { position: startOf(horizon), resumed: false, reset: lastEventId !== undefined };
  }

  /**
   * The next entries after `from` and before the horizon, framed if the viewer may see them. What may not be seen counts
   * as well, so that a round costs the same for everybody. Indexes: the primary keys of the journal and of the tickets.
   */
  async read(viewer: Viewer, from: StreamPosition, horizon: bigint): Promise<Round> {
    const parameters = new Parameters();
    const [xid, sequence, end] = [from.xid, from.sequence, horizon].map((value) => parameters.add(String(value)));
    const text = `
      SELECT entry.xid, entry.sequence, entry.id, entry.at, entry.type, entry.reference, entry."ticketId", entry.visible,
        CASE WHEN entry.visible THEN entry.data END AS data
      FROM (
        SELECT entry.xid, entry.sequence, entry.id, entry.at, entry.type, entry.subject_reference AS reference,
          entry.ticket_id AS "ticketId", entry.data, ${visibleTo(viewer, currentScope, parameters)} AS visible
        FROM codegrey.journal AS entry LEFT JOIN codegrey.tickets AS ticket ON ticket.id = entry.ticket_id
        WHERE (entry.xid, entry.sequence) > (${xid}::xid8, ${sequence}::bigint) AND entry.xid < ${end}::xid8
        ORDER BY entry.xid, entry.sequence LIMIT ${roundSize}
      ) AS entry ORDER BY entry.xid, entry.sequence`;
    this.database.refuseWhenOverloaded();
    const { rows } = await this.database.pool.query<EntryRow>(text, parameters.values);
    const last = rows.at(-1);
    const more = rows.length === roundSize && last !== undefined;
    return {
      events: rows.filter((row) => row.visible === true).map((row) => this.frame(row)),
      end: more ? positionOf(last) : startOf(horizon),
      more,
    };
  }

  /** Where events of this desk come from, as CloudEvents name it. */
  get source(): string {
    return `${this.baseAddress.url}/v1`;
  }

  private frame(row: EntryRow): FramedEvent {
    const position = positionOf(row);
    const event = JSON.stringify(toCloudEvent(row, this.source));
    return { position, type: row.type, ticketId: row.ticketId, frame: Buffer.from(sseEvent(formatPosition(position), event)) };
  }
}

function positionOf(row: EntryRow): StreamPosition {
  return { xid: BigInt(row.xid), sequence: BigInt(row.sequence) };
}
