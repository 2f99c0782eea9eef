import type { WatchFinding } from './roster-watch.js';

/** A finding that was on record when the watch looked last. */
export interface RecordedFinding extends WatchFinding {
  id: string;
  /** The shortest lead time at which its owners have been told of it; null: they have not been told. */
  toldLeadMs: number | null;
}

/** What a new look says of what is on record. */
export interface FindingChanges {
  /** On record and still so, as it is now. */
  kept: RecordedFinding[];
  fresh: WatchFinding[];
  /** On record and no longer so. */
  gone: RecordedFinding[];
}

/**
 * Tells which findings are the ones that are on record already: those of the same kind about the same schedule (or person,
 * where it is a person's) that share a moment with it. So one whose end has moved, or whose beginning has passed, stays itself.
 */
export function compareFindings(recorded: readonly RecordedFinding[], found: readonly WatchFinding[]): FindingChanges {
  const open = Map.groupBy(recorded, subjectOf);
  const taken = new Set<string>();
  const kept: RecordedFinding[] = [];
  const fresh: WatchFinding[] = [];
  for (const finding of found) {
    const known = (open.get(subjectOf(finding)) ?? []).find(
      (record) => !taken.has(record.id) && record.start < finding.end && finding.start < record.end,
    );
    if (known) {
      taken.add(known.id);
      kept.push({ ...finding, id: known.id, toldLeadMs: known.toldLeadMs });
    } else fresh.push(finding);
  }
  return { kept, fresh, gone: recorded.filter(({ id }) => !taken.has(id)) };
}

function subjectOf({ kind, scheduleIds, responderIds, about }: WatchFinding): string {
  return [kind, isAboutPerson(kind) ? responderIds[0] : scheduleIds[0], about].join('/');
}

/** Whether the finding is about one person, by whatever schedules; otherwise it is about one schedule. */
function isAboutPerson(kind: WatchFinding['kind']): boolean {
  return !['gap', 'too-few', 'one-person', 'missing-skill', 'missing-language', 'unreachable'].includes(kind);
}

/**
 * The lead time at which the owners are to be told now, null when they are not: the shortest one that has come and at which
 * they have not been told. Longer ones are passed over with it, and nobody is told of what is over.
 *
 * @param leadsMs lead times, in any order
 */
export function dueLead(
  { start, end, toldLeadMs }: Pick<RecordedFinding, 'start' | 'end' | 'toldLeadMs'>,
  leadsMs: readonly number[],
  now: number,
): number | null {
  if (end <= now) return null;
  const come = leadsMs.filter((lead) => start - lead <= now && lead < (toldLeadMs ?? Infinity));
  return come.length === 0 ? null : Math.min(...come);
}

/** When the owners are next to be told of it after `now`; null: no more. Same parameters as `dueLead`. */
export function nextLeadAt(
  { start, toldLeadMs }: Pick<RecordedFinding, 'start' | 'toldLeadMs'>,
  leadsMs: readonly number[],
  now: number,
): number | null {
  const ahead = leadsMs.filter((lead) => start - lead > now && lead < (toldLeadMs ?? Infinity));
  return ahead.length === 0 ? null : start - Math.max(...ahead);
}
