import { Injectable } from '@nestjs/common';
import { actorOf, administration, type Viewer } from '../identity/index.js';
import { Clock, newId, problems, UnitOfWork, type Work } from '../platform/index.js';
import { mustActFor } from './acting-for.js';
import { onCallAt } from './domain/shifts.js';
import { takerObstacles } from './domain/shift-request.js';
import { rosterProblems } from './problems.js';
import { presentOverride } from './present-schedule.js';
import { ScheduleOverride, type Schedule } from './roster.entity.js';
import { ScheduleOverrides } from './schedule-overrides.service.js';
import { toDefinition, toOverride } from './schedule-definition.js';
import { lockSchedule, overridesBetween } from './schedule-rows.js';
import type { OverrideAddedDto } from './schedule.dto.js';
import { restWarnings, shiftRequestFacts } from './shift-request-facts.js';
import type { TakeOverDto } from './shift-request.dto.js';
import { unknownMembers } from './unknown-members.js';
import { RestRules } from './watch/rest-rules.service.js';

/** What happens when somebody takes a running shift over. Its subject is the override by which they did. */
export const shiftTakenOver = 'shift.taken-over';

/** Who relieved whom. */
export interface TakeOver {
  scheduleId: string;
  from: string;
  to: string;
}

const longestMs = 100 * 86_400_000;
/** As far as the beginning and the end of a running shift are looked for. */
const furthestLookMs = 400 * 86_400_000;

/** Taking a running shift over, at once, from somebody who is busy or ill. */
@Injectable()
export class TakeOvers {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly overrides: ScheduleOverrides,
    private readonly rest: RestRules,
    private readonly clock: Clock,
  ) {}

  /** Puts the taker in the place of who is on call, from now until the end of their shift or an earlier time. Both are told. */
  takeOver(viewer: Viewer, scheduleId: string, input: TakeOverDto): Promise<OverrideAddedDto> {
    const takerId = mustActFor(viewer, input.onBehalfOf);
    const from = input.from.toLowerCase();
    return this.unitOfWork.run(async (work) => {
      const schedule = await lockSchedule(work, scheduleId);
      const faults = await unknownMembers(work.manager, [
        { pointer: '/from', responderId: from },
        { pointer: '/onBehalfOf', responderId: takerId },
      ]);
      if (faults.length > 0) throw problems.invalidInput(faults);
      const now = this.clock.now();
      const until = await this.endOf(work, schedule, from, now, input.until);
      const span = { start: now.getTime(), end: until.getTime() };
      const terms = { kind: 'cover', requesterId: from, span, theirs: null } as const;
      const facts = await shiftRequestFacts(work.manager, schedule, terms, [takerId]);
      const obstacles = takerObstacles(terms, takerId, facts);
      if (obstacles.length > 0) throw rosterProblems.cannotTakeOver(obstacles);
      const warnings = await restWarnings(work, this.rest, terms, takerId);
      const override = newOverride(viewer, schedule, from, takerId, { now, until, reason: input.reason });
      await this.overrides.arrange(work, viewer, schedule, [override]);
      await this.overrides.tell(work, schedule, override, 'added');
      recordTakeOver(work, viewer, override, from);
      return { ...presentOverride(override), warnings };
    });
  }

  /** Who relieved whom by the take-over that an event is about; null: it was taken back meanwhile. */
  async find(work: Work, overrideId: string): Promise<TakeOver | null> {
    const override = await work.manager.findOneBy(ScheduleOverride, { id: overrideId });
    if (!override?.replaces) return null;
    return { scheduleId: override.scheduleId, from: override.replaces, to: override.responderId };
  }

  /** Until when it holds. Throws 409 when they are not on call, whether away or not: whoever falls ill still has a shift to hand over. */
  private async endOf(
    work: Work,
    { id, definition }: Schedule,
    from: string,
    now: Date,
    until: string | undefined,
  ): Promise<Date> {
    const [earliest, latest] = [-furthestLookMs, furthestLookMs].map((ms) => new Date(now.getTime() + ms)) as [
      Date,
      Date,
    ];
    const overrides = (await overridesBetween(work.manager, [id], earliest, latest)).get(id) ?? [];
    const running = onCallAt(toDefinition(definition), overrides.map(toOverride), now).find(
      ({ responderId }) => responderId === from,
    );
    if (!running) throw problems.conflict('They are not on call by this schedule now.');
    if (until === undefined) return new Date(Math.min(running.until.getTime(), now.getTime() + longestMs));
    const end = new Date(until);
    if (end <= now) throw problems.invalidInput([{ pointer: '/until', detail: 'must still lie ahead' }]);
    if (end > running.until)
      throw problems.invalidInput([
        { pointer: '/until', detail: `must not lie after ${running.until.toISOString()}, when their shift ends` },
      ]);
    return end;
  }
}

function newOverride(
  viewer: Viewer,
  schedule: Schedule,
  from: string,
  takerId: string,
  { now, until, reason }: { now: Date; until: Date; reason: string | undefined },
): ScheduleOverride {
  return {
    id: newId(),
    scheduleId: schedule.id,
    kind: 'replace',
    responderId: takerId,
    replaces: from,
    startsAt: now,
    endsAt: until,
    reason: reason ?? 'Taken over',
    createdBy: viewer.principalId,
  };
}

function recordTakeOver(work: Work, viewer: Viewer, override: ScheduleOverride, from: string): void {
  const { id, scheduleId, responderId, startsAt, endsAt } = override;
  work.record({
    type: shiftTakenOver,
    subject: { type: 'override', id },
    actor: actorOf(viewer),
    scope: administration,
    audience: 'administration',
    data: { id, scheduleId, from, to: responderId, start: startsAt.toISOString(), end: endsAt.toISOString() },
  });
}
