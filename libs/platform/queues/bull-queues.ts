import { getQueueToken } from '@nestjs/bullmq';
import { Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import type { Queue } from 'bullmq';
import { Queues, type QueuedMessage } from './queues.js';

const patienceMs = 1_500;

/** BullMQ's queues. Which server they lie on is decided when the process starts; the code is the same. */
@Injectable()
export class BullQueues extends Queues {
  private readonly queues = new Map<string, Queue>();

  constructor(private readonly modules: ModuleRef) {
    super();
  }

  async add(queue: string, messages: QueuedMessage[]): Promise<void> {
    const target = this.queue(queue);
    await refuseWhenCutOff(target);
    const jobs = messages.map(({ event, messageId, jobId, priority }) => ({
      name: event,
      data: { messageId },
      opts: { jobId, priority },
    }));
    await within(patienceMs, target.addBulk(jobs));
  }

  async isReachable(): Promise<boolean> {
    try {
      for (const queue of this.queues.values()) {
        await refuseWhenCutOff(queue);
        await within(patienceMs, queue.getWaitingCount());
      }
      return true;
    } catch {
      return false;
    }
  }

  private queue(name: string): Queue {
    const known = this.queues.get(name);
    if (known) return known;
    const queue = this.modules.get<Queue>(getQueueToken(name), { strict: false });
    queue.on('error', () => undefined);
    this.queues.set(name, queue);
    return queue;
  }
}

/** Without this a command given while Redis is away would wait in memory, and be repeated by the outbox beside it. */
async function refuseWhenCutOff(queue: Queue): Promise<void> {
  const { client } = queue.backend as { client?: Promise<{ status?: string }> };
  const status = client === undefined ? undefined : (await within(patienceMs, client)).status;
  if (status !== undefined && status !== 'ready') throw new Error(`The queue's connection is ${status}.`);
}

async function within<T>(ms: number, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`The queue did not answer within ${ms} ms.`)), ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
