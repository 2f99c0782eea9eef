import type { DeskClient } from './desk-client.js';
import { Refusal } from './desk-client.js';

/**
 * The time of the story, in milliseconds since 1970: what the clocks in Romania showed. Where the desk's clock can be
 * moved, it runs with the desk's; where it cannot, the story goes on by itself and the desk stays in the present.
 */
export class StoryClock {
  private virtualMs: number;

  private constructor(
    private readonly desk: DeskClient,
    /** Whether the desk's time moves along. */
    readonly movesDesk: boolean,
    startsAtMs: number,
    private readonly aheadOfDeskMs: number,
    private deskMs: number,
    private readAtMs: number,
  ) {
    this.virtualMs = startsAtMs;
  }

  /** Begins the story at this instant, and finds out whether the desk's clock can be moved (by moving it one second). */
  static async start(desk: DeskClient, startsAtMs: number): Promise<StoryClock> {
    const deskMs = await moveDesk(desk, 1);
    const presentMs = deskMs ?? Date.now();
    return new StoryClock(desk, deskMs !== null, startsAtMs, startsAtMs - presentMs, presentMs, performance.now());
  }

  /** The present moment of the story. */
  now(): number {
    return this.movesDesk ? this.deskNow() + this.aheadOfDeskMs : this.virtualMs;
  }

  /** The moment of the story that an instant of the desk (RFC 3339) belongs to. */
  at(deskTime: string): number {
    return this.movesDesk ? Date.parse(deskTime) + this.aheadOfDeskMs : this.virtualMs;
  }

  /** Lets time pass; resolves when the desk has done all that fell due on the way. */
  async advance(seconds: number): Promise<void> {
    this.virtualMs += seconds * 1_000;
    if (!this.movesDesk) return;
    this.deskMs = (await moveDesk(this.desk, seconds)) ?? this.deskNow();
    this.readAtMs = performance.now();
  }

  private deskNow(): number {
    return this.deskMs + (performance.now() - this.readAtMs);
  }
}

/** Moves the desk's time; null when it runs on real time. */
async function moveDesk(desk: DeskClient, seconds: number): Promise<number | null> {
  try {
    const { now } = await desk.post<{ now: string }>('admin', 'clock/advance', { by: `PT${seconds}S` });
    return Date.parse(now);
  } catch (error) {
    if (error instanceof Refusal && error.status === 409) return null;
    throw error;
  }
}

const wallTime = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/Bucharest',
  weekday: 'short',
  day: '2-digit',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
});

/** Wall time in Romania, such as `Mon 12 Feb, 00:40`. */
export function romanianTime(storyMs: number): string {
  return wallTime.format(storyMs);
}
