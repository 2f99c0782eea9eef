import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock, isId, problems } from '../platform/index.js';
import type { Plan } from './domain/schedule.js';
import {
  furthestLookDays,
  gapsBetween,
  onCallAt,
  shadowsAt,
  shadowShiftsBetween,
  shiftsBetween,
} from './domain/shifts.js';
import { presentGap, presentShift, presentShiftChange } from './present-schedule.js';
import { Schedule } from './roster.entity.js';
import { checkedDefinition, toDefinition } from './schedule-definition.js';
import { effects } from './schedule-edits.service.js';
import { planAsKnown } from './schedule-history.js';
import { behindOf, plansBetween } from './schedule-plans.js';
import { findSchedules } from './schedule-rows.js';
import type {
  GapDto,
  KnownWindowQuery,
  OnCallDto,
  OnCallQuery,
  PreviewScheduleDto,
  ScheduleEffectsDto,
  ShiftDto,
  ShiftsQuery,
  WindowQuery,
} from './schedule.dto.js';

const millisecondsPerDay = 86_400_000;
const longestWindowMs = 400 * millisecondsPerDay;

/** Who is on call when: what the plans and their overrides come to. */
@Injectable()
export class Shifts {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  /** The shifts of a schedule that is not saved. Those of people in training are told too, with their own source. */
  async preview({ from, to, ...input }: PreviewScheduleDto): Promise<ShiftDto[]> {
    const window = checkedWindow({ from, to });
    const { manager } = this.dataSource;
    const stored = await checkedDefinition(manager, input);
    const definition = toDefinition(stored, await behindOf(manager, stored, window.from, window.to));
    return shown({ definition, overrides: [] }, window.from, window.to, true);
  }

  /** What an edit of a schedule would come to: the shifts, the gaps, and what changes for whom. Nothing is saved. */
  async effects(id: string, { from, to, ...input }: PreviewScheduleDto): Promise<ScheduleEffectsDto> {
    const window = checkedWindow({ from, to });
    const { manager } = this.dataSource;
    const before = await this.plan(id, window.from, window.to);
    const stored = await checkedDefinition(manager, input);
    const definition = toDefinition(stored, await behindOf(manager, stored, window.from, window.to));
    const { overrides } = before;
    return {
      changes: effects(before, { definition, overrides }, window.from, window.to).map(presentShiftChange),
      shifts: shown({ definition, overrides }, window.from, window.to, true),
      gaps: gapsBetween(definition, overrides, window.from, window.to).map(presentGap),
    };
  }

  /** Who is on call in the window, ordered, merged and cut to it; with people in training, where they are asked for. */
  async between(id: string, query: ShiftsQuery): Promise<ShiftDto[]> {
    const { from, to } = checkedWindow(query);
    return shown(await this.plan(id, from, to, query.asOf), from, to, query.shadow ?? false);
  }

  /** When nobody is on call in the window. */
  async gaps(id: string, query: KnownWindowQuery): Promise<GapDto[]> {
    const { from, to } = checkedWindow(query);
    const { definition, overrides } = await this.plan(id, from, to, query.asOf);
    return gapsBetween(definition, overrides, from, to).map(presentGap);
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
    const plans = await plansBetween(manager, ids, from, to);
    return ids.flatMap((scheduleId) => {
      const plan = plans.get(scheduleId);
      if (!plan) return [];
      const shadows = shadow ? shadowsAt(plan.definition, moment) : [];
      return [...onCallAt(plan.definition, plan.overrides, moment), ...shadows].map(
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

  /** The plan of a schedule, now or as it was known at a moment. Throws 404 where there is, or was, none. */
  private async plan(id: string, from: Date, to: Date, asOf?: string): Promise<Plan> {
    const { manager } = this.dataSource;
    if (!isId(id)) throw problems.notFound('schedule');
    if (asOf !== undefined && new Date(asOf) > this.clock.now())
      throw problems.invalidInput([{ pointer: '/asOf', detail: 'must not lie in the future' }]);
    const plan =
      asOf === undefined
        ? (await plansBetween(manager, [id], from, to)).get(id.toLowerCase())
        : await planAsKnown(manager, id, new Date(asOf), from, to);
    if (!plan) throw problems.notFound('schedule');
    return plan;
  }
}

function shown({ definition, overrides }: Plan, from: Date, to: Date, withShadows: boolean): ShiftDto[] {
  const shifts = shiftsBetween(definition, overrides, from, to);
  if (withShadows) shifts.push(...shadowShiftsBetween(definition, from, to));
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
