import { Injectable } from '@nestjs/common';
import type { Viewer } from '../identity/index.js';
import { Clock, isId, newId, problems, UnitOfWork, type Work } from '../platform/index.js';
import { refuseAway } from './absence-rows.js';
import { overrideNotices } from './domain/override-notice.js';
import { PersonalNotices } from './personal-notices.service.js';
import { presentOverride, presentSchedule } from './present-schedule.js';
import { ScheduleOverride, type Schedule } from './roster.entity.js';
import { Roster } from './roster.service.js';
import { lockSchedule, openOverrides } from './schedule-rows.js';
import type { OverrideAddedDto, OverrideInputDto } from './schedule.dto.js';
import { unknownMembers } from './unknown-members.js';
import { RestRules } from './watch/rest-rules.service.js';

/** Changes of a plan for a time. */
@Injectable()
export class ScheduleOverrides {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly roster: Roster,
    private readonly notices: PersonalNotices,
    private readonly clock: Clock,
    private readonly rest: RestRules,
  ) {}

  /** Changes the plan for a time, and warns of too little rest. A responder may put only themselves on call. */
  async add(viewer: Viewer, scheduleId: string, input: OverrideInputDto): Promise<OverrideAddedDto> {
    return this.unitOfWork.run(async (work) => {
      const schedule = await lockSchedule(work, scheduleId);
      const override: ScheduleOverride = {
        id: newId(),
        scheduleId: schedule.id,
        kind: input.kind,
        responderId: input.responderId,
        replaces: input.replaces ?? null,
        startsAt: new Date(input.start),
        endsAt: new Date(input.end),
        reason: input.reason ?? null,
        createdBy: viewer.principalId,
      };
      await refuseImpossible(work, viewer, override);
      if (override.kind !== 'remove')
        await refuseAway(work.manager, override.responderId, override.startsAt, override.endsAt);
      const warnings = await this.restWarnings(work, override);
      const before = await this.openOverrides(work, schedule);
      await work.manager.insert(ScheduleOverride, override);
      await this.record(work, viewer, 'schedule.override-added', schedule, before);
      await this.tell(work, viewer, schedule, override, 'added');
      return { ...presentOverride(override), warnings };
    });
  }

  /** Takes a change of the plan back. A responder may take back only what they arranged themselves. */
  async remove(viewer: Viewer, scheduleId: string, overrideId: string): Promise<void> {
    await this.unitOfWork.run(async (work) => {
      const schedule = await lockSchedule(work, scheduleId);
      const override = isId(overrideId)
        ? await work.manager.findOneBy(ScheduleOverride, { id: overrideId, scheduleId: schedule.id })
        : null;
      if (!override) throw problems.notFound('override');
      if (viewer.role === 'responder' && override.createdBy !== viewer.principalId)
        throw problems.forbidden('Only a coordinator takes back what somebody else arranged.');
      const before = await this.openOverrides(work, schedule);
      await work.manager.delete(ScheduleOverride, override.id);
      await this.record(work, viewer, 'schedule.override-removed', schedule, before);
      await this.tell(work, viewer, schedule, override, 'taken-back');
    });
  }

  private async restWarnings(work: Work, { kind, responderId, startsAt, endsAt }: ScheduleOverride): Promise<string[]> {
    return kind === 'remove' ? [] : this.rest.warnings(work, responderId, { start: startsAt, end: endsAt });
  }

  private async openOverrides(work: Work, { id }: Schedule): Promise<ScheduleOverride[]> {
    return (await openOverrides(work.manager, [id], this.clock.now()))(id);
  }

  private async record(
    work: Work,
    viewer: Viewer,
    type: string,
    schedule: Schedule,
    before: ScheduleOverride[],
  ): Promise<void> {
    await this.roster.changed(work, viewer, {
      type,
      subject: { type: 'schedule', id: schedule.id },
      before: presentSchedule(schedule, before),
      after: presentSchedule(schedule, await this.openOverrides(work, schedule)),
    });
  }

  /** Tells those whom it concerns, unless it is over or they did it themselves. */
  private async tell(
    work: Work,
    viewer: Viewer,
    { name, definition }: Schedule,
    override: ScheduleOverride,
    change: 'added' | 'taken-back',
  ): Promise<void> {
    if (override.endsAt <= this.clock.now()) return;
    const { startsAt: start, endsAt: end, ...who } = override;
    const announced = { ...who, start, end, schedule: name, timeZone: definition.timeZone };
    for (const { responderId, ...notice } of overrideNotices(announced, change)) {
      if (responderId !== viewer.principalId)
        await this.notices.tell(work, [responderId], { kind: 'schedule-override', ...notice });
    }
  }
}

async function refuseImpossible(work: Work, viewer: Viewer, override: ScheduleOverride): Promise<void> {
  const { kind, responderId, replaces, startsAt, endsAt } = override;
  if (viewer.role === 'responder' && (responderId !== viewer.principalId || kind === 'remove'))
    throw problems.forbidden('A responder may put only themselves on call; a coordinator may arrange it for others.');
  const named = [{ pointer: '/responderId', responderId }];
  if (replaces !== null) named.push({ pointer: '/replaces', responderId: replaces });
  const faults = await unknownMembers(work.manager, named);
  if (endsAt <= startsAt) faults.push({ pointer: '/end', detail: 'must come after the start' });
  if (replaces !== null && kind !== 'replace')
    faults.push({ pointer: '/replaces', detail: 'goes only with the kind replace' });
  if (faults.length > 0) throw problems.invalidInput(faults);
}
