import { type DailyHours, dailySpans, isoDate } from './local-days.js';
import { type Span, uncovered, united } from './span.js';
import { dayOf, minutesPerDay, type WallClock, weekdayOf } from './wall-clock.js';

const hour = 3_600_000;

/** How much rest a person must have, as `config/rest.yaml` explains it. Lengths in milliseconds. */
export interface RestRule {
  /** The law that says so. */
  source: string;
  onCallIs: 'stand-by' | 'working-time';
  betweenShiftsMs: number;
  weeklyRestMs: number;
  weeklyHoursMs: number;
  averagedOverWeeks: number;
  night: DailyHours;
  nightHoursMs: number;
  nightShiftMs: number;
  nightsInARow: number;
  hoursInARowMs: number;
}

/** What can be wrong with somebody's rest. */
export const restFindingKinds = [
  'short-rest',
  'hours-in-a-row',
  'nights-in-a-row',
  'night-shift',
  'weekly-rest',
  'weekly-hours',
] as const;

export type RestFindingKind = (typeof restFindingKinds)[number];

/** A rule that is broken, from when to when, and in words. */
export interface RestFinding extends Span {
  kind: RestFindingKind;
  reason: string;
}

/** When one person is on call, by whatever schedule, and for how long pages made them work. */
export interface RestSituation {
  /** In any order; they may overlap. */
  shifts: readonly Span[];
  /** Time worked after pages, in any order. */
  worked: readonly Span[];
  /** The time of which everything is known. Whole weeks are judged only where they lie in it. */
  known: Span;
}

/** Every rule that the hours of one person break, in order of time. `clock` is that of the zone where the person lives. */
export function restFindings(situation: RestSituation, rule: RestRule, clock: WallClock): RestFinding[] {
  const stretches = united(situation.shifts);
  const found = [
    ...shortRests(stretches, rule),
    ...longStretches(stretches, rule),
    ...nightsInARow(stretches, rule, clock),
    ...(rule.onCallIs === 'working-time' ? longNightShifts(stretches, rule, clock) : []),
    ...(rule.onCallIs === 'working-time' ? shortWeeklyRests(stretches, situation.known, rule, clock) : []),
    ...longWeeks(situation, rule, clock),
  ];
  return found.sort((a, b) => a.start - b.start || a.end - b.end || (a.kind < b.kind ? -1 : 1));
}

/** The nights on call, each as the day on which it begins, in order. A night counts from the hours that the rule names on. */
export function nightsOnCall(shifts: readonly Span[], rule: RestRule, clock: WallClock): number[] {
  const byNight = new Map<number, number>();
  for (const shift of united(shifts))
    for (const { day, start, end } of dailySpans(shift, clock, rule.night))
      byNight.set(day, (byNight.get(day) ?? 0) + end - start);
  return [...byNight]
    .filter(([, length]) => length >= rule.nightHoursMs)
    .map(([day]) => day)
    .sort((a, b) => a - b);
}

function shortRests(stretches: readonly Span[], rule: RestRule): RestFinding[] {
  return stretches.slice(1).flatMap(({ start }, index) => {
    const rest = { start: stretches[index]!.end, end: start };
    const length = rest.end - rest.start;
    if (length >= rule.betweenShiftsMs) return [];
    const reason = `Only ${hours(length)} of rest between two shifts, not ${hours(rule.betweenShiftsMs)} (${rule.source}).`;
    return [{ kind: 'short-rest' as const, ...rest, reason }];
  });
}

function longStretches(stretches: readonly Span[], rule: RestRule): RestFinding[] {
  const mostMs =
    rule.onCallIs === 'working-time'
      ? Math.min(rule.hoursInARowMs, 24 * hour - rule.betweenShiftsMs)
      : rule.hoursInARowMs;
  return stretches
    .filter(({ start, end }) => end - start > mostMs)
    .map((stretch) => ({
      kind: 'hours-in-a-row' as const,
      ...stretch,
      reason: `On call for ${hours(stretch.end - stretch.start)} without a break; ${hours(mostMs)} are the most (${rule.source} and the desk's own limit).`,
    }));
}

function nightsInARow(stretches: readonly Span[], rule: RestRule, clock: WallClock): RestFinding[] {
  return runsOf(nightsOnCall(stretches, rule, clock))
    .filter(({ length }) => length > rule.nightsInARow)
    .map(({ first, length }) => ({
      kind: 'nights-in-a-row' as const,
      start: clock.firstInstantOf(first * minutesPerDay + rule.night.from),
      end: clock.lastInstantOf((first + length) * minutesPerDay + rule.night.to),
      reason: `On call ${length} nights in a row from ${isoDate(first)} on; ${rule.nightsInARow} are the most (the desk's own limit).`,
    }));
}

/** The longest row of nights, 0 when there is none. */
export function mostNightsInARow(nights: readonly number[]): number {
  return Math.max(0, ...runsOf(nights).map(({ length }) => length));
}

function runsOf(days: readonly number[]): { first: number; length: number }[] {
  const runs: { first: number; length: number }[] = [];
  for (const day of days) {
    const run = runs.at(-1);
    if (run && day === run.first + run.length) run.length += 1;
    else runs.push({ first: day, length: 1 });
  }
  return runs;
}

function longNightShifts(stretches: readonly Span[], rule: RestRule, clock: WallClock): RestFinding[] {
  return stretches
    .filter((stretch) => stretch.end - stretch.start > rule.nightShiftMs)
    .filter((stretch) => nightsOnCall([stretch], rule, clock).length > 0)
    .map((stretch) => ({
      kind: 'night-shift' as const,
      ...stretch,
      reason: `A shift of ${hours(stretch.end - stretch.start)} at night; ${hours(rule.nightShiftMs)} are the most (${rule.source}).`,
    }));
}

function shortWeeklyRests(stretches: readonly Span[], known: Span, rule: RestRule, clock: WallClock): RestFinding[] {
  return weeksIn(known, clock).flatMap((week) => {
    const rests = uncovered(
      stretches.filter(({ start, end }) => start < week.end && week.start < end),
      week,
    );
    const longest = Math.max(0, ...rests.map(({ start, end }) => end - start));
    if (longest >= rule.weeklyRestMs) return [];
    const reason = `Only ${hours(longest)} of unbroken rest in the week, not ${hours(rule.weeklyRestMs)} (${rule.source}).`;
    return [{ kind: 'weekly-rest' as const, ...week, reason }];
  });
}

/** The averages over as many weeks as the rule names that end with each week of the known time. */
function longWeeks({ shifts, worked, known }: RestSituation, rule: RestRule, clock: WallClock): RestFinding[] {
  const work = united(rule.onCallIs === 'working-time' ? [...shifts, ...worked] : worked);
  const weeks = weeksIn(known, clock);
  const lengths = weeks.map((week) => lengthWithin(work, week));
  return weeks.flatMap((week, last) => {
    const first = last - rule.averagedOverWeeks + 1;
    if (first < 0) return [];
    const average = lengths.slice(first, last + 1).reduce((sum, length) => sum + length, 0) / rule.averagedOverWeeks;
    if (average <= rule.weeklyHoursMs) return [];
    const reason = `${hours(average)} of work a week over ${rule.averagedOverWeeks} weeks; ${hours(rule.weeklyHoursMs)} are the most (${rule.source}).`;
    return [{ kind: 'weekly-hours' as const, start: weeks[first]!.start, end: week.end, reason }];
  });
}

/** The whole weeks of the time, from Monday to Monday on the wall. */
function weeksIn(known: Span, clock: WallClock): Span[] {
  const weeks: Span[] = [];
  const firstDay = dayOf(clock.furthestWallBy(known.start));
  for (let monday = firstDay - weekdayOf(firstDay); ; monday += 7) {
    const start = clock.firstInstantOf(monday * minutesPerDay);
    const end = clock.firstInstantOf((monday + 7) * minutesPerDay);
    if (end > known.end) return weeks;
    if (start >= known.start) weeks.push({ start, end });
  }
}

/** How much of the spans, ordered and free of overlap, lies in the window; in milliseconds. */
export function lengthWithin(spans: readonly Span[], window: Span): number {
  return spans.reduce(
    (sum, { start, end }) => sum + Math.max(0, Math.min(end, window.end) - Math.max(start, window.start)),
    0,
  );
}

function hours(ms: number): string {
  return `${Number((ms / hour).toFixed(1))} h`;
}
