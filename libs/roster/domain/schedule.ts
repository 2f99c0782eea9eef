/** What one unit of a rotation is. All of them are counted on the wall: a day is a day also when it has 23 or 25 hours. */
export type RotationUnit = 'hour' | 'day' | 'week' | 'month';

/** Days of the week as RFC 5545 names them, in lower case. */
export type Weekday = 'mo' | 'tu' | 'we' | 'th' | 'fr' | 'sa' | 'su';

/** The days of the week from Monday on, as ISO 8601 orders them. */
export const weekdays: readonly Weekday[] = ['mo', 'tu', 'we', 'th', 'fr', 'sa', 'su'];

/** Whose turn it is: one responder, several together, or nobody (the layer below shows, or a gap). */
export type TurnMembers = string | readonly string[] | null;

/** Turns that are handed round. Turn number n (from 0) belongs to `members[n mod members.length]`. */
export interface Rotation {
  unit: RotationUnit;
  /** Units in a turn; a list is gone through over and over (`[4, 3]`: turns of four and of three units). */
  length: number | readonly number[];
  /** Wall time `YYYY-MM-DDTHH:mm` at which turn 0 begins. Before it the rotation has nobody. */
  firstHandoff: string;
  members: readonly TurnMembers[];
  /** Units that lie wholly outside the layer's restrictions do not count toward a turn. */
  countOnlyServed?: boolean;
}

/**
 * Hours of the week that a layer covers, in wall time. `from` later than `to` crosses midnight and belongs to the day it
 * begins on; `from` equal to `to` is the whole day from that time on.
 */
export interface Restriction {
  days: readonly Weekday[];
  /** `HH:mm` */
  from: string;
  /** `HH:mm` */
  to: string;
}

/** One rotation within a schedule. A later layer wins over an earlier one wherever it has somebody. */
export interface Layer {
  name: string;
  /** The layer has nobody before this instant. It does not move the count of the rotation. */
  startsAt?: Date | null;
  /** The layer has nobody from this instant on. */
  endsAt?: Date | null;
  rotation: Rotation;
  /** The layer covers these hours; none, or an empty list, is all hours. */
  restrictions?: readonly Restriction[];
}

/** Who is on call when, as people wrote it down. */
export interface ScheduleDefinition {
  /** IANA name of the zone in which hand-offs and restrictions are read. */
  timeZone: string;
  layers: readonly Layer[];
}

/**
 * A change of the plan from `start` up to but not including `end`:
 * - `replace` puts `responderId` in the place of `replaces` (of everybody, when left out) while they are on call;
 * - `add` puts `responderId` beside whoever is on call;
 * - `remove` takes `responderId` off.
 */
export interface Override {
  id: string;
  kind: 'replace' | 'add' | 'remove';
  responderId: string;
  /** Only for `replace`. */
  replaces?: string | null;
  start: Date;
  end: Date;
}

/** What put somebody on call: the plan, or a change of it. */
export type ShiftSource = 'layer' | 'override';

/** One person on call without a break from `start` up to but not including `end`. */
export interface Shift {
  responderId: string;
  start: Date;
  end: Date;
  /** `override` as soon as any part of the shift comes from one. */
  source: ShiftSource;
}

/** Nobody is on call from `start` up to but not including `end`. */
export interface Gap {
  start: Date;
  end: Date;
}
