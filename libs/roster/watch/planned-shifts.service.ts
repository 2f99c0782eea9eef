import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Shift } from '../domain/schedule.js';
import { shiftsBetween } from '../domain/shifts.js';
import type { Schedule } from '../roster.entity.js';
import { followedPlans } from '../schedule-plans.js';
import { schedulesNaming } from '../schedule-rows.js';

/** A schedule, and who is on call by it in some window. */
export interface ScheduleShifts {
  schedule: Schedule;
  shifts: Shift[];
}

/** Who is on call by many schedules at once, for those who look at the roster as a whole. */
@Injectable()
export class PlannedShifts {
  /** The shifts of these schedules in the window. Lets other work go on after each schedule, since many take a while. */
  async between(
    manager: EntityManager,
    schedules: readonly Schedule[],
    from: Date,
    to: Date,
  ): Promise<ScheduleShifts[]> {
    const ids = schedules.map(({ id }) => id);
    const { plans, absences } = await followedPlans(manager, ids, from, to);
    const result: ScheduleShifts[] = [];
    for (const schedule of schedules) {
      const plan = plans.get(schedule.id);
      result.push({ schedule, shifts: plan ? shiftsBetween(plan.definition, plan.overrides, from, to, absences) : [] });
      await new Promise((resolve) => setImmediate(resolve));
    }
    return result;
  }

  /** When a person is on call in the window, by whatever schedule. Only the schedules that could name them are looked at. */
  async ofResponder(manager: EntityManager, responderId: string, from: Date, to: Date): Promise<Shift[]> {
    const schedules = await schedulesNaming(manager, responderId, from);
    const all = await this.between(manager, schedules, from, to);
    return all.flatMap(({ shifts }) => shifts).filter((shift) => shift.responderId === responderId);
  }
}
