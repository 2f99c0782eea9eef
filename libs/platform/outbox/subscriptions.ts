import { Injectable } from '@nestjs/common';

/** Which queues hear of which happening. Filled by the modules of the contexts when the process starts. */
@Injectable()
export class Subscriptions {
  private readonly queues = new Map<string, string[]>();

  /** From now on every entry of this type puts one message into this queue. */
  add(event: string, queue: string): void {
    const known = this.queues.get(event) ?? [];
    if (!known.includes(queue)) this.queues.set(event, [...known, queue]);
  }

  /** The queues that hear of it. */
  of(event: string): readonly string[] {
    return this.queues.get(event) ?? none;
  }
}

const none: readonly string[] = [];
