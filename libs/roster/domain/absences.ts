import type { RosterSpan } from './overrides.js';
import { type Span, united } from './span.js';

/** When each responder is away: in order of time and free of overlap. Who is not in it is never away. */
export type Absences = ReadonlyMap<string, readonly Span[]>;

/** Nobody is away. */
export const nobodyAway: Absences = new Map();

/** One stretch of time in which somebody is away. */
export interface Away extends Span {
  responderId: string;
}

/** The stretches of each person in order, with those that overlap or touch made one. */
export function absencesFrom(stretches: readonly Away[]): Absences {
  const byPerson = Map.groupBy(stretches, ({ responderId }) => responderId);
  return new Map([...byPerson].map(([responderId, own]) => [responderId, united(own)]));
}

/**
 * The timeline with everybody off call while they are away. The others of the turn stay; where nobody is left there is a gap,
 * and neither the layers below nor anybody else steps in by this. It still covers the same time.
 */
export function withoutThoseAway(timeline: readonly RosterSpan[], absences: Absences): readonly RosterSpan[] {
  if (absences.size === 0) return timeline;
  return timeline.flatMap((span) => leaving(span, absences));
}

function leaving(span: RosterSpan, absences: Absences): readonly RosterSpan[] {
  const away = [...span.onCall.keys()].flatMap((responderId) =>
    overlapping(absences.get(responderId) ?? [], span).map((absence) => ({ ...absence, responderId })),
  );
  if (away.length === 0) return [span];
  const changes = away.flatMap(({ start, end }) => [start, end]).filter((at) => span.start < at && at < span.end);
  const bounds = [span.start, ...[...new Set(changes)].sort((one, other) => one - other), span.end];
  return bounds.slice(1).map((end, index) => {
    const start = bounds[index]!;
    const onCall = new Map(span.onCall);
    for (const absence of away) if (absence.start <= start && start < absence.end) onCall.delete(absence.responderId);
    return { start, end, onCall };
  });
}

/** Those of a person's stretches that share time with the span: they are ordered, so the first is found by halving. */
function overlapping(stretches: readonly Span[], { start, end }: Span): readonly Span[] {
  let low = 0;
  let high = stretches.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (stretches[middle]!.end <= start) low = middle + 1;
    else high = middle;
  }
  const found: Span[] = [];
  for (let index = low; index < stretches.length && stretches[index]!.start < end; index += 1) {
    found.push(stretches[index]!);
  }
  return found;
}
