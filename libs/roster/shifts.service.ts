import { Injectable } from '@nestjs/common';
import { DataSource, In } from 'typeorm';
import { Clock, problems } from '../platform/index.js';
import { absencesInPlans } from './absence-rows.js';
import type { PlannedSchedule } from './domain/absence-effects.js';
import type { Absences } from './domain/absences.js';
import type { Shift } from './domain/schedule.js';
import { furthestLookDays, gapsBetween, onCallAt, shiftsBetween } from './domain/shifts.js';
import { presentShift } from './present-schedule.js';
import { Responder, Schedule } from './roster.entity.js';
import { checkedDefinition, toDefinition, toOverride } from './schedule-definition.js';
import { findSchedule, findSchedules, overridesBetween } from './schedule-rows.js';
import type {
  GapDto,
  OnCallDto,
  OnCallQuery,
  PreviewedShiftsDto,
  PreviewScheduleDto,
  ShiftDto,
  WindowQuery,
} from './schedule.dto.js';
import { RestRules } from './watch/rest-rules.service.js';

const millisecondsPerDay = 86_400_000;
const longestWindowMs = 400 * millisecondsPerDay;
/** Whoever reads more has long seen that the plan is wrong. */
const mostWarnings = 200;

type Plan = PlannedSchedule & { id: string };

/** Who is on call when: what the plans and their overrides come to. */
@Injectable()
export class Shifts {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly rest: RestRules,
  ) {}

  /** The shifts of a schedule that is not saved, and whom it would leave too little rest. */
  async preview({ from, to, ...input }: PreviewScheduleDto): Promise<PreviewedShiftsDto> {
    const window = checkedWindow({ from, to });
    const definition = await checkedDefinition(this.dataSource.manager, input);
    const shifts = shiftsBetween(toDefinition(definition), [], window.from, window.to);
    return { items: shifts.map(presentShift), warnings: await this.restWarnings(shifts, window) };
  }

  private async restWarnings(shifts: Shift[], { from, to }: { from: Date; to: Date }): Promise<string[]> {
    const ids = [...new Set(shifts.map(({ responderId }) => responderId))];
    const people = await this.dataSource.manager.find(Responder, { where: { id: In(ids) }, order: { id: 'ASC' } });
    const names = new Map(people.map(({ id, name }) => [id, name]));
    const found = this.rest.ofPlan(shifts, { start: from.getTime(), end: to.getTime() }, people);
    return found
      .slice(0, mostWarnings)
      .map(({ responderId, reason }) => `${names.get(responderId) ?? responderId}: ${reason}`);
  }

  /** Who is on call in the window, ordered, merged and cut to it. */
  async between(id: string, query: WindowQuery): Promise<ShiftDto[]> {
    const { from, to } = checkedWindow(query);
    const schedule = await findSchedule(this.dataSource.manager, id);
    const { plans, absences } = await this.plans([schedule], from, to);
    return plans
      .flatMap(({ definition, overrides }) => shiftsBetween(definition, overrides, from, to, absences))
      .map(presentShift);
  }

  /** When nobody is on call in the window. */
  async gaps(id: string, query: WindowQuery): Promise<GapDto[]> {
    const { from, to } = checkedWindow(query);
    const schedule = await findSchedule(this.dataSource.manager, id);
    const { plans, absences } = await this.plans([schedule], from, to);
    const gaps = plans.flatMap(({ definition, overrides }) => gapsBetween(definition, overrides, from, to, absences));
    return gaps.map(({ start, end }) => ({ start: start.toISOString(), end: end.toISOString() }));
  }

  /** Who is on call at a moment (now, when left out), by these schedules or, when none is named, by each. */
  async onCall({ at, schedule }: OnCallQuery): Promise<OnCallDto[]> {
    const moment = at === undefined ? this.clock.now() : new Date(at);
    const { manager } = this.dataSource;
    const schedules = await (schedule
      ? findSchedules(manager, schedule)
      : manager.find(Schedule, { order: { id: 'ASC' } }));
    const lookMs = furthestLookDays * millisecondsPerDay;
    const [from, to] = [new Date(moment.getTime() - lookMs), new Date(moment.getTime() + lookMs)];
    const { plans, absences } = await this.plans(schedules, from, to);
    return plans.flatMap(({ id, definition, overrides }) =>
      onCallAt(definition, overrides, moment, absences).map(({ responderId, since, until }) => ({
        scheduleId: id,
        responderId,
        since: since.toISOString(),
        until: until.toISOString(),
      })),
    );
  }

  /** The plans of these schedules with the changes of them and the absences of their people, as they bear on the window. */
  private async plans(schedules: Schedule[], from: Date, to: Date): Promise<{ plans: Plan[]; absences: Absences }> {
    const { manager } = this.dataSource;
    const ids = schedules.map(({ id }) => id);
    const overrides = await overridesBetween(manager, ids, from, to);
    const plans = schedules.map(({ id, definition }) => ({
      id,
      definition: toDefinition(definition),
      overrides: (overrides.get(id) ?? []).map(toOverride),
    }));
    return { plans, absences: await absencesInPlans(manager, plans, from, to) };
  }
}

function checkedWindow({ from, to }: WindowQuery): { from: Date; to: Date } {
  const window = { from: new Date(from), to: new Date(to) };
  const length = window.to.getTime() - window.from.getTime();
  if (length <= 0) throw problems.invalidInput([{ pointer: '/to', detail: 'must come after from' }]);
  if (length > longestWindowMs)
    throw problems.invalidInput([{ pointer: '/to', detail: 'must lie within 400 days of from' }]);
  return window;
}
