import type { Statement } from '../platform/index.js';
import type { ChainedEntry } from './domain/chain.js';

/** Every column of the journal; what the chain seals. */
const columns: (keyof ChainedEntry)[] = [
  'xid',
  'sequence',
  'id',
  'at',
  'type',
  'subject_type',
  'subject_id',
  'subject_reference',
  'ticket_id',
  'incident_id',
  'provider_id',
  'country',
  'tlp',
  'audience',
  'actor_type',
  'actor_id',
  'changes',
  'data',
];

/** The columns of `codegrey.journal AS entry` under their own names. */
export const entryColumns = columns.map((column) => `entry.${column}`).join(', ');

/** Lets one process seal at a time. Answers whether it is this one, until its transaction ends. */
export const takeSealingLock: Statement = {
  name: 'seals-lock',
  text: `SELECT pg_try_advisory_xact_lock(hashtextextended('codegrey.journal_seals', 0)) AS taken`,
};

/** The last seal. Index: the primary key, read backwards. */
export const lastSeal: Statement = {
  name: 'seals-last',
  text: 'SELECT number, xid, sequence, hash FROM codegrey.journal_seals ORDER BY number DESC LIMIT 1',
};

/**
 * Entries after a position that are settled: no transaction older than theirs is still running, so that nothing can
 * appear before them any more. Index: the primary key, as a range in its own order.
 */
export const settledAfter: Statement = {
  name: 'journal-settled-after',
  text: `
    SELECT ${entryColumns} FROM codegrey.journal AS entry
    WHERE (entry.xid, entry.sequence) > ($1::xid8, $2::bigint) AND entry.xid < pg_snapshot_xmin(pg_current_snapshot())
    ORDER BY entry.xid, entry.sequence LIMIT $3`,
};

/** Appends seals. */
export const insertSeals: Statement = {
  name: 'seals-insert',
  text: `
    INSERT INTO codegrey.journal_seals (number, xid, sequence, entry_id, hash)
    SELECT seal.number, seal.xid::xid8, seal.sequence, seal.entry_id, decode(seal.hash, 'hex')
    FROM jsonb_to_recordset($1::jsonb) AS seal(number bigint, xid text, sequence bigint, entry_id uuid, hash text)`,
};

/** A page of the chain after a number, each seal with its entry. Indexes: the two primary keys, in order. */
export const sealsAfter: Statement = {
  name: 'seals-after',
  text: `
    SELECT seal.number, seal.xid AS "sealXid", seal.sequence AS "sealSequence", seal.entry_id AS "entryId", seal.hash, ${entryColumns}
    FROM (SELECT * FROM codegrey.journal_seals WHERE number > $1 ORDER BY number LIMIT $2) AS seal
    LEFT JOIN codegrey.journal AS entry ON entry.xid = seal.xid AND entry.sequence = seal.sequence
    ORDER BY seal.number`,
};

/**
 * The first entry between two positions, the second included, that has no seal, and the number of the first seal after
 * it. Indexes: the primary key of the journal as a range, and the positions of the seals.
 */
export const firstUnsealedWithin: Statement = {
  name: 'journal-unsealed-within',
  text: `
    SELECT entry.id, (
      SELECT following.number FROM codegrey.journal_seals AS following
      WHERE (following.xid, following.sequence) > (entry.xid, entry.sequence)
      ORDER BY following.xid, following.sequence LIMIT 1) AS number
    FROM codegrey.journal AS entry
    WHERE (entry.xid, entry.sequence) > ($1::xid8, $2::bigint) AND (entry.xid, entry.sequence) <= ($3::xid8, $4::bigint)
      AND NOT EXISTS (SELECT FROM codegrey.journal_seals AS seal WHERE seal.xid = entry.xid AND seal.sequence = entry.sequence)
    ORDER BY entry.xid, entry.sequence LIMIT 1`,
};

/** How many entries wait for their seal. Index: the primary key, as a range. */
export const countAfter: Statement = {
  name: 'journal-count-after',
  text: 'SELECT count(*)::int AS count FROM codegrey.journal WHERE (xid, sequence) > ($1::xid8, $2::bigint)',
};
