/** What one unit of a rotation is. All of them are counted on the wall: a day is a day also when it has 23 or 25 hours. */
export type RotationUnit = 'hour' | 'day' | 'week' | 'month';

/** Days of the week as RFC 5545 names them, in lower case. */
export type Weekday = 'mo' | 'tu' | 'we' | 'th' | 'fr' | 'sa' | 'su';

/** The days of the week from Monday on, as ISO 8601 orders them. */
export const weekdays: readonly Weekday[] = ['mo', 'tu', 'we', 'th', 'fr', 'sa', 'su'];

/** A day on which restricted hours may begin: a day of the week, or any public holiday of the layer's calendar. */
export type RestrictedDay = Weekday | 'holiday';

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
  /**
   * Units that lie wholly outside the layer's restrictions do not count toward a turn. Holidays do not move the count, or a
   * holiday proclaimed next year would move every hand-off after it.
   */
  countOnlyServed?: boolean;
}

/**
 * Turns that begin where a rule of RFC 5545 says. Occurrence number n (from 0) belongs to `members[n mod members.length]`.
 * Where two occurrences overlap, the one that began last is held.
 */
export interface Recurrence {
  /** Wall time `YYYY-MM-DDTHH:mm` from which on the rule names days. Every occurrence begins at this time of day. */
  start: string;
  /** ISO 8601 duration of an occurrence, counted on the wall: whole minutes, at most 35 days. */
  duration: string;
  /** RFC 5545 section 3.3.10, by days, weeks, months or years: `FREQ=WEEKLY;BYDAY=SA,SU`. `UNTIL` is in UTC. */
  rule: string;
  members: readonly TurnMembers[];
}

/**
 * Hours of the week that a layer covers, in wall time. `from` later than `to` crosses midnight and belongs to the day it
 * begins on; `from` equal to `to` is the whole day from that time on.
 */
export interface Restriction {
  days: readonly RestrictedDay[];
  /** `HH:mm` */
  from: string;
  /** `HH:mm` */
  to: string;
  /** The hours do not begin on a public holiday. */
  exceptHolidays?: boolean;
}

/** Whether a day, counted from 1970-01-01 on the wall, is a public holiday. */
export type HolidayCalendar = (day: number) => boolean;

/** One rotation or recurrence within a schedule. A later layer wins over an earlier one wherever it has somebody. */
export interface Layer {
  name: string;
  /** IANA name of the zone in which this layer is read: the schedule's, when left out. */
  timeZone?: string;
  /** Needed where a restriction speaks of holidays. */
  holidays?: HolidayCalendar;
  /** People in training, who see and are told: they are no cover, and never asked. */
  shadow?: boolean;
  /** The layer has nobody before this instant. It does not move the count of the turns. */
  startsAt?: Date | null;
  /** The layer has nobody from this instant on. */
  endsAt?: Date | null;
  /** Either this or `recurrence`. */
  rotation?: Rotation;
  recurrence?: Recurrence;
  /** The layer covers these hours; none, or an empty list, is all hours. */
  restrictions?: readonly Restriction[];
}

/** Who is on call when, as people wrote it down. */
export interface ScheduleDefinition {
  /** IANA name of the zone in which hand-offs and restrictions are read. */
  timeZone: string;
  layers: readonly Layer[];
  /** Who is on call wherever nobody else would be. */
  fallback?: Fallback | null;
}

/** A plan and the changes of it, in the order in which they were made. */
export interface Plan {
  definition: ScheduleDefinition;
  overrides: readonly Override[];
}

/** What fills whatever would be a gap: one person, or another plan with a fallback of its own. */
export type Fallback = { responderId: string } | { plan: Plan };

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

/** What put somebody on call: the plan, its fallback, or a change of the plan. `shadow` is nobody's cover. */
export type ShiftSource = 'layer' | 'override' | 'fallback' | 'shadow';

/** One person on call without a break from `start` up to but not including `end`. */
export interface Shift {
  responderId: string;
  start: Date;
  end: Date;
  /** `override` as soon as any part of the shift comes from one, else `fallback` as soon as any part does. */
  source: ShiftSource;
}

/** Nobody is on call from `start` up to but not including `end`. */
export interface Gap {
  start: Date;
  end: Date;
}
