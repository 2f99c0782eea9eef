import type { RosterSpan } from './overrides.js';
import type { Fallback, Plan } from './schedule.js';
import { cutTo, type Span } from './span.js';

/** How many schedules may stand behind one another as fallbacks. */
export const longestFallbackChain = 5;

/**
 * The timeline with its fallback wherever it has nobody. What the fallback leaves open stays a gap.
 *
 * @param timelineOf who is on call by another plan, in a window that it covers without overlap or hole
 */
export function withFallback(
  timeline: readonly RosterSpan[],
  fallback: Fallback | null | undefined,
  timelineOf: (plan: Plan, window: Span) => readonly RosterSpan[],
): readonly RosterSpan[] {
  const gaps = fallback ? timeline.filter(({ onCall }) => onCall.size === 0) : [];
  const [first, last] = [gaps[0], gaps.at(-1)];
  if (!fallback || !first || !last) return timeline;
  const filled =
    'responderId' in fallback
      ? gaps.map((gap) => ({ ...gap, onCall: fallbackOf([fallback.responderId]) }))
      : cutTo(timelineOf(fallback.plan, { start: first.start, end: last.end }), gaps).map((span) => ({
          ...span,
          onCall: fallbackOf([...span.onCall.keys()]),
        }));
  const kept = timeline.filter(({ onCall }) => onCall.size > 0);
  return [...kept, ...filled].sort((a, b) => a.start - b.start);
}

function fallbackOf(responderIds: readonly string[]): RosterSpan['onCall'] {
  return new Map(responderIds.map((responderId) => [responderId, 'fallback' as const]));
}
