import { randomUUID } from 'node:crypto';
import type { Layer, ScheduleDefinition } from '../../libs/roster/domain/schedule.js';
import { shiftsBetween } from '../../libs/roster/domain/shifts.js';
import { membersOnCall } from '../../libs/roster/on-call-members.js';
import { median } from './statistics.js';

const schedules = 10_000;
const people = Array.from({ length: 100 }, () => randomUUID());
const zones = ['Europe/Bucharest', 'Europe/Berlin', 'Europe/Lisbon', 'America/Toronto', 'Asia/Kathmandu'];
const rounds = 15;

/** Who is on call now by ten thousand schedules (aim 50 ms), and a year's shifts of a large one (aim 10 ms). */
export function measureRoster(): Promise<void> {
  const now = new Date('2026-11-24T12:00:00Z');
  const many = Array.from({ length: schedules }, (_, index) => schedule(index, zones[index % zones.length] ?? 'UTC'));
  const currentMs = times(() => {
    const found = many.filter((definition) => membersOnCall(definition, [], now).length > 0).length;
    if (found !== schedules) throw new Error(`Somebody is on call by ${found} of ${schedules} schedules.`);
  });
  const large = schedule(7, 'Europe/Bucharest');
  let shifts = 0;
  const yearMs = times(() => {
    shifts = shiftsBetween(large, [], new Date('2035-01-01T00:00:00Z'), new Date('2036-01-01T00:00:00Z')).length;
  });
  console.log(
    `roster: who is on call by ${schedules} schedules in ${median(currentMs).toFixed(1)} ms (aim 50); the ${shifts} shifts of 2035 of 3 layers and ${people.length} people in ${median(yearMs).toFixed(1)} ms (aim 10)`,
  );
  return Promise.resolve();
}

/** Days by the week, nights by the day, weekends by a rule: everybody has a turn in each. */
function schedule(offset: number, timeZone: string): ScheduleDefinition {
  const turns = people.map((_, index) => people[(index + offset) % people.length] ?? '');
  const rotation = (unit: 'day' | 'week'): Layer['rotation'] => ({
    unit,
    length: 1,
    firstHandoff: '2026-01-05T08:00',
    members: turns,
  });
  return {
    timeZone,
    layers: [
      { name: 'Days', rotation: rotation('week') },
      {
        name: 'Nights',
        rotation: rotation('day'),
        restrictions: [{ days: ['mo', 'tu', 'we', 'th', 'fr'], from: '20:00', to: '08:00' }],
      },
      {
        name: 'Weekends',
        recurrence: { start: '2026-01-10T08:00', duration: 'P1D', rule: 'FREQ=WEEKLY;BYDAY=SA,SU', members: turns },
      },
    ],
  };
}

/** How long each of some rounds takes, once the first have warmed up the process. */
function times(work: () => void): number[] {
  const sampleMs: number[] = [];
  for (let round = 0; round < rounds + 3; round += 1) {
    const began = performance.now();
    work();
    if (round >= 3) sampleMs.push(performance.now() - began);
  }
  return sampleMs;
}
