import { isoDuration } from '../platform/index.js';
import type { ClockDto } from './clock.dto.js';
import type { ClockRow } from './clock-row.js';
import { remainingMs } from './domain/service-clock.js';

/** A clock as the API shows it at an instant. */
export function presentClock(row: ClockRow, now: Date): ClockDto {
  const remaining = remainingMs(row, now);
  return {
    id: row.id,
    kind: row.kind,
    name: row.name,
    service: row.service,
    subject: { type: row.subjectType, id: row.subjectId, reference: row.subjectReference },
    ticketId: row.ticketId,
    exercise: row.exercise,
    startedAt: row.startedAt.toISOString(),
    dueAt: row.dueAt.toISOString(),
    state: row.state,
    remaining: remaining === null ? null : isoDuration(remaining),
    warnedAt: row.warnedAt.map((at) => at.toISOString()),
    breachedAt: row.breachedAt?.toISOString() ?? null,
    metAt: row.metAt?.toISOString() ?? null,
    pausedAt: row.pausedAt?.toISOString() ?? null,
    pauseReason: row.pauseReason,
    policy: { id: row.policyId, version: row.policyVersion },
    law: null,
  };
}
