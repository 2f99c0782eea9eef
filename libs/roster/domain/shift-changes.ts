import type { Shift } from './schedule.js';
import { type Span, uncovered } from './span.js';

/** Time for which somebody comes to be on call, or no longer is, when one plan takes the place of another. */
export interface ShiftChange {
  responderId: string;
  change: 'gains' | 'loses';
  start: Date;
  end: Date;
  /** It is about a shift of somebody in training. */
  shadow: boolean;
}

/**
 * What changes for whom between two plans of the same window, ordered by start, then responder. What puts somebody on call
 * is not looked at: to be on call by an override instead of a layer is no change.
 */
export function shiftChanges(before: readonly Shift[], after: readonly Shift[]): ShiftChange[] {
  return [...difference(before, after, 'loses'), ...difference(after, before, 'gains')].sort(
    (a, b) => a.start.getTime() - b.start.getTime() || (a.responderId < b.responderId ? -1 : 1),
  );
}

/** The time in which `shifts` have somebody on call and `others` do not have them. */
function difference(shifts: readonly Shift[], others: readonly Shift[], change: ShiftChange['change']): ShiftChange[] {
  const keyOf = ({ responderId, source }: Shift): string => `${responderId} ${source === 'shadow'}`;
  const held = Map.groupBy(others, keyOf);
  return shifts.flatMap((shift) =>
    uncovered((held.get(keyOf(shift)) ?? []).map(spanOf), spanOf(shift)).map(({ start, end }) => ({
      responderId: shift.responderId,
      change,
      start: new Date(start),
      end: new Date(end),
      shadow: shift.source === 'shadow',
    })),
  );
}

function spanOf({ start, end }: Shift): Span {
  return { start: start.getTime(), end: end.getTime() };
}
