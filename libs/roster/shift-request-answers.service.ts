import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Viewer } from '../identity/index.js';
import { Clock, newId, problems, TimerHandlers, UnitOfWork, type Work } from '../platform/index.js';
import { actingFor, mustActFor } from './acting-for.js';
import { overridesFor, requesterObstacles, takerObstacles } from './domain/shift-request.js';
import { rosterProblems } from './problems.js';
import type { Schedule, ScheduleOverride } from './roster.entity.js';
import { ScheduleOverrides } from './schedule-overrides.service.js';
import { lockSchedule } from './schedule-rows.js';
import { restWarnings, shiftRequestFacts } from './shift-request-facts.js';
import { ShiftRequestNews } from './shift-request-news.service.js';
import { askedBy, closeRequest, expireRequests, findRequest, presentRequest } from './shift-request-rows.js';
import type { ShiftRequestDto, ShiftRequestWarnedDto } from './shift-request.dto.js';
import { ShiftRequest, ShiftRequestAsked, toTerms } from './shift-request.entity.js';
import { shiftRequestTimer } from './shift-requests.service.js';
import { unknownMembers } from './unknown-members.js';
import { RestRules } from './watch/rest-rules.service.js';

/** How a request ends: accepted by one, refused by all, withdrawn, or overtaken by its shift. */
@Injectable()
export class ShiftRequestAnswers implements OnModuleInit {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly timers: TimerHandlers,
    private readonly overrides: ScheduleOverrides,
    private readonly news: ShiftRequestNews,
    private readonly rest: RestRules,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.timers.add(shiftRequestTimer, (work, timers) =>
      this.expire(
        work,
        timers.map(({ subjectId }) => subjectId),
      ),
    );
  }

  /**
   * Takes it: the plan is changed and the request closed, both or neither. Of several who accept at once one has it, and the
   * others get 409. Accepting again what one has already changes nothing.
   */
  accept(viewer: Viewer, id: string, onBehalfOf?: string): Promise<ShiftRequestWarnedDto> {
    const takerId = mustActFor(viewer, onBehalfOf);
    return this.unitOfWork.run(async (work) => {
      const { scheduleId } = (await findRequest(work.manager, viewer, id)).request;
      // Who changes the same plan waits here, so that what is checked below still holds when it is written.
      const schedule = await lockSchedule(work, scheduleId);
      const { request, asked } = await findRequest(work.manager, viewer, id);
      if (request.takerId === takerId) return { ...presentRequest(request, asked), warnings: [] };
      await refuseStranger(work, viewer, takerId, asked);
      const now = this.clock.now();
      if (!(await closeRequest(work, request.id, 'accepted', now, takerId)))
        throw rosterProblems.shiftRequestClosed(request.state === 'open' ? 'expired' : request.state);
      const warnings = await restWarnings(work, this.rest, toTerms(request), takerId);
      await this.apply(work, viewer, schedule, request, takerId);
      const accepted: ShiftRequest = { ...request, state: 'accepted', takerId, closedAt: now };
      return { ...this.closed(work, viewer, accepted, asked), warnings };
    });
  }

  /** Does not take it. When everybody who was asked has refused, the request ends. */
  refuse(viewer: Viewer, id: string, onBehalfOf?: string): Promise<ShiftRequestDto> {
    const responderId = mustActFor(viewer, onBehalfOf);
    return this.unitOfWork.run(async (work) => {
      const { request, asked } = await this.lock(work, viewer, id);
      const own = asked.find((one) => one.responderId === responderId);
      if (!own) throw problems.notFound('shift request');
      if (request.state !== 'open') throw rosterProblems.shiftRequestClosed(request.state);
      const now = this.clock.now();
      own.refusedAt ??= now;
      await work.manager.update(
        ShiftRequestAsked,
        { requestId: request.id, responderId },
        { refusedAt: own.refusedAt },
      );
      const isLast = asked.every(({ refusedAt }) => refusedAt !== null);
      if (!isLast) {
        this.news.record(work, viewer, 'shift-request.declined', request, asked);
        return presentRequest(request, asked);
      }
      if (!(await closeRequest(work, request.id, 'refused', now))) throw rosterProblems.shiftRequestClosed('expired');
      await this.news.nobody(work, request, 'refused');
      return this.closed(work, viewer, { ...request, state: 'refused', closedAt: now }, asked);
    });
  }

  /** Takes the request back. For who asked, and for the desk. */
  withdraw(viewer: Viewer, id: string): Promise<ShiftRequestDto> {
    return this.unitOfWork.run(async (work) => {
      const { request, asked } = await this.lock(work, viewer, id);
      const own = actingFor(viewer, undefined);
      if (own !== null && own !== request.requesterId)
        throw problems.forbidden('Only who asked takes a request back; you may refuse it.');
      const now = this.clock.now();
      if (!(await closeRequest(work, request.id, 'withdrawn', now)))
        throw rosterProblems.shiftRequestClosed(request.state === 'open' ? 'expired' : request.state);
      await this.news.withdrawn(work, request, asked);
      return this.closed(work, viewer, { ...request, state: 'withdrawn', closedAt: now }, asked);
    });
  }

  /** Ends what nobody accepted before its shift began, and tells who asked. */
  private async expire(work: Work, ids: readonly string[]): Promise<void> {
    const expired = await expireRequests(work, ids);
    const asked = await askedBy(work.manager, expired);
    for (const request of expired) {
      this.news.record(work, null, 'shift-request.expired', request, asked.get(request.id) ?? []);
      await this.news.nobody(work, request, 'expired');
    }
  }

  private async apply(
    work: Work,
    viewer: Viewer,
    schedule: Schedule,
    request: ShiftRequest,
    takerId: string,
  ): Promise<void> {
    const terms = toTerms(request);
    const people = request.requesterId === null ? [takerId] : [takerId, request.requesterId];
    const facts = await shiftRequestFacts(work.manager, schedule, terms, people);
    const obstacles = [...requesterObstacles(terms, facts), ...takerObstacles(terms, takerId, facts)];
    if (obstacles.length > 0) throw rosterProblems.shiftRequestOutdated(obstacles);
    const changes = overridesFor(terms, takerId).map(
      ({ start, end, kind, responderId, replaces }): ScheduleOverride => ({
        id: newId(),
        scheduleId: schedule.id,
        kind,
        responderId,
        replaces: replaces ?? null,
        startsAt: start,
        endsAt: end,
        reason: request.kind === 'swap' ? 'A swap that both agreed to' : 'A request for cover that was accepted',
        createdBy: viewer.principalId,
      }),
    );
    await this.overrides.arrange(work, viewer, schedule, changes);
    await this.news.accepted(work, viewer, request, takerId);
  }

  private async lock(
    work: Work,
    viewer: Viewer,
    id: string,
  ): Promise<{ request: ShiftRequest; asked: ShiftRequestAsked[] }> {
    const { request } = await findRequest(work.manager, viewer, id);
    await work.manager.findOne(ShiftRequest, { where: { id: request.id }, lock: { mode: 'pessimistic_write' } });
    return findRequest(work.manager, viewer, id);
  }

  private closed(work: Work, viewer: Viewer, request: ShiftRequest, asked: ShiftRequestAsked[]): ShiftRequestDto {
    work.disarm(shiftRequestTimer, request.id);
    this.news.record(work, viewer, `shift-request.${request.state}`, request, asked);
    return presentRequest(request, asked);
  }
}

/** Those who were not asked take nothing; the desk may put anybody of the roster in. */
async function refuseStranger(
  work: Work,
  viewer: Viewer,
  takerId: string,
  asked: readonly ShiftRequestAsked[],
): Promise<void> {
  if (asked.some(({ responderId }) => responderId === takerId)) return;
  if (viewer.role === 'responder') throw problems.forbidden('It is asked of others.');
  const faults = await unknownMembers(work.manager, [{ pointer: '/onBehalfOf', responderId: takerId }]);
  if (faults.length > 0) throw problems.invalidInput(faults);
}
