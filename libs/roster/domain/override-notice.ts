import { wallTime } from '../../platform/domain/index.js';
import type { Override } from './schedule.js';

/** What a person is told of an override that concerns them. */
export interface OverrideNotice {
  responderId: string;
  subject: string;
  text: string;
}

/** An override as it concerns people: `schedule` is the name of the plan, `timeZone` the zone it is read in. */
export interface AnnouncedOverride extends Omit<Override, 'id'> {
  schedule: string;
  timeZone: string;
}

/** Who is told when an override is made (`added`) or taken back, and what. */
export function overrideNotices(override: AnnouncedOverride, change: 'added' | 'taken-back'): OverrideNotice[] {
  const { kind, schedule, timeZone, start, end, responderId, replaces } = override;
  const span = `from ${wallTime(start, timeZone)} to ${wallTime(end, timeZone)}`;
  const takenBack = change === 'taken-back';
  const notice = (id: string, isOnCall: boolean): OverrideNotice => ({
    responderId: id,
    subject: isOnCall ? `you are on call by ${schedule}` : `you are not on call by ${schedule}`,
    text: takenBack
      ? `A change of the plan ${schedule} ${span} was taken back. What the plan says holds again.`
      : `The plan ${schedule} was changed: ${isOnCall ? 'you are on call' : 'you are off call'} ${span}.`,
  });
  const own = notice(responderId, (kind !== 'remove') !== takenBack);
  return replaces ? [own, notice(replaces, takenBack)] : [own];
}
