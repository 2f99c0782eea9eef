import { Injectable } from '@nestjs/common';
import { Parameters, visibleTo, type Viewer } from '../identity/index.js';
import { BaseAddress, Database, type Statement } from '../platform/index.js';
import {
  formatPosition,
  isBetweenTransactions,
  isBeyond,
  justBefore,
  type StreamPosition,
} from './domain/stream-position.js';
import { eventFrame } from './domain/sse.js';

/** The most entries that are read at once. */
const batchSize = 500;

/** An entry of the journal, ready to be sent. */
export interface FeedEvent {
  position: StreamPosition;
  type: string;
  ticketId: string | null;
  frame: Buffer;
}

/** How far the journal is settled: entries of earlier transactions are all visible, and none will be added. */
export interface Horizon {
  xid: bigint;
  /** Whether entries exist beyond it, which wait for another transaction to end. */
  heldBack: boolean;
}

/** What one read gave. */
export interface FeedBatch {
  events: FeedEvent[];
  /** Everything up to here has been read. */
  end: StreamPosition;
  /** Whether there is more to read at once. */
  more: boolean;
}

interface JournalRow {
  visible: boolean | null;
  xid: string;
  sequence: string;
  id: string;
  at: Date;
  type: string;
  reference: string | null;
  ticketId: string | null;
  data: object | null;
}

const readHorizon: Statement = {
  name: 'journal-horizon',
  text: `
    SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS xid,
      EXISTS (SELECT FROM codegrey.journal WHERE xid >= pg_snapshot_xmin(pg_current_snapshot())) AS "heldBack"`,
};

/** Whether an entry is there. Index: the primary key. */
const findEntry: Statement = {
  name: 'journal-entry-at',
  text: 'SELECT EXISTS (SELECT FROM codegrey.journal WHERE xid = $1::xid8 AND sequence = $2::bigint) AS found',
};

/** Reads the journal as a stream of CloudEvents. */
@Injectable()
export class EventFeed {
  constructor(
    private readonly database: Database,
    private readonly address: BaseAddress,
  ) {}

  async horizon(): Promise<Horizon> {
    const [row] = await this.database.query<{ xid: string; heldBack: boolean }>(readHorizon);
    return { xid: BigInt(row?.xid ?? 0), heldBack: row?.heldBack ?? false };
  }

  /** Whether a stream of this desk can have told its client this position. */
  async knows(position: StreamPosition, horizon: bigint): Promise<boolean> {
    if (isBeyond(position, justBefore(horizon))) return false;
    if (isBetweenTransactions(position)) return true;
    const values = [String(position.xid), String(position.sequence)];
    const [row] = await this.database.query<{ found: boolean }>(findEntry, values);
    return row?.found ?? false;
  }

  /**
   * The next settled entries after a position, in order; of these, the events that the viewer may see. Entries that may
   * not be seen count as read, so that a read costs the same for everybody. What may be seen goes by the labels that a
   * ticket has now, since the journal itself never changes. Index: the primary key.
   */
  async after(viewer: Viewer, position: StreamPosition, horizon: bigint): Promise<FeedBatch> {
    const parameters = new Parameters();
    const [xid, sequence, until] = [position.xid, position.sequence, horizon].map((value) =>
      parameters.add(String(value)),
    );
    const columns = {
      ticketId: 'entry.ticket_id',
      providerId: 'coalesce(ticket.provider_id, entry.provider_id)',
      country: 'coalesce(ticket.country, entry.country)',
      tlp: 'coalesce(ticket.tlp, entry.tlp)',
      audience: 'entry.audience',
    };
    const text = `
      SELECT xid, sequence, id, at, type, reference, "ticketId", visible, CASE WHEN visible THEN data END AS data FROM (
        SELECT entry.xid, entry.sequence, entry.id, entry.at, entry.type, entry.subject_reference AS reference,
          entry.ticket_id AS "ticketId", entry.data, ${visibleTo(viewer, columns, parameters)} AS visible
        FROM codegrey.journal AS entry LEFT JOIN codegrey.tickets AS ticket ON ticket.id = entry.ticket_id
        WHERE (entry.xid, entry.sequence) > (${xid}::xid8, ${sequence}::bigint) AND entry.xid < ${until}::xid8
        ORDER BY entry.xid, entry.sequence LIMIT ${batchSize}) AS batch
      ORDER BY xid, sequence`;
    this.database.refuseWhenOverloaded();
    const { rows } = await this.database.pool.query<JournalRow>(text, parameters.values);
    const last = rows.length === batchSize ? rows.at(-1) : undefined;
    const events = rows.filter((row) => row.visible === true).map((row) => this.event(row));
    return { events, end: last ? positionOf(last) : justBefore(horizon), more: last !== undefined };
  }

  private event(row: JournalRow): FeedEvent {
    const position = positionOf(row);
    const frame = eventFrame(
      formatPosition(position),
      this.cloudEvent(row.id, row.type, row.at, row.data ?? {}, { subject: row.reference, ticketid: row.ticketId }),
    );
    return { position, type: row.type, ticketId: row.ticketId, frame };
  }

  /** Tells a client that it must read its state anew: the position that it resumed from is none of ours. */
  resetFrame(position: StreamPosition, id: string, at: Date): Buffer {
    const detail = 'The stream cannot be resumed from there. Read the present state, then go on from here.';
    return eventFrame(formatPosition(position), this.cloudEvent(id, 'stream.reset', at, { detail }, {}));
  }

  /** CloudEvents 1.0, JSON format. Attributes without a value are left out. */
  private cloudEvent(
    id: string,
    type: string,
    at: Date,
    data: object,
    attributes: Record<string, string | null>,
  ): object {
    const given = Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== null));
    return {
      specversion: '1.0',
      id,
      source: `${this.address.url}/v1`,
      type,
      time: at.toISOString(),
      datacontenttype: 'application/json',
      ...given,
      data,
    };
  }
}

function positionOf(row: JournalRow): StreamPosition {
  return { xid: BigInt(row.xid), sequence: BigInt(row.sequence) };
}
