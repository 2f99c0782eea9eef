import { Injectable } from '@nestjs/common';
import { RateLimiterMemory } from 'rate-limiter-flexible';

/** Codes from one address that were none of its own, and the time they are counted in. */
const mostWrongCodes = 10;
const windowSeconds = 10 * 60;

/**
 * Keeps anybody who can write in another's name from finding their code by trying: at this rate a thousand days give one chance in
 * a thousand. Counted by address, in each process; nothing but replies from that address is held up.
 */
@Injectable()
export class ReplyGuard {
  private readonly limiter = new RateLimiterMemory({ points: mostWrongCodes, duration: windowSeconds });

  /** Whether replies from this address are still looked at. */
  async isOpen(address: string): Promise<boolean> {
    const taken = await this.limiter.get(address.toLowerCase());
    return (taken?.consumedPoints ?? 0) < mostWrongCodes;
  }

  /** Counts codes that were none of this address. */
  async countWrong(address: string, codes: number): Promise<void> {
    await this.limiter.penalty(address.toLowerCase(), codes);
  }
}
