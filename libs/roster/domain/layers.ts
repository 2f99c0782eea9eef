import { RecurringTurns } from './recurrence.js';
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
 * Where several layers have somebody, the last of them is shown and the others are not. Shadow layers have nobody on call.
 */
export function layeredSpans(definition: ScheduleDefinition, window: Span): StaffedSpan[] {
  return readLayers(definition).reduce<StaffedSpan[]>((below, read) => {
    if (read.layer.shadow) return below;
    const own = spansOfLayer(read, window);
    if (own.length === 0) return below;
    if (below.length === 0) return own;
    return [...own, ...cutTo(below, uncovered(own, window))].sort((a, b) => a.start - b.start);
  }, []);
}

/** Who shadows in the window, layer by layer: each layer ordered and free of overlap, for none of them hides another. */
export function shadowSpans(definition: ScheduleDefinition, window: Span): StaffedSpan[] {
  return readLayers(definition)
    .filter(({ layer }) => layer.shadow)
    .flatMap((read) => spansOfLayer(read, window));
}

/** A layer whose turns and wall can be asked. */
interface ReadLayer {
  layer: Layer;
  clock: WallClock;
  turns: RotationTurns | RecurringTurns | null;
}

/** Definitions read before: they do not change, and are looked at far more often than they are written. */
const readBefore = new WeakMap<ScheduleDefinition, ReadLayer[]>();

function readLayers(definition: ScheduleDefinition): ReadLayer[] {
  const known = readBefore.get(definition);
  if (known) return known;
  const read = definition.layers.map((layer) => {
    const clock = new WallClock(layer.timeZone ?? definition.timeZone);
    return { layer, clock, turns: turnsOf(layer, clock) };
  });
  readBefore.set(definition, read);
  return read;
}

function turnsOf({ rotation, recurrence, restrictions = [] }: Layer, clock: WallClock): ReadLayer['turns'] {
  if (rotation) return new RotationTurns(rotation, restrictions, clock);
  return recurrence ? new RecurringTurns(recurrence, clock) : null;
}

function spansOfLayer({ layer, clock, turns }: ReadLayer, window: Span): StaffedSpan[] {
  const lifetime = {
    start: Math.max(window.start, layer.startsAt?.getTime() ?? -Infinity),
    end: Math.min(window.end, layer.endsAt?.getTime() ?? Infinity),
  };
  const coverage = coverageBetween(layer.restrictions, clock, lifetime, layer.holidays);
  if (!turns || coverage.length === 0) return [];
  return cutTo(
    turns.between(lifetime).filter((turn) => turn.members.length > 0),
    coverage,
  );
}
