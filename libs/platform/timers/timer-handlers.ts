import { Injectable } from '@nestjs/common';
import type { Work } from '../database/unit-of-work.js';

/** A timer that fires now. `firedAt` − `dueAt` is how late it is. */
export interface FiredTimer {
  kind: string;
  subjectId: string;
  dueAt: Date;
  firedAt: Date;
  attempt: number;
}

/** Handles timers of one kind, a batch in due order, inside the transaction that fires them. */
export type TimerHandler = (work: Work, timers: FiredTimer[]) => Promise<void>;

/** Who handles which kind of timer. Filled by the modules of the contexts when the process starts. */
@Injectable()
export class TimerHandlers {
  private readonly handlers = new Map<string, TimerHandler>();
  private readonly first = new Set<string>();

  /**
   * Names who handles a kind. `locksFirst`: it locks what everybody else locks before anything (tickets), so it has its turn
   * before the other kinds of a batch; in another order two transactions could wait for each other.
   */
  add(kind: string, handler: TimerHandler, { locksFirst = false }: { locksFirst?: boolean } = {}): void {
    this.handlers.set(kind, handler);
    if (locksFirst) this.first.add(kind);
  }

  /** A batch by kinds, in the order in which they must be handled. */
  inOrder(timers: readonly FiredTimer[]): [kind: string, timers: FiredTimer[]][] {
    const kinds = [...Map.groupBy(timers, (timer) => timer.kind)];
    return kinds.sort(([one], [other]) => Number(this.first.has(other)) - Number(this.first.has(one)));
  }

  async handle(work: Work, kind: string, timers: FiredTimer[]): Promise<void> {
    const handler = this.handlers.get(kind);
    if (!handler) throw new Error(`Nobody handles timers of kind ${kind}.`);
    await handler(work, timers);
  }
}
