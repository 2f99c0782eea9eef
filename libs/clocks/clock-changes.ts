import { isoDuration, type Actor, type Consequences } from '../platform/index.js';
import { scopeOf, type ClockRow } from './clock-row.js';
import { nextThresholdAt } from './domain/service-clock.js';
import type { ServiceClockHappening } from './domain/service-clock-state.js';
import { presentClock } from './present-clock.js';

/** The kind of timer that wakes a service clock at its next warning or breach. */
export const serviceClockTimer = 'service-clock';

/** A clock after a change, and what happened to it. */
export interface ChangedClock {
  row: ClockRow;
  happenings: ServiceClockHappening[];
}

/** Says what happened to a clock, and arms its timer for what comes next. */
export function followUp(
  { row, happenings }: ChangedClock,
  actor: Actor,
  now: Date,
  consequences: Pick<Consequences, 'record' | 'arm' | 'disarm'>,
): void {
  for (const happening of happenings) {
    consequences.record({
      type: `clock.${happening.type}`,
      subject: { type: 'clock', id: row.id, reference: row.subjectReference },
      actor,
      scope: scopeOf(row),
      audience: 'case',
      data: { ...presentClock(row, now), ...detailsOf(happening) },
    });
  }
  const next = nextThresholdAt(row);
  if (next) consequences.arm({ kind: serviceClockTimer, subjectId: row.id, dueAt: next });
  else consequences.disarm(serviceClockTimer, row.id);
}

function detailsOf(happening: ServiceClockHappening): object {
  switch (happening.type) {
    case 'warning':
      return { threshold: happening.fraction, lateBy: isoDuration(happening.lateByMs) };
    case 'breached':
      return { lateBy: isoDuration(happening.lateByMs) };
    case 'resumed':
      return { pausedFor: isoDuration(happening.pausedMs) };
    case 'retargeted':
      return { previousTarget: isoDuration(happening.fromTargetMs), target: isoDuration(happening.targetMs) };
    default:
      return {};
  }
}
