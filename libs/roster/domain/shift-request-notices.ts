import { wallTime } from '../../platform/domain/index.js';
import type { ShiftRequestTerms } from './shift-request.js';
import type { Span } from './span.js';

/** A request as it is told to people: names instead of ids. */
export interface AnnouncedShiftRequest extends ShiftRequestTerms {
  /** The name of the schedule, and the zone it is read in. */
  schedule: string;
  timeZone: string;
  /** Null: the desk wants a gap filled. */
  requester: string | null;
}

/** What somebody is told: one line, and a few sentences. */
export interface NoticeText {
  subject: string;
  text: string;
}

/** To those who are asked. What the requester noted is not in it: it may say more than a text message should. */
export function askedNotice(request: AnnouncedShiftRequest): NoticeText {
  const { schedule, requester, span, theirs } = request;
  const asks = `${requester ?? 'The desk'} asks whether you take ${schedule} ${told(span, request)}`;
  return {
    subject: theirs ? `a swap on ${schedule} is asked of you` : `cover on ${schedule} is asked of you`,
    text: `${asks}${theirs ? `, and takes ${told(theirs, request)} from you` : ''}. Answer before it begins; until somebody accepts, nothing changes.`,
  };
}

/** To the requester, once somebody has accepted. */
export function acceptedNotice(request: AnnouncedShiftRequest, taker: string): NoticeText {
  const { schedule, span, theirs } = request;
  return {
    subject: `${taker} takes ${schedule}`,
    text: `${taker} is on call by ${schedule} ${told(span, request)}.${theirs ? ` You are on call ${told(theirs, request)}.` : ''}`,
  };
}

/** To the one who takes it, when somebody else accepted for them. */
export function takenNotice(request: AnnouncedShiftRequest): NoticeText {
  const { schedule, requester, span, theirs } = request;
  const instead = requester === null ? '' : ` in the place of ${requester}`;
  return {
    subject: `you are on call by ${schedule}`,
    text: `You are on call by ${schedule}${instead} ${told(span, request)}.${theirs ? ` You are off call ${told(theirs, request)}.` : ''}`,
  };
}

/** To the requester, when nobody takes it: everybody asked has refused, or the time has come. */
export function nobodyNotice(request: AnnouncedShiftRequest, why: 'refused' | 'expired'): NoticeText {
  const { schedule, requester, span } = request;
  const because = why === 'refused' ? 'Everybody who was asked has refused' : 'Nobody has accepted in time';
  const so = requester === null ? 'nobody was found for it' : 'the plan stays as it is';
  return { subject: `nobody takes ${schedule}`, text: `${because}: ${schedule} ${told(span, request)}, ${so}.` };
}

/** To those who were asked, when it is taken back. */
export function withdrawnNotice(request: AnnouncedShiftRequest): NoticeText {
  return {
    subject: `a request on ${request.schedule} was withdrawn`,
    text: `${request.schedule} ${told(request.span, request)} is no longer asked of you.`,
  };
}

function told({ start, end }: Span, { timeZone }: AnnouncedShiftRequest): string {
  return `from ${wallTime(new Date(start), timeZone)} to ${wallTime(new Date(end), timeZone)}`;
}
