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

  add(kind: string, handler: TimerHandler): void {
    this.handlers.set(kind, handler);
  }

  async handle(work: Work, kind: string, timers: FiredTimer[]): Promise<void> {
    const handler = this.handlers.get(kind);
    if (!handler) throw new Error(`Nobody handles timers of kind ${kind}.`);
    await handler(work, timers);
  }
}
