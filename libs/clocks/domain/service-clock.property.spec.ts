import fc from 'fast-check';
import type { ServiceClockOutcome, ServiceClockState } from './service-clock-state.js';
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

const WARN_AT = [0.5, 0.75, 0.9];
const START = Date.UTC(2026, 2, 29, 0, 30);

/**
 * The same clock, counted slowly: a stop watch that is looked at every second. It knows no due moment; it counts the
 * seconds that run, and says something whenever the count reaches a fraction of the target.
 */
class StopWatch {
  now = START;
  usedSeconds = 0;
  phase: 'counting' | 'paused' | 'met' | 'cancelled' = 'counting';
  said: string[] = [];
  private readonly thresholdsGiven = new Set<number>();

  constructor(private targetSeconds: number) {}

  get breached(): boolean {
    return this.thresholdsGiven.has(1);
  }

  get remainingMs(): number | null {
    const ended = this.phase === 'met' || this.phase === 'cancelled';
    return ended ? null : (this.targetSeconds - this.usedSeconds) * 1000;
  }

  pass(seconds: number): void {
    for (let second = 0; second < seconds; second++) {
      this.now += 1000;
      if (this.phase === 'counting') {
        this.usedSeconds += 1;
        this.look();
      }
    }
  }

  retarget(targetSeconds: number): void {
    this.targetSeconds = targetSeconds;
    this.look();
    if (this.breached) {
      this.phase = 'counting';
    }
  }

  /** The moment at which it would next say something, found by letting a copy run. */
  nextSaying(): Date | null {
    if (this.phase !== 'counting' || this.breached) {
      return null;
    }
    const copy = new StopWatch(this.targetSeconds);
    copy.now = this.now;
    copy.usedSeconds = this.usedSeconds;
    this.thresholdsGiven.forEach((given) => copy.thresholdsGiven.add(given));
    while (copy.said.length === 0) {
      copy.pass(1);
    }
    return new Date(copy.now);
  }

  private look(): void {
    for (const threshold of [...WARN_AT, 1]) {
      if (
        !this.breached &&
        !this.thresholdsGiven.has(threshold) &&
        this.usedSeconds >= threshold * this.targetSeconds
      ) {
        this.thresholdsGiven.add(threshold);
        this.said.push(`${threshold} at ${new Date(this.now).toISOString()}`);
      }
    }
  }
}

type Step =
  | { do: 'pass'; seconds: number }
  | { do: 'retarget'; targetSeconds: number }
  | { do: 'timer' | 'pause' | 'resume' | 'meet' | 'reopen' | 'cancel' };

/** Targets of which every fraction is whole seconds, so that a count by the second can be exact. */
const target = fc.integer({ min: 1, max: 60 }).map((units) => units * 20);

const steps = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: fc.record({ do: fc.constant('pass' as const), seconds: fc.nat(500) }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('retarget' as const), targetSeconds: target }) },
    { weight: 5, arbitrary: fc.record({ do: fc.constantFrom('timer', 'pause', 'resume', 'meet', 'reopen') }) },
    { weight: 1, arbitrary: fc.constant({ do: 'cancel' as const }) },
  ),
  { maxLength: 30 },
) as fc.Arbitrary<Step[]>;

/** A clock and its stop watch, taken through the same steps. */
class Pair {
  clock: ServiceClockState;
  readonly watch: StopWatch;
  readonly said: string[] = [];

  constructor(targetSeconds: number) {
    this.watch = new StopWatch(targetSeconds);
    const terms = { startedAt: this.now, targetMs: targetSeconds * 1000, warnAt: WARN_AT, pausable: true };
    this.clock = startClock(terms, this.now).clock;
  }

  get now(): Date {
    return new Date(this.watch.now);
  }

  take(step: Step): void {
    const { watch } = this;
    switch (step.do) {
      case 'pass':
        return watch.pass(step.seconds);
      case 'timer':
        return this.letTimerFire();
      case 'pause':
        return this.both(pauseClock(this.clock, this.now), watch.phase === 'counting' && !watch.breached, 'paused');
      case 'resume':
        return this.both(resumeClock(this.clock, this.now), watch.phase === 'paused', 'counting');
      case 'meet':
        return this.both(meetClock(this.clock, this.now), watch.remainingMs !== null, 'met');
      case 'reopen':
        return this.both(reopenClock(this.clock, this.now), watch.phase === 'met', 'counting');
      case 'cancel':
        return this.both(cancelClock(this.clock, this.now), watch.remainingMs !== null, 'cancelled');
      case 'retarget': {
        const open = watch.remainingMs !== null;
        this.both(retargetClock(this.clock, step.targetSeconds * 1000, this.now), open, watch.phase);
        return open ? watch.retarget(step.targetSeconds) : undefined;
      }
    }
  }

  letTimerFire(): void {
    this.keep(dueHappenings(this.clock, this.now));
  }

  private both(outcome: ServiceClockOutcome, fits: boolean, phase: StopWatch['phase']): void {
    expect(outcome.kind).toBe(fits ? 'changed' : 'problem');
    if (outcome.kind === 'changed') {
      this.keep(outcome);
      this.watch.phase = phase;
    }
  }

  private keep({ clock, happenings }: ReturnType<typeof dueHappenings>): void {
    this.clock = deepFreeze(clock);
    for (const happening of happenings) {
      if (happening.type === 'warning' || happening.type === 'breached') {
        expect(happening.lateByMs).toBe(this.now.getTime() - happening.dueAt.getTime());
        expect(happening.lateByMs).toBeGreaterThanOrEqual(0);
        const threshold = happening.type === 'warning' ? happening.fraction : 1;
        this.said.push(`${threshold} at ${happening.dueAt.toISOString()}`);
      }
    }
  }
}

function deepFreeze(clock: ServiceClockState): ServiceClockState {
  Object.values(clock).forEach((value) => Object.freeze(value));
  return Object.freeze(clock);
}

describe('a service clock, against a stop watch', () => {
  it('has the same time remaining after any steps', () => {
    fc.assert(
      fc.property(target, steps, (targetSeconds, taken) => {
        const pair = new Pair(targetSeconds);
        for (const step of taken) {
          pair.take(step);
          expect(remainingMs(pair.clock, pair.now)).toBe(pair.watch.remainingMs);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('says the same at the same moments, each once and in order, however late its timer fires', () => {
    fc.assert(
      fc.property(target, steps, (targetSeconds, taken) => {
        const pair = new Pair(targetSeconds);
        taken.forEach((step) => pair.take(step));
        pair.letTimerFire();
        expect(pair.said).toEqual(pair.watch.said);
        expect(pair.said).toHaveLength(new Set(pair.said.map((saying) => saying.split(' ')[0])).size);
        expect(pair.clock.breachedAt !== null).toBe(pair.watch.breached);
        expect(pair.clock.warnedAt).toHaveLength(pair.clock.warningsGiven.length);
      }),
      { numRuns: 500 },
    );
  });

  it('asks for its timer at the earliest threshold not yet given', () => {
    fc.assert(
      fc.property(target, steps, (targetSeconds, taken) => {
        const pair = new Pair(targetSeconds);
        for (const step of taken) {
          pair.take(step);
          pair.letTimerFire();
          expect(nextThresholdAt(pair.clock)).toEqual(pair.watch.nextSaying());
        }
      }),
      { numRuns: 200 },
    );
  });

  it('ends where it would have ended had the timer fired at every moment', () => {
    fc.assert(
      fc.property(target, steps, (targetSeconds, taken) => {
        const late = new Pair(targetSeconds);
        const prompt = new Pair(targetSeconds);
        for (const step of taken) {
          late.take(step);
          prompt.take(step);
          prompt.letTimerFire();
        }
        late.letTimerFire();
        expect(late.clock).toEqual(prompt.clock);
      }),
      { numRuns: 300 },
    );
  });

  it('never takes back a breach', () => {
    fc.assert(
      fc.property(target, steps, (targetSeconds, taken) => {
        const pair = new Pair(targetSeconds);
        let breachedAt: Date | null = null;
        for (const step of taken) {
          pair.take(step);
          expect(breachedAt === null || pair.clock.breachedAt?.getTime() === breachedAt.getTime()).toBe(true);
          breachedAt = pair.clock.breachedAt;
        }
      }),
      { numRuns: 300 },
    );
  });
});
