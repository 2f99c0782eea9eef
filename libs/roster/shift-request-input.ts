import type { Fault } from '../platform/index.js';
import { overlap } from './domain/shift-request.js';
import type { Span } from './domain/span.js';
import type { ShiftRequestInputDto, TimeSpanDto } from './shift-request.dto.js';

const longestDays = 100;
const furthestAheadDays = 400;
const millisecondsPerDay = 86_400_000;

/** What is wrong with a request by itself, whatever the roster says. The input has passed the checks of its class. */
export function shiftRequestFaults(input: ShiftRequestInputDto, requesterId: string | null, now: Date): Fault[] {
  const { kind, theirs, to } = input;
  const faults = spanFaults(input, '', now);
  if (kind === 'swap') {
    if (!theirs) faults.push({ pointer: '/theirs', detail: 'says which time is swapped for it' });
    if (to === 'anyone-fit') faults.push({ pointer: '/to', detail: 'must name the one to swap with' });
    if (requesterId === null) faults.push({ pointer: '/onBehalfOf', detail: 'must say whose shift is swapped' });
  } else if (theirs) faults.push({ pointer: '/theirs', detail: 'goes only with a swap' });
  if (kind === 'swap' && theirs) {
    faults.push(...spanFaults(theirs, '/theirs', now));
    if (overlap(toSpan(input), toSpan(theirs)))
      faults.push({ pointer: '/theirs', detail: 'must not overlap with the time it is swapped for' });
  }
  return faults;
}

function spanFaults(span: TimeSpanDto, pointer: string, now: Date): Fault[] {
  const { start, end } = toSpan(span);
  const faults: Fault[] = [];
  if (start <= now.getTime()) faults.push({ pointer: `${pointer}/start`, detail: 'must still lie ahead' });
  if (start > now.getTime() + furthestAheadDays * millisecondsPerDay)
    faults.push({ pointer: `${pointer}/start`, detail: `must lie within ${furthestAheadDays} days` });
  if (end <= start) faults.push({ pointer: `${pointer}/end`, detail: 'must come after the start' });
  else if (end > start + longestDays * millisecondsPerDay)
    faults.push({ pointer: `${pointer}/end`, detail: `must lie within ${longestDays} days of the start` });
  return faults;
}

function toSpan({ start, end }: TimeSpanDto): Span {
  return { start: new Date(start).getTime(), end: new Date(end).getTime() };
}
