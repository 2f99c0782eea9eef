import { Injectable } from '@nestjs/common';
import { Parameters, visibleTo, type CaseColumns, type Viewer } from '../identity/index.js';
import { Database, decodeCursor, problems, toPage, type Page } from '../platform/index.js';
import type { AuditEntryDto, AuditQuery } from './audit.dto.js';

interface EntryRow extends Record<string, unknown> {
  xid: string;
  sequence: string;
  id: string;
  at: Date;
  type: string;
  actorType: string;
  actorId: string | null;
  subjectType: string;
  subjectId: string;
  reference: string | null;
  changes: Record<string, unknown> | null;
  sealed: string | null;
}

const scope: CaseColumns = {
  ticketId: 'entry.ticket_id',
  providerId: 'entry.provider_id',
  country: 'entry.country',
  tlp: 'entry.tlp',
  audience: 'entry.audience',
};

/** Reads the audit trail for a caller. */
@Injectable()
export class AuditTrail {
  constructor(private readonly database: Database) {}

  /** Entries, the newest first. Indexes: the journal's primary key, read backwards; journal_ticket for a ticket. */
  async list(viewer: Viewer, query: AuditQuery): Promise<Page<AuditEntryDto>> {
    const parameters = new Parameters();
    const conditions = [readable(viewer, parameters), ...filters(query, parameters)];
    const after = decodeCursor(query.cursor, ['number', 'number']);
    if (after) conditions.push(before(after, parameters));
    const text = `
      SELECT entry.xid, entry.sequence, entry.id, entry.at, entry.type, entry.actor_type AS "actorType", entry.actor_id AS "actorId",
        entry.subject_type AS "subjectType", entry.subject_id AS "subjectId", entry.subject_reference AS reference, entry.changes,
        (SELECT seal.number FROM codegrey.journal_seals AS seal WHERE seal.xid = entry.xid AND seal.sequence = entry.sequence) AS sealed
      FROM codegrey.journal AS entry WHERE ${conditions.join(' AND ')}
      ORDER BY entry.xid DESC, entry.sequence DESC LIMIT ${parameters.add(query.limit + 1)}`;
    const { rows } = await this.database.pool.query<EntryRow>(text, parameters.values);
    return toPage(rows, query.limit, (row) => [row.xid, row.sequence], presentEntry);
  }
}

/** An auditor reads their jurisdiction, and administration, which belongs to no country. */
function readable(viewer: Viewer, parameters: Parameters): string {
  const visible = visibleTo(viewer, scope, parameters);
  if (viewer.role !== 'auditor') return visible;
  return `(${visible} OR (entry.audience = 'administration' AND entry.ticket_id IS NULL))`;
}

function before(position: string[], parameters: Parameters): string {
  if (!position.every((part) => /^\d{1,18}$/.test(part))) {
    throw problems.invalidInput([{ pointer: '/cursor', detail: 'is not a cursor of this list' }]);
  }
  const [xid, sequence] = position.map((part) => parameters.add(part));
  return `(entry.xid, entry.sequence) < (${xid}::xid8, ${sequence}::bigint)`;
}

function filters(query: AuditQuery, parameters: Parameters): string[] {
  const conditions: string[] = [];
  if (query.type) conditions.push(`entry.type = ANY(${parameters.add(query.type)}::text[])`);
  if (query.actorId) conditions.push(`entry.actor_id = ANY(${parameters.add(query.actorId)}::uuid[])`);
  if (query.subjectId) conditions.push(`entry.subject_id = ANY(${parameters.add(query.subjectId)}::uuid[])`);
  if (query.ticketId) conditions.push(`entry.ticket_id = ANY(${parameters.add(query.ticketId)}::uuid[])`);
  if (query.from) conditions.push(`entry.at >= ${parameters.add(new Date(query.from))}`);
  if (query.to) conditions.push(`entry.at < ${parameters.add(new Date(query.to))}`);
  return conditions;
}

function presentEntry(row: EntryRow): AuditEntryDto {
  return {
    id: row.id,
    at: row.at.toISOString(),
    type: row.type,
    actor: { type: row.actorType, id: row.actorId },
    subject: { type: row.subjectType, id: row.subjectId, reference: row.reference },
    changes: row.changes,
    sealed: row.sealed === null ? null : Number(row.sealed),
  };
}
