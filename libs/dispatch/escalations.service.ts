import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Tickets, type TicketFacts } from '../cases/index.js';
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
    this.timers.add(escalationTimer, (work, timers) => this.escalate(work, timers), { locksFirst: true });
    for (const event of dispatchEvents) this.subscriptions.add(event, dispatchQueue);
  }

  private async escalate(work: Work, timers: FiredTimer[]): Promise<void> {
    const tickets = await this.lockAll(work, timers);
    for (const { subjectId } of timers) {
      const ticket = tickets.get(subjectId);
      if (ticket?.state === 'open') await this.dispatcher.escalate(work, ticket);
    }
  }

  /** All tickets of a batch, locked in the order of their ids, so that two batches at once cannot wait for each other. */
  private async lockAll(work: Work, timers: FiredTimer[]): Promise<Map<string, TicketFacts>> {
    const tickets = new Map<string, TicketFacts>();
    for (const id of timers.map(({ subjectId }) => subjectId).sort()) {
      const ticket = await this.tickets.lock(work, id);
      if (ticket) tickets.set(id, ticket);
    }
    return tickets;
  }
}
