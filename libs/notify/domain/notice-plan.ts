import { attemptLastsMs } from './notification-plan.js';
import { dueAtMs, type Attempt } from './update-plan.js';

/** One attempt to tell somebody by one of their methods. */
export interface NoticeAttempt extends Attempt {
  contactMethodId: string;
}

/** By which method somebody is told now, and when to look again (null: there is nothing left to come). */
export interface NoticePlan {
  sendNow: string | null;
  nextAt: Date | null;
}

const nothingLeft: NoticePlan = { sendNow: null, nextAt: null };

/**
 * Decides how somebody is told a notice: by one method after the other, in their order, until one takes it; then those again
 * whose failure may pass. Unlike a page it wakes nobody, so one method at a time is enough.
 */
export function planNotice(methods: readonly string[], attempts: readonly NoticeAttempt[], now: Date): NoticePlan {
  if (attempts.some(({ state }) => state === 'sent' || state === 'delivered')) return nothingLeft;
  const underWayUntil = attempts
    .filter(({ state }) => state === 'sending')
    .map(({ at }) => at.getTime() + attemptLastsMs)
    .find((until) => until > now.getTime());
  if (underWayUntil !== undefined) return { sendNow: null, nextAt: new Date(underWayUntil) };
  const [next] = methods
    .map((id) => ({ id, at: dueAtMs(attempts.filter(({ contactMethodId }) => contactMethodId === id)) }))
    .filter(({ at }) => at !== Infinity)
    // Sorting is stable: those that were never tried keep the order of their owner.
    .sort((one, other) => (one.at < other.at ? -1 : Number(one.at > other.at)));
  if (next === undefined) return nothingLeft;
  return next.at <= now.getTime() ? { sendNow: next.id, nextAt: null } : { sendNow: null, nextAt: new Date(next.at) };
}
