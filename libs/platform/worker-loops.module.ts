import { Module } from '@nestjs/common';
import { Relay } from './outbox/relay.service.js';
import { TimerLoop } from './timers/timer-loop.service.js';

/** The loops of a process with workers: messages to the queues, and timers. */
@Module({ providers: [Relay, TimerLoop] })
export class WorkerLoopsModule {}
