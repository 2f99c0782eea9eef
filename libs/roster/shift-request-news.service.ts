import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { actorOf, administration, system, type Viewer } from '../identity/index.js';
import type { Work } from '../platform/index.js';
import {
  acceptedNotice,
  askedNotice,
  nobodyNotice,
  takenNotice,
  withdrawnNotice,
  type AnnouncedShiftRequest,
  type NoticeText,
} from './domain/shift-request-notices.js';
import { PersonalNotices } from './personal-notices.service.js';
import { Responder, Schedule } from './roster.entity.js';
import { toTerms, type ShiftRequest, type ShiftRequestAsked } from './shift-request.entity.js';
import { presentRequest } from './shift-request-rows.js';

const noticeKind = 'shift-request';

/** What is said of a request: to the journal, and to the people whom it concerns. */
@Injectable()
export class ShiftRequestNews {
  constructor(private readonly notices: PersonalNotices) {}

  /** The journal says who, what and when. What was noted with the request stays with it: it may tell of an illness. */
  record(
    work: Work,
    viewer: Viewer | null,
    type: string,
    request: ShiftRequest,
    asked: readonly ShiftRequestAsked[],
  ): void {
    const data = { ...presentRequest(request, asked), note: undefined };
    work.record({
      type,
      subject: { type: 'shift-request', id: request.id },
      actor: viewer ? actorOf(viewer) : system,
      scope: administration,
      audience: 'administration',
      data,
    });
  }

  /** Asks them. */
  async asked(work: Work, request: ShiftRequest, asked: readonly ShiftRequestAsked[]): Promise<void> {
    const notice = askedNotice(await announced(work, request));
    await this.tell(
      work,
      asked.map(({ responderId }) => responderId),
      notice,
    );
  }

  /** Tells the requester, and the taker unless they accepted it themselves. */
  async accepted(work: Work, viewer: Viewer, request: ShiftRequest, takerId: string): Promise<void> {
    const told = await announced(work, request);
    const taker = await work.manager.findOneByOrFail(Responder, { id: takerId });
    await this.tell(work, [requesterOf(request)], acceptedNotice(told, taker.name));
    if (viewer.principalId !== takerId) await this.tell(work, [takerId], takenNotice(told));
  }

  /** Tells the requester that nobody takes it. */
  async nobody(work: Work, request: ShiftRequest, why: 'refused' | 'expired'): Promise<void> {
    await this.tell(work, [requesterOf(request)], nobodyNotice(await announced(work, request), why));
  }

  /** Tells those who were asked and have not refused. */
  async withdrawn(work: Work, request: ShiftRequest, asked: readonly ShiftRequestAsked[]): Promise<void> {
    const open = asked.filter(({ refusedAt }) => refusedAt === null).map(({ responderId }) => responderId);
    await this.tell(work, open, withdrawnNotice(await announced(work, request)));
  }

  private async tell(work: Work, recipients: readonly string[], notice: NoticeText): Promise<void> {
    await this.notices.tell(work, recipients, { kind: noticeKind, ...notice });
  }
}

/** Whoever asked: for a gap, the one at the desk who did. */
function requesterOf({ requesterId, createdBy }: ShiftRequest): string {
  return requesterId ?? createdBy;
}

async function announced({ manager }: Work, request: ShiftRequest): Promise<AnnouncedShiftRequest> {
  const schedule = await manager.findOneByOrFail(Schedule, { id: request.scheduleId });
  const [requester] = await manager.findBy(Responder, { id: In(request.requesterId ? [request.requesterId] : []) });
  return {
    ...toTerms(request),
    schedule: schedule.name,
    timeZone: schedule.definition.timeZone,
    requester: requester?.name ?? null,
  };
}
