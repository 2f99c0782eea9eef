import fc from 'fast-check';
import { planNotice, type NoticeAttempt } from './notice-plan.js';
import { attemptLastsMs } from './notification-plan.js';
import { updateRetriesMs } from './update-plan.js';

const begin = new Date('2026-02-11T02:10:00Z');
const after = (ms: number) => new Date(begin.getTime() + ms);
const attempt = (
  contactMethodId: string,
  state: NoticeAttempt['state'],
  at = begin,
  permanent = false,
): NoticeAttempt => ({ contactMethodId, state, permanent, at });

describe('planNotice', () => {
  it('uses the first method, and no other while it is under way', () => {
    expect(planNotice(['a', 'b'], [], begin)).toEqual({ sendNow: 'a', nextAt: null });
    expect(planNotice(['a', 'b'], [attempt('a', 'sending')], after(1))).toEqual({
      sendNow: null,
      nextAt: after(attemptLastsMs),
    });
  });

  it.each(['sent', 'delivered'] as const)('is over once a method has %s it', (state) => {
    const attempts = [attempt('a', 'failed'), attempt('b', state)];
    expect(planNotice(['a', 'b', 'c'], attempts, after(1e9))).toEqual({ sendNow: null, nextAt: null });
  });

  it('goes on to the next method at once when one fails', () => {
    expect(planNotice(['a', 'b'], [attempt('a', 'failed')], begin).sendNow).toBe('b');
  });

  it('tries again what may pass when every method has failed', () => {
    const attempts = [attempt('a', 'failed', begin, true), attempt('b', 'failed')];
    const due = after(updateRetriesMs[0]!);
    expect(planNotice(['a', 'b'], attempts, after(1))).toEqual({ sendNow: null, nextAt: due });
    expect(planNotice(['a', 'b'], attempts, due)).toEqual({ sendNow: 'b', nextAt: null });
  });

  it('has nothing to do for somebody without a method', () => {
    expect(planNotice([], [], begin)).toEqual({ sendNow: null, nextAt: null });
  });

  it('tells whoever has one method that works, exactly once, whichever others fail and how', () => {
    const outcome = fc.constantFrom<'sent' | 'passing' | 'permanent'>('sent', 'passing', 'permanent');
    fc.assert(
      fc.property(fc.array(outcome, { minLength: 1, maxLength: 5 }), (outcomes) => {
        const methods = outcomes.map((_outcome, index) => String(index));
        const attempts: NoticeAttempt[] = [];
        let now = begin;
        for (let plan = planNotice(methods, attempts, now); plan.sendNow ?? plan.nextAt;) {
          if (plan.sendNow === null) now = plan.nextAt ?? now;
          else {
            const what = outcomes[Number(plan.sendNow)];
            attempts.push(attempt(plan.sendNow, what === 'sent' ? 'sent' : 'failed', now, what === 'permanent'));
          }
          plan = planNotice(methods, attempts, now);
        }
        const told = attempts.filter(({ state }) => state === 'sent').length;
        expect(told).toBe(outcomes.includes('sent') ? 1 : 0);
        expect(attempts.length).toBeLessThanOrEqual(outcomes.length * (updateRetriesMs.length + 1));
      }),
    );
  });
});
