/**
 * The time of the desk: the database's clock, plus what a drill or a test has moved it by.
 * Every process keeps its distance to that clock here, so that reading it costs nothing.
 */
export class Clock {
  private offsetMs = 0;

  /** The present instant. */
  now(): Date {
    return new Date(Date.now() + this.offsetMs);
  }

  /** Takes over the desk's time as it was read from the database; `readAtMs` is this process's own clock at that moment. */
  synchronise(deskTime: Date, readAtMs: number): void {
    const offsetMs = deskTime.getTime() - readAtMs;
    if (Math.abs(offsetMs - this.offsetMs) > toleranceMs) this.offsetMs = offsetMs;
  }

  /** This process's own clock, for measuring how long something took and for nothing else. */
  static processTimeMs(): number {
    return Date.now();
  }
}

/** Smaller differences are the round trip's own noise: following them would make time jitter. */
const toleranceMs = 20;
