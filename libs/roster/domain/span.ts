/** A stretch of time from `start` up to but not including `end`, in milliseconds since the epoch. */
export interface Span {
  start: number;
  end: number;
}

/** The spans in order of time, with those that overlap or touch made one. Empty ones are left out. */
export function united(spans: readonly Span[]): Span[] {
  const result: Span[] = [];
  for (const { start, end } of spans.filter((span) => span.start < span.end).sort((a, b) => a.start - b.start)) {
    const last = result.at(-1);
    if (last && start <= last.end) last.end = Math.max(last.end, end);
    else result.push({ start, end });
  }
  return result;
}

/** The parts of `pieces` that lie in `windows`, each with what else it carries. Both are ordered and free of overlap. */
export function cutTo<T extends Span>(pieces: readonly T[], windows: readonly Span[]): T[] {
  const result: T[] = [];
  let next = 0;
  for (const piece of pieces) {
    while ((windows[next]?.end ?? Infinity) <= piece.start) next += 1;
    for (let at = next; at < windows.length; at += 1) {
      const window = windows[at]!;
      if (window.start >= piece.end) break;
      result.push({ ...piece, start: Math.max(piece.start, window.start), end: Math.min(piece.end, window.end) });
    }
  }
  return result;
}

/** What of the window `within` no piece covers. The pieces are ordered and free of overlap. */
export function uncovered(pieces: readonly Span[], within: Span): Span[] {
  const result: Span[] = [];
  let reached = within.start;
  for (const { start, end } of pieces) {
    if (start > reached) result.push({ start: reached, end: Math.min(start, within.end) });
    reached = Math.max(reached, end);
    if (reached >= within.end) break;
  }
  if (reached < within.end) result.push({ start: reached, end: within.end });
  return result.filter((span) => span.start < span.end);
}
