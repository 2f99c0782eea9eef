import { serveWall, weeklyHours } from './restrictions.js';
import type { Restriction, Rotation, RotationUnit } from './schedule.js';
import { addMonths, calendarMonthsBetween, minutesPerDay, minutesPerWeek, type WallMinutes } from './wall-clock.js';

/** Minutes of a unit on the wall. A month has no fixed number. */
const minutesPerUnit: Record<Exclude<RotationUnit, 'month'>, number> = {
  hour: 60,
  day: minutesPerDay,
  week: minutesPerWeek,
};

/**
 * The units of a rotation that count toward its turns, numbered from 0: all of them, or only those served.
 * Both directions are closed formulas, so that the year 2035 costs what tomorrow costs.
 */
export interface CountedUnits {
  /** Wall time at which the counted unit begins. */
  startOf(count: number): WallMinutes;
  /** Number of the last counted unit that begins at or before the wall time; negative when there is none. */
  lastBegunBy(wall: WallMinutes): number;
}

/** The units that count in this rotation, from its first hand-off on. */
export function countedUnits(
  rotation: Rotation,
  firstHandoff: WallMinutes,
  restrictions: readonly Restriction[],
): CountedUnits {
  // Restrictions repeat every week, so a month is never wholly outside them: all months count.
  if (rotation.unit === 'month') return months(firstHandoff);
  const all = fixedUnits(firstHandoff, minutesPerUnit[rotation.unit]);
  if (!rotation.countOnlyServed || restrictions.length === 0) return all;
  return servedUnits(all, minutesPerUnit[rotation.unit], restrictions);
}

function fixedUnits(first: WallMinutes, minutes: number): CountedUnits {
  return {
    startOf: (count) => first + count * minutes,
    lastBegunBy: (wall) => Math.floor((wall - first) / minutes),
  };
}

/** Each counted from the first hand-off, not from the month before, so that the 31st comes back after a shorter month. */
function months(first: WallMinutes): CountedUnits {
  const startOf = (count: number): WallMinutes => addMonths(first, count);
  return {
    startOf,
    lastBegunBy: (wall) => {
      const count = calendarMonthsBetween(first, wall);
      return startOf(count) <= wall ? count : count - 1;
    },
  };
}

/** Which units are served repeats every week: so many served units a week, at known places in it. */
function servedUnits(all: CountedUnits, minutes: number, restrictions: readonly Restriction[]): CountedUnits {
  const unitsPerWeek = minutesPerWeek / minutes;
  const weekly = weeklyHours(restrictions);
  const served = Array.from({ length: unitsPerWeek }, (_, unit) => unit).filter((unit) =>
    serveWall(weekly, all.startOf(unit), minutes),
  );
  return {
    startOf: (count) => {
      const week = Math.floor(count / served.length);
      return all.startOf(week * unitsPerWeek + served[count - week * served.length]!);
    },
    lastBegunBy: (wall) => {
      const unit = all.lastBegunBy(wall);
      const week = Math.floor(unit / unitsPerWeek);
      const inWeek = unit - week * unitsPerWeek;
      return week * served.length + served.filter((place) => place <= inWeek).length - 1;
    },
  };
}
