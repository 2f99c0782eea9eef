import { newId, type Statement, type Work } from '../../platform/index.js';
import type { RecordedFinding } from '../domain/finding-records.js';
import type { WatchFinding, WatchKind } from '../domain/roster-watch.js';

/** One row of `codegrey.roster_findings`, as a query answers it. */
export interface FindingRow extends Record<string, unknown> {
  id: string;
  kind: WatchKind;
  scheduleIds: string[];
  responderIds: string[];
  about: string | null;
  startsAt: Date;
  endsAt: Date;
  reason: string;
  foundAt: Date;
  /** bigint: pg hands it over as text. */
  toldLeadMs: string | null;
}

/** The columns of `codegrey.roster_findings` under the names of `FindingRow`. */
export const findingColumns = `id, kind, schedule_ids AS "scheduleIds", responder_ids AS "responderIds", about,
  starts_at AS "startsAt", ends_at AS "endsAt", reason, found_at AS "foundAt", told_lead_ms AS "toldLeadMs"`;

/** All that is on record: only what has not been mended. */
const readAll: Statement = {
  name: 'roster-findings-all',
  text: `SELECT ${findingColumns} FROM codegrey.roster_findings ORDER BY starts_at, id`,
};

/** Writes findings, new ones and those that have changed. Index: the primary key. */
const write: Statement = {
  name: 'roster-findings-write',
  text: `
    INSERT INTO codegrey.roster_findings
      (id, kind, schedule_ids, responder_ids, about, starts_at, ends_at, reason, found_at, told_lead_ms)
    SELECT id, kind, schedule_ids, responder_ids, about, starts_at, ends_at, reason, $2, told_lead_ms
    FROM jsonb_to_recordset($1::jsonb) AS finding(id uuid, kind text, schedule_ids uuid[], responder_ids uuid[],
      about text, starts_at timestamptz, ends_at timestamptz, reason text, told_lead_ms bigint)
    ON CONFLICT (id) DO UPDATE SET schedule_ids = excluded.schedule_ids, responder_ids = excluded.responder_ids,
      starts_at = excluded.starts_at, ends_at = excluded.ends_at, reason = excluded.reason, told_lead_ms = excluded.told_lead_ms`,
};

/** Removes what was mended. Index: the primary key. */
const remove: Statement = {
  name: 'roster-findings-remove',
  text: 'DELETE FROM codegrey.roster_findings WHERE id = ANY($1::uuid[])',
};

/** Notes when the watch looked, and until when. */
const looked: Statement = {
  name: 'roster-watch-looked',
  text: 'UPDATE codegrey.roster_watch SET looked_at = $1, ahead_until = $2',
};

/** What the watch had on record when it looked last. */
export async function recordedFindings(work: Work): Promise<RecordedFinding[]> {
  const rows = await work.query<FindingRow>(readAll);
  return rows.map(({ startsAt, endsAt, toldLeadMs, ...row }) => ({
    ...row,
    start: startsAt.getTime(),
    end: endsAt.getTime(),
    toldLeadMs: toldLeadMs === null ? null : Number(toldLeadMs),
  }));
}

/** A finding that is not on record yet. */
export function newRecord(finding: WatchFinding): RecordedFinding {
  return { ...finding, id: newId(), toldLeadMs: null };
}

/** Writes what the look at `now` found, takes out what is gone, and notes that the time until `until` was looked at. */
export async function saveFindings(
  work: Work,
  changed: readonly RecordedFinding[],
  gone: readonly RecordedFinding[],
  { now, until }: { now: Date; until: Date },
): Promise<void> {
  const rows = changed.map(({ start, end, scheduleIds, responderIds, toldLeadMs, ...finding }) => ({
    ...finding,
    schedule_ids: scheduleIds,
    responder_ids: responderIds,
    starts_at: new Date(start),
    ends_at: new Date(end),
    told_lead_ms: toldLeadMs,
  }));
  if (rows.length > 0) await work.query(write, [JSON.stringify(rows), now]);
  if (gone.length > 0) await work.query(remove, [gone.map(({ id }) => id)]);
  await work.query(looked, [now, until]);
}
