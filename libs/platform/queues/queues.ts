/** A job as the relay makes it: ids only, never case text. */
export interface QueuedMessage {
  event: string;
  /** The row in the outbox, which is the right to act. */
  messageId: string;
  jobId: string;
  /** BullMQ's: 1 first. */
  priority: number;
}

/** Where jobs are put. Throws when the queue does not answer within 1.5 s. */
export abstract class Queues {
  abstract add(queue: string, messages: QueuedMessage[]): Promise<void>;
  /** Whether the queues answer. */
  abstract isReachable(): Promise<boolean>;
}
