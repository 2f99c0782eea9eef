import { coverageBetween } from './restrictions.js';
import { RotationTurns } from './rotation.js';
import type { Layer, ScheduleDefinition } from './schedule.js';
import { cutTo, type Span, uncovered } from './span.js';
import { WallClock } from './wall-clock.js';

/** A stretch of time in which a layer has these people on call: one or more. */
export interface StaffedSpan extends Span {
  members: readonly string[];
}

/**
 * Who is on call in the window by the layers alone, before any override: ordered and free of overlap.
 * Where several layers have somebody, the last of them is shown and the others are not.
 */
export function layeredSpans(definition: ScheduleDefinition, window: Span): StaffedSpan[] {
  const clock = new WallClock(definition.timeZone);
  return definition.layers.reduce<StaffedSpan[]>((below, layer) => {
    const own = spansOfLayer(layer, clock, window);
    if (own.length === 0) return below;
    return [...own, ...cutTo(below, uncovered(own, window))].sort((a, b) => a.start - b.start);
  }, []);
}

function spansOfLayer(layer: Layer, clock: WallClock, window: Span): StaffedSpan[] {
  const lifetime = {
    start: Math.max(window.start, layer.startsAt?.getTime() ?? -Infinity),
    end: Math.min(window.end, layer.endsAt?.getTime() ?? Infinity),
  };
  const coverage = coverageBetween(layer.restrictions, clock, lifetime);
  if (coverage.length === 0) return [];
  const turns = new RotationTurns(layer.rotation, layer.restrictions ?? [], clock).between(lifetime);
  return cutTo(
    turns.filter((turn) => turn.members.length > 0),
    coverage,
  );
}
