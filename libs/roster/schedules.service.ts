import { Injectable } from '@nestjs/common';
import { DataSource, MoreThan } from 'typeorm';
import type { Viewer } from '../identity/index.js';
import {
  Clock,
  decodeCursor,
  newId,
  problems,
  requireVersion,
  toPage,
  UnitOfWork,
  type Page,
  type PageQuery,
  type Work,
} from '../platform/index.js';
import { refuseWhileNamed } from './policy-targets.js';
import type { Plan } from './domain/schedule.js';
import { presentSchedule } from './present-schedule.js';
import { Schedule } from './roster.entity.js';
import { Roster } from './roster.service.js';
import { checkedDefinition, watchedBy } from './schedule-definition.js';
import { ScheduleEdits } from './schedule-edits.service.js';
import { refuseImpossibleFallback, refuseWhileFallback } from './schedule-fallbacks.js';
import { plansBetween } from './schedule-plans.js';
import { findSchedule, lockSchedule, openOverrides } from './schedule-rows.js';
import type { ScheduleDto, ScheduleInputDto } from './schedule.dto.js';

/** The plans of who is on call when. */
@Injectable()
export class Schedules {
  constructor(
    private readonly dataSource: DataSource,
    private readonly unitOfWork: UnitOfWork,
    private readonly roster: Roster,
    private readonly edits: ScheduleEdits,
    private readonly clock: Clock,
  ) {}

  async create(viewer: Viewer, input: ScheduleInputDto): Promise<ScheduleDto> {
    return this.unitOfWork.run(async (work) => {
      const definition = await checkedDefinition(work.manager, input);
      const { owners, requires } = watchedBy(input);
      const schedule: Schedule = { id: newId(), name: input.name, definition, owners, requires, version: 1 };
      await refuseImpossibleFallback(work, schedule);
      await work.manager.insert(Schedule, schedule);
      return this.tell(work, viewer, 'schedule.created', null, schedule);
    });
  }

  /** Replaces the plan as a whole; overrides stay. Those whose shifts move are told, and at short notice asked. */
  async replace(viewer: Viewer, id: string, input: ScheduleInputDto, expected?: number): Promise<ScheduleDto> {
    return this.unitOfWork.run(async (work) => {
      const schedule = await lockSchedule(work, id);
      requireVersion(expected, schedule.version);
      const definition = await checkedDefinition(work.manager, input);
      const changed = { ...schedule, name: input.name, definition, ...watchedBy(input), version: schedule.version + 1 };
      await refuseImpossibleFallback(work, changed);
      const before = await this.plan(work, schedule.id);
      await work.manager.save(Schedule, changed);
      await this.edits.announce(work, viewer, changed, before, await this.plan(work, schedule.id));
      return this.tell(work, viewer, 'schedule.changed', schedule, changed);
    });
  }

  /** Throws 409 while an escalation policy goes by it, or another schedule falls back on it. */
  async remove(viewer: Viewer, id: string): Promise<void> {
    await this.unitOfWork.run(async (work) => {
      const schedule = await lockSchedule(work, id);
      await refuseWhileNamed(work.manager, 'schedule', schedule.id);
      await refuseWhileFallback(work, schedule.id);
      await this.tell(work, viewer, 'schedule.deleted', null, schedule);
      await work.manager.delete(Schedule, schedule.id);
    });
  }

  async get(id: string): Promise<ScheduleDto> {
    const { manager } = this.dataSource;
    const schedule = await findSchedule(manager, id);
    const overridesOf = await openOverrides(manager, [schedule.id], this.clock.now());
    return presentSchedule(schedule, overridesOf(schedule.id));
  }

  /** Schedules, the oldest first. Index: the primary key. */
  async list(query: PageQuery): Promise<Page<ScheduleDto>> {
    const { manager } = this.dataSource;
    const after = decodeCursor(query.cursor, ['id']);
    const where = after ? { id: MoreThan(after[0] ?? '') } : {};
    const rows = await manager.find(Schedule, { where, order: { id: 'ASC' }, take: query.limit + 1 });
    const ids = rows.map(({ id }) => id);
    const overridesOf = await openOverrides(manager, ids, this.clock.now());
    const present = (schedule: Schedule) => presentSchedule(schedule, overridesOf(schedule.id));
    return toPage(rows, query.limit, ({ id }) => [id], present);
  }

  /** The plan as this transaction sees it, as far ahead as anybody is told about it. */
  private async plan(work: Work, id: string): Promise<Plan> {
    const { from, to } = this.edits.window();
    const plan = (await plansBetween(work.manager, [id], from, to)).get(id);
    if (!plan) throw problems.notFound('schedule');
    return plan;
  }

  private async tell(
    work: Work,
    viewer: Viewer,
    type: string,
    before: Schedule | null,
    schedule: Schedule,
  ): Promise<ScheduleDto> {
    const overrides = (await openOverrides(work.manager, [schedule.id], this.clock.now()))(schedule.id);
    const after = presentSchedule(schedule, overrides);
    await this.roster.changed(work, viewer, {
      type,
      subject: { type: 'schedule', id: schedule.id },
      before: before && presentSchedule(before, overrides),
      after,
    });
    return after;
  }
}
