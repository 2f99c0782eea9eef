import { TimerHandlers, type FiredTimer } from './timer-handlers.js';

const timer = (kind: string, subjectId: string): FiredTimer => ({
  kind,
  subjectId,
  dueAt: new Date(0),
  firedAt: new Date(0),
  attempt: 0,
});

describe('a batch of timers', () => {
  it('has those first that lock what everybody locks first, and otherwise keeps the order in which they were due', () => {
    const handlers = new TimerHandlers();
    const nothing = () => Promise.resolve();
    handlers.add('clock', nothing);
    handlers.add('escalation', nothing, { locksFirst: true });
    handlers.add('follow-up', nothing);
    const batch = [timer('clock', 'a'), timer('follow-up', 'b'), timer('escalation', 'c'), timer('clock', 'd')];
    expect(handlers.inOrder(batch)).toEqual([
      ['escalation', [batch[2]]],
      ['clock', [batch[0], batch[3]]],
      ['follow-up', [batch[1]]],
    ]);
  });
});
