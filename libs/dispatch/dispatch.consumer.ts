import { Processor } from '@nestjs/bullmq';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { Tickets, type TicketFacts } from '../cases/index.js';
import { system } from '../identity/index.js';
import {
  ENVIRONMENT,
  LOGGER,
  Outbox,
  OutboxConsumer,
  UnitOfWork,
  type Environment,
  type MessageHandler,
  type OutboxMessage,
  type Work,
} from '../platform/index.js';
import { answersTimer } from './answers.service.js';
import { shiftTakenOver } from '../roster/index.js';
import { dispatchQueue } from './dispatch-queue.js';
import { Dispatcher, escalationTimer } from './dispatcher.service.js';
import { Leases, leaseTimer } from './leases.service.js';
import { Notices } from './notices.service.js';
import { Pages } from './pages.service.js';
import { ShiftTakeOvers } from './shift-take-overs.service.js';

/** What dispatch does when it hears of something. */
@Injectable()
@Processor(dispatchQueue)
export class DispatchConsumer extends OutboxConsumer {
  private readonly handlers: Record<string, MessageHandler> = {
    'ticket.opened': (work, message) => this.whenOpen(work, message, (ticket) => this.dispatcher.begin(work, ticket)),
    'ticket.released': (work, message) =>
      this.whenOpen(work, message, (ticket) => this.dispatcher.restart(work, ticket)),
    'ticket.reopened': (work, message) =>
      this.whenOpen(work, message, (ticket) => this.dispatcher.restart(work, ticket)),
    'ticket.unmerged': (work, message) =>
      this.whenOpen(work, message, (ticket) => this.dispatcher.restart(work, ticket)),
    'ticket.severity-changed': (work, message) =>
      this.whenOpen(work, message, (ticket) => this.dispatcher.reconsider(work, ticket)),
    'ticket.resolved': (work, message) => this.standDown(work, message),
    'ticket.rejected': (work, message) => this.standDown(work, message),
    'ticket.merged': (work, message) => this.standDown(work, message),
    'page.failed': (work, message) =>
      this.whenOpen(work, message, (ticket) => this.replaceUnreachable(work, ticket, message.subjectId)),
    'clock.warning': (work, message) => this.leases.considerWarning(work, message.subjectId),
    'ticket.responded': (work, message) => this.leases.considerWord(work, message.ticketId),
    'ticket.update-posted': (work, message) => this.leases.considerWord(work, message.ticketId),
    'clock.breached': (work, message) => this.notices.tellOfBreach(work, message.subjectId),
    [shiftTakenOver]: (work, message) => this.takeOvers.follow(work, message.subjectId),
  };

  constructor(
    unitOfWork: UnitOfWork,
    outbox: Outbox,
    @Inject(ENVIRONMENT) environment: Environment,
    @Inject(LOGGER) logger: Logger,
    private readonly tickets: Tickets,
    private readonly dispatcher: Dispatcher,
    private readonly pages: Pages,
    private readonly notices: Notices,
    private readonly takeOvers: ShiftTakeOvers,
    private readonly leases: Leases,
  ) {
    super(unitOfWork, outbox, environment, logger);
  }

  protected handlerOf(event: string): MessageHandler {
    const handler = this.handlers[event];
    if (!handler) throw new Error(`Dispatch does not know what to do on ${event}.`);
    return handler;
  }

  private async whenOpen(
    work: Work,
    { ticketId }: OutboxMessage,
    decide: (ticket: TicketFacts) => Promise<void>,
  ): Promise<void> {
    const ticket = ticketId === null ? null : await this.tickets.lock(work, ticketId);
    if (ticket?.state === 'open') await decide(ticket);
  }

  /** The page may have been answered, or have reached its reader after all, since the news was written. */
  private async replaceUnreachable(work: Work, ticket: TicketFacts, pageId: string): Promise<void> {
    const page = await this.pages.lock(work, pageId);
    if (page?.state === 'failed') await this.dispatcher.replace(work, ticket, page, 'unreachable');
  }

  private async standDown(work: Work, { ticketId }: OutboxMessage): Promise<void> {
    const ticket = ticketId === null ? null : await this.tickets.lock(work, ticketId);
    if (!ticket || ticket.state === 'open' || ticket.state === 'claimed') return;
    work.disarm(escalationTimer, ticket.id);
    work.disarm(leaseTimer, ticket.id);
    work.disarm(answersTimer, ticket.id);
    await this.pages.withdraw(work, ticket, { purposes: ['claim', 'reinforce', 'notice', 'lease'] }, system);
  }
}
