import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Tickets } from '../cases/index.js';
import { Subscriptions, TimerHandlers, type FiredTimer, type Work } from '../platform/index.js';
import { dispatchEvents, dispatchQueue } from './dispatch-queue.js';
import { Dispatcher, escalationTimer } from './dispatcher.service.js';

/** Takes the next step when a ticket was not claimed in time. */
@Injectable()
export class Escalations implements OnModuleInit {
  constructor(
    private readonly timers: TimerHandlers,
    private readonly subscriptions: Subscriptions,
    private readonly tickets: Tickets,
    private readonly dispatcher: Dispatcher,
  ) {}

  onModuleInit(): void {
    this.timers.add(escalationTimer, (work, timers) => this.escalate(work, timers));
    for (const event of dispatchEvents) this.subscriptions.add(event, dispatchQueue);
  }

  private async escalate(work: Work, timers: FiredTimer[]): Promise<void> {
    for (const { subjectId } of timers) {
      const ticket = await this.tickets.lock(work, subjectId);
      if (ticket?.state === 'open') await this.dispatcher.escalate(work, ticket);
    }
  }
}
