import { localDays } from './local-days.js';
import { nightsOnCall, type RestRule } from './rest.js';
import { type Span, united } from './span.js';
import { type WallClock, weekdayOf } from './wall-clock.js';

const hour = 3_600_000;
const saturday = 5;

/** What being on call asked of one person. */
export interface DutyLoad {
  hours: number;
  /** As the rule of rest counts nights. */
  nights: number;
  /** Weekends with as many hours on call, from Saturday's midnight to Sunday's, as make a night one. */
  weekends: number;
  /** Pages received. */
  pages: number;
}

/** How far one person is from the mean of all, to two decimals. Above zero: more than the others. */
export type LoadDeviation = DutyLoad;

const measures = ['hours', 'nights', 'weekends', 'pages'] as const satisfies readonly (keyof DutyLoad)[];

/**
 * What the shifts of one person come to, by the wall of where they live. Hours by two schedules at once are counted once: it
 * is one person who cannot sleep.
 */
export function dutyLoad(shifts: readonly Span[], pages: number, rule: RestRule, clock: WallClock): DutyLoad {
  const stretches = united(shifts);
  const length = stretches.reduce((sum, { start, end }) => sum + end - start, 0);
  return {
    hours: twoDecimals(length / hour),
    nights: nightsOnCall(stretches, rule, clock).length,
    weekends: weekendsOnCall(stretches, rule.nightHoursMs, clock),
    pages,
  };
}

/** How far each is from the mean of all, in their order. */
export function deviations(loads: readonly DutyLoad[]): LoadDeviation[] {
  const mean = Object.fromEntries(
    measures.map((measure) => [measure, loads.reduce((sum, load) => sum + load[measure], 0) / loads.length]),
  );
  return loads.map(({ hours, nights, weekends, pages }) => ({
    hours: twoDecimals(hours - mean.hours!),
    nights: twoDecimals(nights - mean.nights!),
    weekends: twoDecimals(weekends - mean.weekends!),
    pages: twoDecimals(pages - mean.pages!),
  }));
}

function weekendsOnCall(stretches: readonly Span[], leastMs: number, clock: WallClock): number {
  const bySaturday = new Map<number, number>();
  for (const stretch of stretches)
    for (const { day, start, end } of localDays(stretch, clock)) {
      const since = weekdayOf(day) - saturday;
      if (since >= 0) bySaturday.set(day - since, (bySaturday.get(day - since) ?? 0) + end - start);
    }
  return [...bySaturday.values()].filter((length) => length >= leastMs).length;
}

function twoDecimals(value: number): number {
  const rounded = Math.round(value * 100) / 100;
  return rounded === 0 ? 0 : rounded;
}
