import type { Absences } from './absences.js';
import { type Fault, faultIf } from './fault.js';
import type { Override, Shift } from './schedule.js';
import { type Span, uncovered, united } from './span.js';

/** `cover`: somebody else takes a shift. `swap`: two people each take a shift of the other's. */
export type ShiftRequestKind = 'cover' | 'swap';

/** Open until somebody accepts it, everybody asked refuses it, it is withdrawn, or the shift begins. */
export type ShiftRequestState = 'open' | 'accepted' | 'refused' | 'withdrawn' | 'expired';

/** What is asked for. */
export interface ShiftRequestTerms {
  kind: ShiftRequestKind;
  /** Whose shift it is. Null: a gap, which the desk wants filled. */
  requesterId: string | null;
  /** The time that somebody else is to take. */
  span: Span;
  /** The time that the requester takes in return. Only for a swap. */
  theirs: Span | null;
}

/** What the roster says about the time that is asked for. */
export interface ShiftRequestFacts {
  /** Who is on call by the plan and the changes of it, whether they are away or not: whoever falls ill still has a shift to give away. */
  planned: readonly Shift[];
  absences: Absences;
}

/** An override that is still to be made. */
export type NewOverride = Omit<Override, 'id'>;

/** What stands in the way on the side of who asks. Pointers are into the request. */
export function requesterObstacles(
  { requesterId, span, theirs }: ShiftRequestTerms,
  { planned, absences }: ShiftRequestFacts,
): Fault[] {
  if (requesterId === null) return [];
  return [
    ...faultIf(!holds(planned, requesterId, span), '/start', 'is not a time that is theirs from beginning to end'),
    ...(theirs ? whyNotOnCall(requesterId, theirs, { planned, absences }, '/theirs') : []),
  ];
}

/** What stands in the way of this person taking it. Pointers are into the request. */
export function takerObstacles(
  { requesterId, span, theirs }: ShiftRequestTerms,
  takerId: string,
  facts: ShiftRequestFacts,
): Fault[] {
  return [
    ...faultIf(takerId === requesterId, '/to', 'is the one whose shift it is'),
    ...(takerId === requesterId ? [] : whyNotOnCall(takerId, span, facts, '/to')),
    ...faultIf(
      theirs !== null && !holds(facts.planned, takerId, theirs),
      '/theirs',
      'is not a time that the other is on call from beginning to end',
    ),
  ];
}

/** The changes of the plan by which it is done, once somebody takes it. */
export function overridesFor({ requesterId, span, theirs }: ShiftRequestTerms, takerId: string): NewOverride[] {
  if (requesterId === null) return [{ kind: 'add', responderId: takerId, replaces: null, ...dates(span) }];
  const given: NewOverride = { kind: 'replace', responderId: takerId, replaces: requesterId, ...dates(span) };
  if (theirs === null) return [given];
  return [given, { kind: 'replace', responderId: requesterId, replaces: takerId, ...dates(theirs) }];
}

/** Whether the shifts have this person on call for all of the span. */
export function holds(shifts: readonly Shift[], responderId: string, span: Span): boolean {
  const own = shifts.filter((shift) => shift.responderId === responderId).map(toSpan);
  return uncovered(united(own), span).length === 0;
}

/** Whether the shifts have this person on call at any time in the span. */
export function isOnCallDuring(shifts: readonly Shift[], responderId: string, span: Span): boolean {
  return shifts.some((shift) => shift.responderId === responderId && overlap(toSpan(shift), span));
}

/** Whether the person is away at any time in the span. */
export function isAwayDuring(absences: Absences, responderId: string, span: Span): boolean {
  return (absences.get(responderId) ?? []).some((away) => overlap(away, span));
}

/** Whether the two share any time. */
export function overlap(one: Span, other: Span): boolean {
  return one.start < other.end && other.start < one.end;
}

function whyNotOnCall(
  responderId: string,
  span: Span,
  { planned, absences }: ShiftRequestFacts,
  pointer: string,
): Fault[] {
  return [
    ...faultIf(isAwayDuring(absences, responderId, span), pointer, 'falls into an absence'),
    // In the place of the other, the two would be one: the shift would lose a person.
    ...faultIf(isOnCallDuring(planned, responderId, span), pointer, 'is on call by this schedule then already'),
  ];
}

function toSpan({ start, end }: { start: Date; end: Date }): Span {
  return { start: start.getTime(), end: end.getTime() };
}

function dates({ start, end }: Span): { start: Date; end: Date } {
  return { start: new Date(start), end: new Date(end) };
}
