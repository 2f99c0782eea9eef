import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock, Database, decodeCursor, isoDuration, problems, toPage, type Statement } from '../../platform/index.js';
import { findSchedules } from '../schedule-rows.js';
import { findingColumns, type FindingRow } from './finding-rows.js';
import type { WatchFindingDto, WatchPageDto, WatchQuery } from './watch.dto.js';

/** Findings in a window, the earliest first. Indexes: roster_findings_start, roster_findings_schedules. */
const list: Statement = {
  name: 'roster-findings-list',
  text: `
    SELECT ${findingColumns} FROM codegrey.roster_findings
    WHERE ends_at > $1 AND starts_at < $2
      AND ($3::uuid[] IS NULL OR schedule_ids && $3) AND ($4::text[] IS NULL OR kind = ANY($4))
      AND ($5::timestamptz IS NULL OR (starts_at, id) > ($5, $6::uuid))
    ORDER BY starts_at, id LIMIT $7`,
};

const readWatch: Statement = {
  name: 'roster-watch-read',
  text: 'SELECT looked_at AS "lookedAt", ahead_until AS "lookedUntil" FROM codegrey.roster_watch',
};

interface WatchRow extends Record<string, unknown> {
  lookedAt: Date | null;
  lookedUntil: Date | null;
}

const endOfTime = new Date('9999-12-31T00:00:00Z');

/** Shows what the watch has found. */
@Injectable()
export class WatchReader {
  constructor(
    private readonly database: Database,
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  /** Throws 404 for a schedule that does not exist. */
  async list({ from, to, schedule, kind, limit, cursor }: WatchQuery): Promise<WatchPageDto> {
    const window = { from: from ? new Date(from) : this.clock.now(), to: to ? new Date(to) : endOfTime };
    if (window.to <= window.from) throw problems.invalidInput([{ pointer: '/to', detail: 'must come after from' }]);
    const [startsAt, id] = decodeCursor(cursor, ['instant', 'id']) ?? [];
    if (schedule) await findSchedules(this.dataSource.manager, schedule);
    const [watch] = await this.database.query<WatchRow>(readWatch);
    const rows = await this.database.query<FindingRow>(list, [
      window.from,
      window.to,
      schedule ?? null,
      kind ?? null,
      startsAt ?? null,
      id ?? null,
      limit + 1,
    ]);
    return {
      ...toPage(rows, limit, (row) => [row.startsAt.toISOString(), row.id], presentFinding),
      lookedAt: watch?.lookedAt?.toISOString() ?? null,
      lookedUntil: watch?.lookedUntil?.toISOString() ?? null,
    };
  }
}

function presentFinding(row: FindingRow): WatchFindingDto {
  return {
    id: row.id,
    kind: row.kind,
    schedules: row.scheduleIds,
    responders: row.responderIds,
    about: row.about,
    start: row.startsAt.toISOString(),
    end: row.endsAt.toISOString(),
    reason: row.reason,
    foundAt: row.foundAt.toISOString(),
    told: row.toldLeadMs === null ? null : isoDuration(Number(row.toldLeadMs)),
  };
}
