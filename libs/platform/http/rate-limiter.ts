import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { problems } from '../problems/problems.js';
import type { Reply } from './request.js';

/** A limit of one caller: `quota` requests in `windowSeconds`. */
export interface Limit {
  quota: number;
  windowSeconds: number;
}

/**
 * Counts what one caller asks of one process. It protects the desk from a program run wild; it is not a quota to be
 * shared out, so it is kept in memory and never refuses one caller for what another did.
 */
export class RateLimiter {
  private readonly limiter: RateLimiterMemory;

  constructor(
    private readonly name: string,
    private readonly limit: Limit,
  ) {
    this.limiter = new RateLimiterMemory({ points: limit.quota, duration: limit.windowSeconds });
  }

  /** Counts one request and tells the caller what is left (RateLimit headers). Throws 429 when nothing is. */
  async take(caller: string, reply: Reply): Promise<void> {
    try {
      this.tell(reply, await this.limiter.consume(caller));
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      this.tell(reply, refusal);
      throw problems.tooManyRequests(Math.max(1, Math.ceil(refusal.msBeforeNext / 1000)));
    }
  }

  private tell(reply: Reply, { remainingPoints, msBeforeNext }: RateLimiterRes): void {
    void reply.header('ratelimit-policy', `"${this.name}";q=${this.limit.quota};w=${this.limit.windowSeconds}`);
    void reply.header(
      'ratelimit',
      `"${this.name}";r=${Math.max(0, remainingPoints)};t=${Math.ceil(msBeforeNext / 1000)}`,
    );
  }
}
