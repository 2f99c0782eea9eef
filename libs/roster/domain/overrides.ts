import type { Override, ShiftSource } from './schedule.js';
import type { Span } from './span.js';

/** A stretch of time in which nothing changes: who is on call, each with what put them there. Nobody is a gap. */
export interface RosterSpan extends Span {
  onCall: ReadonlyMap<string, ShiftSource>;
}

/** The timeline with the overrides applied one after the other, so that a later one wins. It still covers the same time. */
export function withOverrides(timeline: readonly RosterSpan[], overrides: readonly Override[]): readonly RosterSpan[] {
  return overrides.reduce(applyOverride, timeline);
}

function applyOverride(timeline: readonly RosterSpan[], override: Override): readonly RosterSpan[] {
  const from = override.start.getTime();
  const to = override.end.getTime();
  if (from >= to) return timeline;
  return timeline.flatMap((span) => {
    if (span.end <= from || to <= span.start) return [span];
    const start = Math.max(span.start, from);
    const end = Math.min(span.end, to);
    return [
      { ...span, end: start },
      { start, end, onCall: onCallAfter(span.onCall, override) },
      { ...span, start: end },
    ].filter((part) => part.start < part.end);
  });
}

function onCallAfter(before: ReadonlyMap<string, ShiftSource>, override: Override): ReadonlyMap<string, ShiftSource> {
  const { kind, responderId, replaces } = override;
  const after = new Map(before);
  switch (kind) {
    case 'add':
      return after.has(responderId) ? before : after.set(responderId, 'override');
    case 'remove':
      after.delete(responderId);
      return after;
    case 'replace':
      if (replaces == null) after.clear();
      else after.delete(replaces);
      // Nobody was there whose place could be taken.
      if (after.size === before.size) return before;
      return after.has(responderId) ? after : after.set(responderId, 'override');
  }
}
