import type { Shift } from './schedule.js';
import type { Span } from './span.js';

/** A person who is on call by several schedules at once. */
export interface DoubleDuty extends Span {
  responderId: string;
  scheduleIds: readonly string[];
}

interface Change {
  at: number;
  scheduleId: string;
  comes: boolean;
}

/** When each person is on call by two schedules or more at once, by person and in order of time. */
export function doubleDuties(schedules: readonly { id: string; shifts: readonly Shift[] }[]): DoubleDuty[] {
  const shifts = schedules.flatMap(({ id, shifts }) => shifts.map((shift) => ({ ...shift, scheduleId: id })));
  const byPerson = Map.groupBy(shifts, ({ responderId }) => responderId);
  return [...byPerson].flatMap(([responderId, own]) => {
    const changes = own.flatMap(({ scheduleId, start, end }): Change[] => [
      { at: start.getTime(), scheduleId, comes: true },
      { at: end.getTime(), scheduleId, comes: false },
    ]);
    return overlaps(changes).map((overlap) => ({ responderId, ...overlap }));
  });
}

/** At one instant those who go come first, so that duties that only touch are none at once. */
function overlaps(changes: Change[]): (Span & { scheduleIds: string[] })[] {
  const result: (Span & { scheduleIds: string[] })[] = [];
  const current = new Set<string>();
  let running: (Span & { scheduleIds: string[] }) | undefined;
  for (const { at, scheduleId, comes } of changes.sort((a, b) => a.at - b.at || Number(a.comes) - Number(b.comes))) {
    if (comes) current.add(scheduleId);
    else current.delete(scheduleId);
    if (current.size > 1) {
      running ??= { start: at, end: at, scheduleIds: [] };
      running.scheduleIds = [...new Set([...running.scheduleIds, ...current])].sort();
    } else if (running) {
      result.push({ ...running, end: at });
      running = undefined;
    }
  }
  return result;
}
