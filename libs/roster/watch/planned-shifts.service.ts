import { Injectable } from '@nestjs/common';
import { MoreThan, LessThan, type EntityManager } from 'typeorm';
import type { Shift } from '../domain/schedule.js';
import { shiftsBetween } from '../domain/shifts.js';
import { Schedule, ScheduleOverride } from '../roster.entity.js';
import { toDefinition, toOverride } from '../schedule-definition.js';
import { overridesBetween } from '../schedule-rows.js';

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
    const overrides = await overridesBetween(manager, ids, from, to);
    const result: ScheduleShifts[] = [];
    for (const schedule of schedules) {
      const own = (overrides.get(schedule.id) ?? []).map(toOverride);
      result.push({ schedule, shifts: shiftsBetween(toDefinition(schedule.definition), own, from, to) });
      await new Promise((resolve) => setImmediate(resolve));
    }
    return result;
  }

  /** When a person is on call in the window, by whatever schedule. Only the schedules that could name them are looked at. */
  async ofResponder(manager: EntityManager, responderId: string, from: Date, to: Date): Promise<Shift[]> {
    const schedules = await this.naming(manager, responderId, from, to);
    const all = await this.between(manager, schedules, from, to);
    return all.flatMap(({ shifts }) => shifts).filter((shift) => shift.responderId === responderId);
  }

  private async naming(manager: EntityManager, responderId: string, from: Date, to: Date): Promise<Schedule[]> {
    const schedules = await manager.find(Schedule, { order: { id: 'ASC' } });
    const overrides = await manager.find(ScheduleOverride, {
      select: { scheduleId: true },
      where: { responderId, endsAt: MoreThan(from), startsAt: LessThan(to) },
    });
    const overridden = new Set(overrides.map(({ scheduleId }) => scheduleId));
    return schedules.filter(
      ({ id, definition }) => overridden.has(id) || JSON.stringify(definition).includes(responderId),
    );
  }
}
