import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource, In, type EntityManager } from 'typeorm';
import { Clock } from '../platform/index.js';
import { calendarText } from './calendar-text.js';
import { calendarEvents, calendarWindow, type CalendarEvent, type CalendarShift } from './domain/shift-calendar.js';
import { shiftsBetween } from './domain/shifts.js';
import { followedPlans } from './schedule-plans.js';
import { findResponder } from './responder-rows.js';
import { Responder, type Schedule } from './roster.entity.js';
import { findSchedule, schedulesNaming } from './schedule-rows.js';

/** How far before the window the beginning of a shift that reaches into it is looked for. */
const lookBackMs = 100 * 86_400_000;

/** A calendar of shifts as it goes out. */
export interface ShiftCalendar {
  /** iCalendar (RFC 5545), in UTC. */
  text: string;
  /** Changes when the shifts or their names do, and not with each look at it. */
  etag: string;
}

/** Shifts as calendars that people subscribe to. */
@Injectable()
export class ShiftCalendars {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  /** Everybody's shifts by one schedule. Throws 404 when there is none. */
  async ofSchedule(id: string): Promise<ShiftCalendar> {
    const { manager } = this.dataSource;
    const schedule = await findSchedule(manager, id);
    const shifts = await this.shifts(manager, [schedule], null);
    return this.written(schedule.name, calendarEvents(shifts, false));
  }

  /** One person's shifts by every schedule. Throws 404 when there is no such person. */
  async ofResponder(id: string): Promise<ShiftCalendar> {
    const { manager } = this.dataSource;
    const responder = await findResponder(manager, id);
    const { from } = calendarWindow(this.clock.now());
    const schedules = await schedulesNaming(manager, responder.id, from);
    const shifts = await this.shifts(manager, schedules, responder.id);
    return this.written(`On call: ${responder.name}`, calendarEvents(shifts, true));
  }

  private async shifts(manager: EntityManager, schedules: Schedule[], only: string | null): Promise<CalendarShift[]> {
    const { from, to } = calendarWindow(this.clock.now());
    const earliest = new Date(from.getTime() - lookBackMs);
    const ids = schedules.map(({ id }) => id);
    const { plans, absences } = await followedPlans(manager, ids, earliest, to);
    const found = schedules.flatMap(({ id, name }) => {
      const plan = plans.get(id);
      const shifts = plan ? shiftsBetween(plan.definition, plan.overrides, earliest, to, absences) : [];
      return shifts
        .filter(({ responderId, end }) => end > from && (only === null || responderId === only))
        .map((shift) => ({ ...shift, scheduleId: id, schedule: name }));
    });
    const onCall = [...new Set(found.map(({ responderId }) => responderId))];
    const people = await manager.find(Responder, { select: { id: true, name: true }, where: { id: In(onCall) } });
    const names = new Map(people.map(({ id, name }) => [id, name]));
    return found.map((shift) => ({ ...shift, responder: names.get(shift.responderId) ?? shift.responderId }));
  }

  private written(name: string, events: CalendarEvent[]): ShiftCalendar {
    const content = createHash('sha256')
      .update(JSON.stringify([name, events]))
      .digest('base64url');
    return { text: calendarText(name, events, this.clock.now()), etag: `"${content}"` };
  }
}
