import { attemptLastsMs } from './notification-plan.js';

/** How long after each failure that may pass an update to the provider is sent again. */
export const updateRetriesMs = [30_000, 120_000, 600_000, 3_600_000];

/** One attempt to hand a message to a channel. */
export interface Attempt {
  state: 'sending' | 'sent' | 'delivered' | 'failed';
  permanent: boolean;
  at: Date;
}

/** One attempt to send an update to one address. */
export interface UpdateAttempt extends Attempt {
  address: string;
}

/** To whom an update is sent now, and when to look again (null: there is nothing left to come). */
export interface UpdatePlan {
  sendNow: string[];
  nextAt: Date | null;
}

/**
 * Decides to which addresses an update goes now: to each once, and again after a failure that may pass, ever more slowly.
 * Nobody is paged for it, so it may wait; and nobody else is told when it fails for good, so it is tried for over an hour.
 */
export function planUpdate(addresses: readonly string[], attempts: readonly UpdateAttempt[], now: Date): UpdatePlan {
  const due = addresses.map((address) => {
    const own = attempts.filter((attempt) => attempt.address === address);
    return { address, at: dueAtMs(own) };
  });
  const later = due.map(({ at }) => at).filter((at) => at > now.getTime() && at !== Infinity);
  return {
    sendNow: due.filter(({ at }) => at <= now.getTime()).map(({ address }) => address),
    nextAt: later.length > 0 ? new Date(Math.min(...later)) : null,
  };
}

/** When the next attempt after these is due, as milliseconds since 1970; -Infinity: none was made yet; Infinity: never. */
export function dueAtMs(attempts: readonly Attempt[]): number {
  const last = attempts.at(-1);
  if (last === undefined) return -Infinity;
  // Whoever made it may be gone: then it is made again.
  if (last.state === 'sending') return last.at.getTime() + attemptLastsMs;
  if (last.state !== 'failed' || last.permanent) return Infinity;
  const failures = attempts.filter(({ state }) => state === 'failed').length;
  const pause = updateRetriesMs[failures - 1];
  return pause === undefined ? Infinity : last.at.getTime() + pause;
}
