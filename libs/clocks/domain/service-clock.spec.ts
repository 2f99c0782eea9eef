import type { ServiceClockChange, ServiceClockOutcome, ServiceClockState } from './service-clock-state.js';
import {
  cancelClock,
  dueHappenings,
  meetClock,
  nextThresholdAt,
  pauseClock,
  remainingMs,
  reopenClock,
  resumeClock,
  retargetClock,
  startClock,
} from './service-clock.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** The instant that many minutes after the clock of these examples started. */
const at = (minutes: number): Date => new Date(Date.UTC(2026, 1, 11, 2, 0) + minutes * MINUTE);

const TERMS = { startedAt: at(0), targetMs: 100 * MINUTE, warnAt: [0.5, 0.75, 0.9], pausable: true };
const started = (terms: Partial<typeof TERMS> = {}): ServiceClockState =>
  startClock({ ...TERMS, ...terms }, at(0)).clock;

const done = (outcome: ServiceClockOutcome): ServiceClockChange => {
  if (outcome.kind === 'problem') {
    throw new Error(`Unexpected problem: ${outcome.reason}`);
  }
  return outcome;
};
const types = (change: ServiceClockChange): string[] => change.happenings.map((happening) => happening.type);

describe('a started clock', () => {
  it('is due after its target', () => {
    const { clock, happenings } = startClock(TERMS, at(0));
    expect(clock).toEqual({
      ...{ ...TERMS, state: 'running', dueAt: at(100), pausedAt: null, pausedTotalMs: 0 },
      ...{ warnedAt: [], warningsGiven: [], breachedAt: null, metAt: null },
    });
    expect(happenings).toEqual([{ type: 'started', at: at(0), dueAt: at(100) }]);
    expect(nextThresholdAt(clock)).toEqual(at(50));
    expect(remainingMs(clock, at(30))).toBe(70 * MINUTE);
    expect(remainingMs(clock, at(130))).toBe(-30 * MINUTE);
  });

  it('has behind it, as of now, what a target given later has already overtaken', () => {
    const { clock, happenings } = startClock(TERMS, at(80));
    expect(happenings.slice(1)).toEqual([
      { type: 'warning', fraction: 0.5, dueAt: at(80), lateByMs: 0 },
      { type: 'warning', fraction: 0.75, dueAt: at(80), lateByMs: 0 },
    ]);
    expect(clock).toMatchObject({ state: 'warning', warnedAt: [at(80), at(80)], breachedAt: null });
    expect(startClock(TERMS, at(200)).clock).toMatchObject({ state: 'breached', breachedAt: at(200), dueAt: at(100) });
  });

  it('takes its warnings in any order, each once', () => {
    expect(started({ warnAt: [0.9, 0.5, 0.9] }).warnAt).toEqual([0.5, 0.9]);
  });

  it.each([[[0]], [[1]], [[-0.5]], [[0.5, 1.2]], [[Number.NaN]]])('refuses warnings at %j', (warnAt) => {
    expect(() => started({ warnAt })).toThrow(RangeError);
  });

  it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])('refuses a target of %d ms', (targetMs) => {
    expect(() => started({ targetMs })).toThrow(RangeError);
    expect(() => retargetClock(started(), targetMs, at(1))).toThrow(RangeError);
  });
});

describe('warnings and the breach', () => {
  it('come at the millisecond at which they are due, not before', () => {
    const clock = started();
    expect(dueHappenings(clock, new Date(at(50).getTime() - 1))).toEqual({ clock, happenings: [] });
    expect(dueHappenings(clock, at(50)).happenings).toEqual([
      { type: 'warning', fraction: 0.5, dueAt: at(50), lateByMs: 0 },
    ]);
    expect(types(dueHappenings(clock, new Date(at(100).getTime() - 1)))).not.toContain('breached');
    expect(types(dueHappenings(clock, at(100)))).toContain('breached');
  });

  it('all come in due order after downtime, each saying how late it is', () => {
    const { clock, happenings } = dueHappenings(started(), at(110));
    expect(happenings).toEqual([
      { type: 'warning', fraction: 0.5, dueAt: at(50), lateByMs: 60 * MINUTE },
      { type: 'warning', fraction: 0.75, dueAt: at(75), lateByMs: 35 * MINUTE },
      { type: 'warning', fraction: 0.9, dueAt: at(90), lateByMs: 20 * MINUTE },
      { type: 'breached', dueAt: at(100), lateByMs: 10 * MINUTE },
    ]);
    expect(clock).toMatchObject({ state: 'breached', breachedAt: at(100), warnedAt: [at(50), at(75), at(90)] });
    expect(nextThresholdAt(clock)).toBeNull();
    expect(dueHappenings(clock, at(500)).happenings).toEqual([]);
  });

  it('round a warning that falls between two milliseconds up', () => {
    const clock = started({ targetMs: 7, warnAt: [0.5] });
    expect(nextThresholdAt(clock)).toEqual(new Date(at(0).getTime() + 4));
  });

  it('do not take the noise of a product of fractions for another millisecond', () => {
    expect(0.55 * 100).toBeGreaterThan(55);
    const clock = started({ targetMs: 100, warnAt: [0.55] });
    expect(nextThresholdAt(clock)).toEqual(new Date(at(0).getTime() + 55));
  });

  it.each([5 * MINUTE, 10 * MINUTE, 4 * HOUR, 14 * 24 * HOUR, 30 * 24 * HOUR])(
    'fall on the exact millisecond of a target of %d ms',
    (targetMs) => {
      const offsets = dueHappenings(started({ targetMs }), at(1_000_000)).clock.warnedAt.map(
        (warned) => warned.getTime() - at(0).getTime(),
      );
      expect(offsets).toEqual([targetMs / 2, (targetMs / 4) * 3, (targetMs / 10) * 9]);
    },
  );
});

describe('a pause', () => {
  it('stops the counting and moves the due moment by its length', () => {
    const paused = done(pauseClock(started(), at(30)));
    expect(paused.happenings).toEqual([{ type: 'paused', at: at(30), remainingMs: 70 * MINUTE }]);
    expect(paused.clock.state).toBe('paused');
    expect(nextThresholdAt(paused.clock)).toBeNull();
    expect(remainingMs(paused.clock, at(5_000))).toBe(70 * MINUTE);
    expect(dueHappenings(paused.clock, at(5_000)).happenings).toEqual([]);

    const resumed = done(resumeClock(paused.clock, at(90)));
    expect(resumed.happenings).toEqual([{ type: 'resumed', at: at(90), dueAt: at(160), pausedMs: HOUR }]);
    expect(resumed.clock).toMatchObject({ state: 'running', dueAt: at(160), pausedAt: null, pausedTotalMs: HOUR });
    expect(nextThresholdAt(resumed.clock)).toEqual(at(110));
  });

  it('leaves a clock that has warned at warning', () => {
    const paused = done(pauseClock(started(), at(60)));
    expect(types(paused)).toEqual(['warning', 'paused']);
    expect(done(resumeClock(paused.clock, at(70))).clock.state).toBe('warning');
  });

  it('is refused where it does not fit', () => {
    const paused = done(pauseClock(started(), at(10))).clock;
    const met = done(meetClock(started(), at(10))).clock;
    expect(pauseClock(started({ pausable: false }), at(10))).toEqual({ kind: 'problem', reason: 'not-pausable' });
    expect(pauseClock(paused, at(20))).toEqual({ kind: 'problem', reason: 'not-running' });
    expect(pauseClock(met, at(20))).toEqual({ kind: 'problem', reason: 'not-running' });
    expect(resumeClock(started(), at(10))).toEqual({ kind: 'problem', reason: 'not-paused' });
  });

  it('does not save a clock whose breach no timer has told yet', () => {
    expect(pauseClock(started(), at(101))).toEqual({ kind: 'problem', reason: 'already-breached' });
  });
});

describe('meeting a clock', () => {
  it('keeps it unbreached in time', () => {
    const { clock, happenings } = done(meetClock(started(), at(40)));
    expect(clock).toMatchObject({ state: 'met', metAt: at(40), breachedAt: null });
    expect(happenings).toEqual([{ type: 'met', at: at(40), remainingMs: 60 * MINUTE }]);
    expect(remainingMs(clock, at(41))).toBeNull();
    expect(nextThresholdAt(clock)).toBeNull();
    expect(dueHappenings(clock, at(999)).happenings).toEqual([]);
  });

  it('too late keeps the breach, told or not', () => {
    const { clock, happenings } = done(meetClock(started(), at(105)));
    expect(happenings.map((happening) => happening.type)).toEqual(['warning', 'warning', 'warning', 'breached', 'met']);
    expect(clock).toMatchObject({ state: 'met', metAt: at(105), breachedAt: at(100) });
    expect(done(meetClock(dueHappenings(started(), at(100)).clock, at(105))).clock).toEqual(clock);
  });

  it('ends a pause, which did not count', () => {
    const paused = done(pauseClock(started(), at(40))).clock;
    const { clock, happenings } = done(meetClock(paused, at(300)));
    expect(happenings.map((happening) => happening.type)).toEqual(['resumed', 'met']);
    expect(clock).toMatchObject({ state: 'met', pausedAt: null, pausedTotalMs: 260 * MINUTE, breachedAt: null });
  });

  it('is refused once it has ended', () => {
    const met = done(meetClock(started(), at(40))).clock;
    const cancelled = done(cancelClock(started(), at(40))).clock;
    for (const ended of [met, cancelled]) {
      expect(meetClock(ended, at(41))).toEqual({ kind: 'problem', reason: 'already-ended' });
      expect(cancelClock(ended, at(41))).toEqual({ kind: 'problem', reason: 'already-ended' });
      expect(retargetClock(ended, HOUR, at(41))).toEqual({ kind: 'problem', reason: 'already-ended' });
    }
  });
});

describe('a change of severity', () => {
  it('moves the target, counted from the own start of the clock', () => {
    const { clock, happenings } = done(retargetClock(started(), 200 * MINUTE, at(40)));
    expect(happenings).toEqual([
      {
        ...{ type: 'retargeted', at: at(40), dueAt: at(200) },
        ...{ fromTargetMs: 100 * MINUTE, targetMs: 200 * MINUTE },
      },
    ]);
    expect(clock).toMatchObject({ state: 'running', dueAt: at(200), targetMs: 200 * MINUTE });
    expect(nextThresholdAt(clock)).toEqual(at(100));
  });

  it('keeps the pauses used', () => {
    const resumed = done(resumeClock(done(pauseClock(started(), at(10))).clock, at(30))).clock;
    expect(done(retargetClock(resumed, 60 * MINUTE, at(40))).clock.dueAt).toEqual(at(80));
  });

  it('may breach at that instant, after the warnings it overtakes', () => {
    const { clock, happenings } = done(retargetClock(started(), 30 * MINUTE, at(60)));
    expect(happenings).toEqual([
      { type: 'warning', fraction: 0.5, dueAt: at(50), lateByMs: 10 * MINUTE },
      expect.objectContaining({ type: 'retargeted', dueAt: at(30) }),
      { type: 'warning', fraction: 0.75, dueAt: at(60), lateByMs: 0 },
      { type: 'warning', fraction: 0.9, dueAt: at(60), lateByMs: 0 },
      { type: 'breached', dueAt: at(60), lateByMs: 0 },
    ]);
    expect(clock).toMatchObject({ state: 'breached', breachedAt: at(60), dueAt: at(30) });
    expect(remainingMs(clock, at(60))).toBe(-30 * MINUTE);
  });

  it('leaves a breach on record and gives no warning twice', () => {
    const breached = dueHappenings(started(), at(100)).clock;
    const { clock, happenings } = done(retargetClock(breached, 1000 * MINUTE, at(120)));
    expect(clock).toMatchObject({ state: 'breached', breachedAt: at(100), dueAt: at(1000) });
    expect(happenings.map((happening) => happening.type)).toEqual(['retargeted']);
    expect(dueHappenings(clock, at(2000)).happenings).toEqual([]);
  });

  it('to a longer target does not undo a breach that no timer has told yet', () => {
    expect(done(retargetClock(started(), 1000 * MINUTE, at(101))).clock.breachedAt).toEqual(at(100));
  });

  it('of a paused clock counts the time before the pause', () => {
    const paused = done(pauseClock(started(), at(40))).clock;
    const warned = done(retargetClock(paused, 50 * MINUTE, at(400)));
    expect(types(warned)).toEqual(['retargeted', 'warning', 'warning']);
    expect(warned.clock).toMatchObject({ state: 'paused', warningsGiven: [0.5, 0.75] });
    expect(remainingMs(warned.clock, at(999))).toBe(10 * MINUTE);

    const breached = done(retargetClock(paused, 40 * MINUTE, at(400)));
    expect(types(breached)).toEqual(['retargeted', 'resumed', 'warning', 'warning', 'warning', 'breached']);
    expect(breached.clock).toMatchObject({ state: 'breached', pausedAt: null, breachedAt: at(400) });
    expect(remainingMs(breached.clock, at(410))).toBe(-10 * MINUTE);
  });

  it('to a severity without the target cancels the clock', () => {
    const { clock, happenings } = done(retargetClock(started(), null, at(40)));
    expect(clock).toMatchObject({ state: 'cancelled', breachedAt: null });
    expect(happenings).toEqual([{ type: 'cancelled', at: at(40) }]);
    expect(nextThresholdAt(clock)).toBeNull();
    expect(remainingMs(clock, at(41))).toBeNull();
    expect(done(retargetClock(started(), null, at(140))).clock.breachedAt).toEqual(at(100));
  });
});

describe('reopening', () => {
  it('goes on with the time used before the clock was met', () => {
    const met = done(meetClock(started(), at(60))).clock;
    const { clock, happenings } = done(reopenClock(met, at(500)));
    expect(happenings).toEqual([{ type: 'reopened', at: at(500), dueAt: at(540) }]);
    expect(clock).toMatchObject({ state: 'warning', metAt: null, dueAt: at(540) });
    expect(nextThresholdAt(clock)).toEqual(at(515));
  });

  it('never takes a breach back', () => {
    const met = done(meetClock(started(), at(110))).clock;
    const { clock } = done(reopenClock(met, at(500)));
    expect(clock).toMatchObject({ state: 'breached', breachedAt: at(100) });
    expect(remainingMs(clock, at(500))).toBe(-10 * MINUTE);
  });

  it('is refused for a clock that was not met', () => {
    const cancelled = done(cancelClock(started(), at(10))).clock;
    expect(reopenClock(started(), at(10))).toEqual({ kind: 'problem', reason: 'not-met' });
    expect(reopenClock(cancelled, at(20))).toEqual({ kind: 'problem', reason: 'not-met' });
  });
});
