import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';

/** One row of the journal under its column names: every column takes part in the chain. */
export interface ChainedEntry {
  /** The transaction that wrote it, in decimal: `xid8` does not fit a number. */
  xid: string;
  /** The order within all transactions, in decimal. */
  sequence: string;
  id: string;
  at: Date;
  type: string;
  subject_type: string;
  subject_id: string;
  subject_reference: string | null;
  ticket_id: string | null;
  incident_id: string | null;
  provider_id: string | null;
  country: string | null;
  tlp: string | null;
  audience: string;
  actor_type: string;
  actor_id: string | null;
  changes: unknown;
  data: unknown;
}

/** What stands before the first seal: 32 zero bytes. */
export const genesis: Buffer = Buffer.alloc(32);

/**
 * The seal of an entry: SHA-256 over the seal before it and the RFC 8785 canonical JSON of the entry's columns. `data`
 * enters as the SHA-256 (hexadecimal) of its own canonical JSON, so that personal data can one day be erased, its hash
 * kept in its place, without breaking the chain; `at` in RFC 3339 UTC with milliseconds.
 */
export function sealOf(previous: Buffer, entry: ChainedEntry): Buffer {
  const sealed = {
    xid: entry.xid,
    sequence: entry.sequence,
    id: entry.id,
    at: entry.at.toISOString(),
    type: entry.type,
    subject_type: entry.subject_type,
    subject_id: entry.subject_id,
    subject_reference: entry.subject_reference,
    ticket_id: entry.ticket_id,
    incident_id: entry.incident_id,
    provider_id: entry.provider_id,
    country: entry.country,
    tlp: entry.tlp,
    audience: entry.audience,
    actor_type: entry.actor_type,
    actor_id: entry.actor_id,
    changes: entry.changes,
    data: createHash('sha256').update(canonicalJson(entry.data)).digest('hex'),
  } satisfies Record<keyof ChainedEntry, unknown>;
  return createHash('sha256').update(previous).update(canonicalJson(sealed)).digest();
}

function canonicalJson(value: unknown): string {
  return canonicalize(value ?? null) ?? 'null';
}
