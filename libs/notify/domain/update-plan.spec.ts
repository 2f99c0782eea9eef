import { attemptLastsMs } from './notification-plan.js';
import { planUpdate, updateRetriesMs, type UpdateAttempt } from './update-plan.js';

const begin = new Date('2026-02-11T02:10:00Z');
const after = (ms: number) => new Date(begin.getTime() + ms);
const attempt = (address: string, state: UpdateAttempt['state'], at = begin, permanent = false): UpdateAttempt => ({
  address,
  state,
  permanent,
  at,
});

describe('planUpdate', () => {
  it('sends to every address once', () => {
    expect(planUpdate(['a', 'b'], [], begin)).toEqual({ sendNow: ['a', 'b'], nextAt: null });
    const attempts = [attempt('a', 'sent'), attempt('b', 'failed', begin, true)];
    expect(planUpdate(['a', 'b'], attempts, after(1e9))).toEqual({ sendNow: [], nextAt: null });
  });

  it('does nothing without an address', () => {
    expect(planUpdate([], [], begin)).toEqual({ sendNow: [], nextAt: null });
  });

  it('repeats a failure that may pass, ever more slowly, and then lets it be', () => {
    const attempts: UpdateAttempt[] = [attempt('a', 'failed')];
    let at = begin;
    for (const pause of updateRetriesMs) {
      const due = new Date(at.getTime() + pause);
      expect(planUpdate(['a'], attempts, new Date(due.getTime() - 1))).toEqual({ sendNow: [], nextAt: due });
      expect(planUpdate(['a'], attempts, due)).toEqual({ sendNow: ['a'], nextAt: null });
      attempts.push(attempt('a', 'failed', due));
      at = due;
    }
    expect(planUpdate(['a'], attempts, after(1e9))).toEqual({ sendNow: [], nextAt: null });
  });

  it('waits for an attempt under way, and makes it again when nothing is heard of it', () => {
    const attempts = [attempt('a', 'sending')];
    expect(planUpdate(['a'], attempts, after(1))).toEqual({ sendNow: [], nextAt: after(attemptLastsMs) });
    expect(planUpdate(['a'], attempts, after(attemptLastsMs)).sendNow).toEqual(['a']);
  });

  it('takes the earliest of what is still to come', () => {
    const attempts = [attempt('a', 'failed', after(10)), attempt('b', 'failed')];
    expect(planUpdate(['a', 'b'], attempts, after(20)).nextAt).toEqual(after(30_000));
  });
});
