import { In, type EntityManager } from 'typeorm';
import type { Viewer } from '../identity/index.js';
import { isId, problems, type Statement, type Work } from '../platform/index.js';
import { ShiftRequest, ShiftRequestAsked } from './shift-request.entity.js';
import type { ShiftRequestDto } from './shift-request.dto.js';

/** Closes a request that is still open and still lies ahead: of two who try at once, one gets the row. Index: the primary key. */
const close: Statement = {
  name: 'shift-request-close',
  text: `
    UPDATE codegrey.shift_requests SET state = $2, taker_id = $3, closed_at = $4
    WHERE id = $1 AND state = 'open' AND starts_at > $4 RETURNING id`,
};

/** Marks those that nobody accepted before their shift began. Index: the primary key. */
const expire: Statement = {
  name: 'shift-requests-expire',
  text: `
    UPDATE codegrey.shift_requests SET state = 'expired', closed_at = codegrey.now()
    WHERE id = ANY($1::uuid[]) AND state = 'open' AND starts_at <= codegrey.now() RETURNING id`,
};

/** Ends the request; false: somebody else has ended it, or its time has come. */
export async function closeRequest(
  work: Work,
  id: string,
  state: 'accepted' | 'refused' | 'withdrawn',
  now: Date,
  takerId: string | null = null,
): Promise<boolean> {
  return (await work.query(close, [id, state, takerId, now])).length > 0;
}

/** Ends those of these requests whose time has come, and answers them. */
export async function expireRequests(work: Work, ids: readonly string[]): Promise<ShiftRequest[]> {
  const expired = await work.query<{ id: string }>(expire, [ids]);
  return work.manager.findBy(ShiftRequest, { id: In(expired.map(({ id }) => id)) });
}

/** The request with this id and who was asked. Throws 404 when there is none that the caller is part of, or oversees. */
export async function findRequest(
  manager: EntityManager,
  viewer: Viewer,
  id: string,
): Promise<{ request: ShiftRequest; asked: ShiftRequestAsked[] }> {
  const request = isId(id) ? await manager.findOneBy(ShiftRequest, { id }) : null;
  const asked = request ? await manager.findBy(ShiftRequestAsked, { requestId: request.id }) : [];
  if (!request || !isPartOf(viewer, request, asked)) throw problems.notFound('shift request');
  return { request, asked };
}

/** Who was asked by each of these requests. */
export async function askedBy(
  manager: EntityManager,
  requests: readonly ShiftRequest[],
): Promise<Map<string, ShiftRequestAsked[]>> {
  const asked = await manager.findBy(ShiftRequestAsked, { requestId: In(requests.map(({ id }) => id)) });
  return Map.groupBy(asked, ({ requestId }) => requestId);
}

function isPartOf(
  { role, principalId }: Viewer,
  { requesterId, createdBy }: ShiftRequest,
  asked: readonly ShiftRequestAsked[],
): boolean {
  return (
    role !== 'responder' ||
    [requesterId, createdBy].includes(principalId) ||
    asked.some(({ responderId }) => responderId === principalId)
  );
}

/** A request as the API shows it. */
export function presentRequest(request: ShiftRequest, asked: readonly ShiftRequestAsked[]): ShiftRequestDto {
  const { theirsStartsAt, theirsEndsAt } = request;
  return {
    id: request.id,
    kind: request.kind,
    state: request.state,
    scheduleId: request.scheduleId,
    requesterId: request.requesterId,
    start: request.startsAt.toISOString(),
    end: request.endsAt.toISOString(),
    theirs:
      theirsStartsAt && theirsEndsAt ? { start: theirsStartsAt.toISOString(), end: theirsEndsAt.toISOString() } : null,
    to: request.askedOne ? (asked[0]?.responderId ?? '') : 'anyone-fit',
    asked: asked.map(({ responderId, refusedAt }) => ({ responderId, refused: refusedAt !== null })),
    takerId: request.takerId,
    note: request.note,
    createdBy: request.createdBy,
    createdAt: request.createdAt.toISOString(),
    closedAt: request.closedAt?.toISOString() ?? null,
  };
}
