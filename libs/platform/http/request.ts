import type { FastifyReply, FastifyRequest } from 'fastify';

/** A request, with what the authentication found out about its caller. */
export interface CallerRequest extends FastifyRequest {
  /** The credential's id: rate limits and idempotency keys belong to it. Undefined on public addresses. */
  callerId?: string;
  /** Exempt from the deadline of requests: streams, and drills that move time. */
  longRunning?: boolean;
}

export type Reply = FastifyReply;
