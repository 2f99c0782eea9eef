import { Injectable } from '@nestjs/common';
import { DataSource, MoreThan } from 'typeorm';
import { actorOf, administration, type Viewer } from '../identity/index.js';
import {
  Clock,
  decodeCursor,
  isId,
  newId,
  problems,
  requireVersion,
  toPage,
  UnitOfWork,
  type Page,
  type PageQuery,
  type Work,
} from '../platform/index.js';
import { gapsBetween, onCallAt, shiftsBetween } from './domain/shifts.js';
import { scheduleFaults } from './domain/validate-schedule.js';
import { presentOverride, presentSchedule, presentShift } from './present-schedule.js';
import { rosterProblems } from './problems.js';
import { unknownMembers } from './responders.service.js';
import { EscalationPolicyRow, Schedule, ScheduleOverride } from './roster.entity.js';
import { Roster } from './roster.service.js';
import { namedMembers, toDefinition, toOverride } from './schedule-definition.js';
import type {
  GapDto,
  OnCallDto,
  OnCallQuery,
  OverrideDto,
  OverrideInputDto,
  PreviewScheduleDto,
  ScheduleDto,
  ScheduleInputDto,
  ShiftDto,
  WindowQuery,
} from './schedule.dto.js';

const longestWindowMs = 400 * 86_400_000;

/** Who is on call when: layers of rotations, and overrides. */
@Injectable()
export class Schedules {
  constructor(
    private readonly dataSource: DataSource,
    private readonly unitOfWork: UnitOfWork,
    private readonly roster: Roster,
    private readonly clock: Clock,
  ) {}

  async create(viewer: Viewer, input: ScheduleInputDto): Promise<ScheduleDto> {
    const schedule: Schedule = { id: newId(), name: input.name, definition: await this.checked(input), version: 1 };
    return this.unitOfWork.run(async (work) => {
      await work.manager.insert(Schedule, schedule);
      return this.tell(work, viewer, 'schedule.created', schedule, []);
    });
  }

  async replace(viewer: Viewer, id: string, input: ScheduleInputDto, expected?: number): Promise<ScheduleDto> {
    const definition = await this.checked(input);
    return this.unitOfWork.run(async (work) => {
      const schedule = await lockSchedule(work, id);
      requireVersion(expected, schedule.version);
      const changed = { ...schedule, name: input.name, definition, version: schedule.version + 1 };
      await work.manager.save(Schedule, changed);
      return this.tell(work, viewer, 'schedule.changed', changed, await this.openOverrides(id));
    });
  }

  /** Throws 409 while an escalation policy goes by it: deleting it would leave the policy with nobody. */
  async remove(viewer: Viewer, id: string): Promise<void> {
    await this.unitOfWork.run(async (work) => {
      const schedule = await lockSchedule(work, id);
      const policies = await work.manager.find(EscalationPolicyRow);
      const users = policies.filter(({ definition }) => JSON.stringify(definition.steps).includes(id));
      if (users.length > 0) throw rosterProblems.inUse(users.map(({ name }) => name));
      await work.manager.delete(Schedule, id);
      await this.tell(work, viewer, 'schedule.deleted', schedule, []);
    });
  }

  async get(id: string): Promise<ScheduleDto> {
    return presentSchedule(await this.find(id), await this.openOverrides(id));
  }

  async list(query: PageQuery): Promise<Page<ScheduleDto>> {
    const after = decodeCursor(query.cursor, ['id']);
    const where = after ? { id: MoreThan(after[0] ?? '') } : {};
    const rows = await this.dataSource.manager.find(Schedule, { where, order: { id: 'ASC' }, take: query.limit + 1 });
    return toPage(
      rows,
      query.limit,
      ({ id }) => [id],
      (schedule) => presentSchedule(schedule, []),
    );
  }

  /** The shifts of a schedule that is not saved. */
  async preview({ from, to, ...input }: PreviewScheduleDto): Promise<ShiftDto[]> {
    const window = checkedWindow({ from, to });
    return shiftsBetween(toDefinition(await this.checked(input)), [], window.from, window.to).map(presentShift);
  }

  async shifts(id: string, query: WindowQuery): Promise<ShiftDto[]> {
    const { from, to } = checkedWindow(query);
    const schedule = await this.find(id);
    return shiftsBetween(toDefinition(schedule.definition), await this.overrides(id), from, to).map(presentShift);
  }

  async gaps(id: string, query: WindowQuery): Promise<GapDto[]> {
    const { from, to } = checkedWindow(query);
    const schedule = await this.find(id);
    const gaps = gapsBetween(toDefinition(schedule.definition), await this.overrides(id), from, to);
    return gaps.map(({ start, end }) => ({ start: start.toISOString(), end: end.toISOString() }));
  }

  /** Who is on call at a moment (now, when left out), by one schedule or by each. */
  async onCall({ at, schedule }: OnCallQuery): Promise<OnCallDto[]> {
    const moment = at === undefined ? this.clock.now() : new Date(at);
    const schedules =
      schedule === undefined
        ? await this.dataSource.manager.find(Schedule, { order: { id: 'ASC' } })
        : [await this.find(schedule)];
    const overrides = Map.groupBy(
      await this.dataSource.manager.find(ScheduleOverride, { order: { id: 'ASC' } }),
      ({ scheduleId }) => scheduleId,
    );
    return schedules.flatMap(({ id, definition }) =>
      onCallAt(toDefinition(definition), (overrides.get(id) ?? []).map(toOverride), moment).map(
        ({ responderId, since, until }) => ({
          scheduleId: id,
          responderId,
          since: since.toISOString(),
          until: until.toISOString(),
        }),
      ),
    );
  }

  /** Changes the plan for a time. A responder may put only themselves on call. */
  async addOverride(viewer: Viewer, id: string, input: OverrideInputDto): Promise<OverrideDto> {
    const override: ScheduleOverride = {
      id: newId(),
      scheduleId: id,
      kind: input.kind,
      responderId: input.responderId,
      replaces: input.replaces ?? null,
      startsAt: new Date(input.start),
      endsAt: new Date(input.end),
      reason: input.reason ?? null,
      createdBy: viewer.principalId,
    };
    await this.refuseImpossible(viewer, override);
    return this.unitOfWork.run(async (work) => {
      const schedule = await lockSchedule(work, id);
      await work.manager.insert(ScheduleOverride, override);
      await this.tell(work, viewer, 'schedule.override-added', schedule, [override]);
      return presentOverride(override);
    });
  }

  async removeOverride(viewer: Viewer, id: string, overrideId: string): Promise<void> {
    await this.unitOfWork.run(async (work) => {
      const schedule = await lockSchedule(work, id);
      const override = isId(overrideId)
        ? await work.manager.findOneBy(ScheduleOverride, { id: overrideId, scheduleId: id })
        : null;
      const mayRemove = viewer.role !== 'responder' || override?.createdBy === viewer.principalId;
      if (!override) throw problems.notFound('override');
      if (!mayRemove) throw problems.forbidden('Only a coordinator takes back what somebody else arranged.');
      await work.manager.delete(ScheduleOverride, overrideId);
      await this.tell(work, viewer, 'schedule.override-removed', schedule, [override]);
    });
  }

  private async refuseImpossible(viewer: Viewer, override: ScheduleOverride): Promise<void> {
    if (viewer.role === 'responder' && (override.responderId !== viewer.principalId || override.kind === 'remove')) {
      throw problems.forbidden('A responder may put only themselves on call; a coordinator may arrange it for others.');
    }
    const faults = await unknownMembers(this.dataSource.manager, [
      { pointer: '/responderId', responderId: override.responderId },
    ]);
    if (override.endsAt <= override.startsAt) faults.push({ pointer: '/end', detail: 'must come after the start' });
    if (override.replaces !== null && override.kind !== 'replace')
      faults.push({ pointer: '/replaces', detail: 'goes only with the kind replace' });
    if (faults.length > 0) throw problems.invalidInput(faults);
  }

  private async checked({
    timeZone,
    layers,
  }: Pick<ScheduleInputDto, 'timeZone' | 'layers'>): Promise<Schedule['definition']> {
    const definition: Schedule['definition'] = {
      timeZone,
      layers: layers.map(({ name, startsAt, endsAt, rotation, restrictions }) => ({
        name,
        startsAt: startsAt ?? null,
        endsAt: endsAt ?? null,
        rotation: { ...rotation },
        restrictions: restrictions?.map((restriction) => ({ ...restriction })) ?? [],
      })),
    };
    const faults = scheduleFaults(toDefinition(definition));
    if (faults.length === 0) faults.push(...(await unknownMembers(this.dataSource.manager, namedMembers(definition))));
    if (faults.length > 0) throw problems.invalidInput(faults);
    return definition;
  }

  private async find(id: string): Promise<Schedule> {
    const schedule = isId(id) ? await this.dataSource.manager.findOneBy(Schedule, { id }) : null;
    if (!schedule) throw problems.notFound('schedule');
    return schedule;
  }

  private async overrides(scheduleId: string) {
    const rows = await this.dataSource.manager.find(ScheduleOverride, { where: { scheduleId }, order: { id: 'ASC' } });
    return rows.map(toOverride);
  }

  private openOverrides(scheduleId: string): Promise<ScheduleOverride[]> {
    return this.dataSource.manager.find(ScheduleOverride, {
      where: { scheduleId, endsAt: MoreThan(this.clock.now()) },
      order: { id: 'ASC' },
      take: 200,
    });
  }

  private async tell(
    work: Work,
    viewer: Viewer,
    type: string,
    schedule: Schedule,
    overrides: ScheduleOverride[],
  ): Promise<ScheduleDto> {
    const shown = presentSchedule(schedule, overrides);
    await this.roster.changed(work);
    work.record({
      type,
      subject: { type: 'schedule', id: schedule.id },
      actor: actorOf(viewer),
      scope: administration,
      audience: 'administration',
      data: shown,
    });
    return shown;
  }
}

async function lockSchedule(work: Work, id: string): Promise<Schedule> {
  const schedule = isId(id)
    ? await work.manager.findOne(Schedule, { where: { id }, lock: { mode: 'pessimistic_write' } })
    : null;
  if (!schedule) throw problems.notFound('schedule');
  return schedule;
}

function checkedWindow({ from, to }: WindowQuery): { from: Date; to: Date } {
  const window = { from: new Date(from), to: new Date(to) };
  const length = window.to.getTime() - window.from.getTime();
  if (length <= 0) throw problems.invalidInput([{ pointer: '/to', detail: 'must come after from' }]);
  if (length > longestWindowMs)
    throw problems.invalidInput([{ pointer: '/to', detail: 'must lie within 400 days of from' }]);
  return window;
}
