import type { Override, ScheduleDefinition } from './domain/schedule.js';
import type { Schedule, ScheduleOverride } from './roster.entity.js';

/** A stored definition as the arithmetic takes it: instants instead of texts. */
export function toDefinition({ timeZone, layers }: Schedule['definition']): ScheduleDefinition {
  return {
    timeZone,
    layers: layers.map((layer) => ({
      ...layer,
      startsAt: layer.startsAt === null ? null : new Date(layer.startsAt),
      endsAt: layer.endsAt === null ? null : new Date(layer.endsAt),
    })),
  };
}

/** A stored override as the arithmetic takes it. */
export function toOverride({ id, kind, responderId, replaces, startsAt, endsAt }: ScheduleOverride): Override {
  return { id, kind, responderId, replaces, start: startsAt, end: endsAt };
}

/** Everybody whom a definition names. */
export function namedMembers({ layers }: Schedule['definition']): { pointer: string; responderId: string }[] {
  return layers.flatMap((layer, layerIndex) =>
    layer.rotation.members.flatMap((turn, turnIndex) => {
      const pointer = `/layers/${layerIndex}/rotation/members/${turnIndex}`;
      if (turn === null) return [];
      if (typeof turn === 'string') return [{ pointer, responderId: turn }];
      return turn.map((responderId, index) => ({ pointer: `${pointer}/${index}`, responderId }));
    }),
  );
}
