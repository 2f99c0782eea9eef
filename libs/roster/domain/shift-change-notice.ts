import { wallTime } from '../../platform/domain/index.js';
import type { ShiftChange } from './shift-changes.js';

/** What one person is told of an edited schedule. */
export interface ShiftChangeNotice {
  subject: string;
  text: string;
}

/** More than these are counted, not listed: a notice is read on a phone. */
const mostListed = 5;

/** What a person is told about the changes of their own shifts, in the zone of the schedule. There is one at least. */
export function shiftChangeNotice(
  changes: readonly ShiftChange[],
  schedule: string,
  timeZone: string,
  asksToConfirm: boolean,
): ShiftChangeNotice {
  const lines = changes.slice(0, mostListed).map(({ change, start, end, shadow }) => {
    const duty = shadow ? 'shadowing' : 'on call';
    return `${change === 'gains' ? `You are now ${duty}` : `You are no longer ${duty}`} from ${wallTime(start, timeZone)} to ${wallTime(end, timeZone)}.`;
  });
  if (changes.length > mostListed) lines.push(`And ${changes.length - mostListed} more.`);
  if (asksToConfirm) lines.push('This is at short notice: please accept or refuse it.');
  return { subject: `your shifts by ${schedule} have changed`, text: lines.join('\n') };
}
