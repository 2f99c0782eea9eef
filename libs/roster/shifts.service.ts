import { Injectable } from '@nestjs/common';
import { DataSource, In } from 'typeorm';
import { Clock, isId, problems } from '../platform/index.js';
import { absencesInPlans } from './absence-rows.js';
import type { Absences } from './domain/absences.js';
import type { Plan, Shift } from './domain/schedule.js';
import {
  furthestLookDays,
  gapsBetween,
  onCallAt,
  shadowsAt,
  shadowShiftsBetween,
  shiftsBetween,
} from './domain/shifts.js';
import { presentGap, presentShift, presentShiftChange } from './present-schedule.js';
import { Responder, Schedule } from './roster.entity.js';
import { checkedDefinition, toDefinition } from './schedule-definition.js';
import { effects } from './schedule-edits.service.js';
import { planAsKnown } from './schedule-history.js';
import { behindOf, followedPlans, plansBetween } from './schedule-plans.js';
import { findSchedules } from './schedule-rows.js';
import type {
  GapDto,
  KnownWindowQuery,
  OnCallDto,
  OnCallQuery,
  PreviewedShiftsDto,
  PreviewScheduleDto,
  ScheduleEffectsDto,
  ShiftDto,
  ShiftsQuery,
  WindowQuery,
} from './schedule.dto.js';
import { RestRules } from './watch/rest-rules.service.js';

const millisecondsPerDay = 86_400_000;
const longestWindowMs = 400 * millisecondsPerDay;
/** Whoever reads more has long seen that the plan is wrong. */
const mostWarnings = 200;

/** A plan, and when the people in it are away. */
interface FollowedPlan {
  plan: Plan;
  absences: Absences;
}

/** Who is on call when: what the plans and their overrides come to. */
@Injectable()
export class Shifts {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly rest: RestRules,
  ) {}

  /**
   * The shifts of a schedule that is not saved, and whom it would leave too little rest. Those of people in training are told
   * too, with their own source.
   */
  async preview({ from, to, ...input }: PreviewScheduleDto): Promise<PreviewedShiftsDto> {
    const window = checkedWindow({ from, to });
    const { manager } = this.dataSource;
    const stored = await checkedDefinition(manager, input);
    const definition = toDefinition(stored, await behindOf(manager, stored, window.from, window.to));
    const shifts = shiftsBetween(definition, [], window.from, window.to);
    const shadows = shadowShiftsBetween(definition, window.from, window.to);
    return { items: ordered([...shifts, ...shadows]), warnings: await this.restWarnings(shifts, window) };
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

  /** What an edit of a schedule would come to: the shifts, the gaps, and what changes for whom. Nothing is saved. */
  async effects(id: string, { from, to, ...input }: PreviewScheduleDto): Promise<ScheduleEffectsDto> {
    const window = checkedWindow({ from, to });
    const { manager } = this.dataSource;
    const { plan: before } = await this.followed(id, window.from, window.to);
    const stored = await checkedDefinition(manager, input);
    const definition = toDefinition(stored, await behindOf(manager, stored, window.from, window.to));
    const { overrides } = before;
    const after: Plan = { definition, overrides };
    const absences = await absencesInPlans(manager, [before, after], window.from, window.to);
    return {
      changes: effects(before, after, window.from, window.to, absences).map(presentShiftChange),
      shifts: shown({ plan: after, absences }, window.from, window.to, true),
      gaps: gapsBetween(definition, overrides, window.from, window.to, absences).map(presentGap),
    };
  }

  /** Who is on call in the window, ordered, merged and cut to it; with people in training, where they are asked for. */
  async between(id: string, query: ShiftsQuery): Promise<ShiftDto[]> {
    const { from, to } = checkedWindow(query);
    return shown(await this.followed(id, from, to, query.asOf), from, to, query.shadow ?? false);
  }

  /** When nobody is on call in the window. */
  async gaps(id: string, query: KnownWindowQuery): Promise<GapDto[]> {
    const { from, to } = checkedWindow(query);
    const { plan, absences } = await this.followed(id, from, to, query.asOf);
    return gapsBetween(plan.definition, plan.overrides, from, to, absences).map(presentGap);
  }

  /** Who is on call at a moment (now, when left out), by these schedules or, when none is named, by each. */
  async onCall({ at, schedule, shadow }: OnCallQuery): Promise<OnCallDto[]> {
    const moment = at === undefined ? this.clock.now() : new Date(at);
    const { manager } = this.dataSource;
    const schedules = await (schedule
      ? findSchedules(manager, schedule)
      : manager.find(Schedule, { select: { id: true }, order: { id: 'ASC' } }));
    const lookMs = furthestLookDays * millisecondsPerDay;
    const [from, to] = [new Date(moment.getTime() - lookMs), new Date(moment.getTime() + lookMs)];
    const ids = schedules.map(({ id }) => id);
    const { plans, absences } = await followedPlans(manager, ids, from, to);
    return ids.flatMap((scheduleId) => {
      const plan = plans.get(scheduleId);
      if (!plan) return [];
      const shadows = shadow ? shadowsAt(plan.definition, moment) : [];
      return [...onCallAt(plan.definition, plan.overrides, moment, absences), ...shadows].map(
        ({ responderId, since, until, source }) => ({
          scheduleId,
          responderId,
          since: since.toISOString(),
          until: until.toISOString(),
          ...(source === 'shadow' ? { shadow: true } : {}),
        }),
      );
    });
  }

  /** The plan of a schedule, now or as it was known at a moment, with absences as they are known now. Throws 404 where there is, or was, none. */
  private async followed(id: string, from: Date, to: Date, asOf?: string): Promise<FollowedPlan> {
    const { manager } = this.dataSource;
    if (!isId(id)) throw problems.notFound('schedule');
    if (asOf !== undefined && new Date(asOf) > this.clock.now())
      throw problems.invalidInput([{ pointer: '/asOf', detail: 'must not lie in the future' }]);
    const plan =
      asOf === undefined
        ? (await plansBetween(manager, [id], from, to)).get(id.toLowerCase())
        : await planAsKnown(manager, id, new Date(asOf), from, to);
    if (!plan) throw problems.notFound('schedule');
    return { plan, absences: await absencesInPlans(manager, [plan], from, to) };
  }
}

function shown({ plan, absences }: FollowedPlan, from: Date, to: Date, withShadows: boolean): ShiftDto[] {
  const shifts = shiftsBetween(plan.definition, plan.overrides, from, to, absences);
  return ordered(withShadows ? [...shifts, ...shadowShiftsBetween(plan.definition, from, to)] : shifts);
}

function ordered(shifts: Shift[]): ShiftDto[] {
  return shifts.sort((a, b) => a.start.getTime() - b.start.getTime()).map(presentShift);
}

function checkedWindow({ from, to }: WindowQuery): { from: Date; to: Date } {
  const window = { from: new Date(from), to: new Date(to) };
  const length = window.to.getTime() - window.from.getTime();
  if (length <= 0) throw problems.invalidInput([{ pointer: '/to', detail: 'must come after from' }]);
  if (length > longestWindowMs)
    throw problems.invalidInput([{ pointer: '/to', detail: 'must lie within 400 days of from' }]);
  return window;
}
