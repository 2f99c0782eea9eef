import { Injectable } from '@nestjs/common';
import { clockCaseOf, presentTicket, ticketFact, Tickets, type TicketDto, type TicketFacts } from '../cases/index.js';
import { presentClock, ServiceClocks } from '../clocks/index.js';
import { Clock, type Actor, type Work } from '../platform/index.js';
import { escalationTimer } from './dispatcher.service.js';
import { rememberGiver } from './dispatch.sql.js';
import { Pages } from './pages.service.js';

/** Writes who works on a ticket. What is written was decided before; the ticket is locked. */
@Injectable()
export class Holders {
  constructor(
    private readonly tickets: Tickets,
    private readonly clocks: ServiceClocks,
    private readonly pages: Pages,
    private readonly clock: Clock,
  ) {}

  /** Makes somebody the holder of an open ticket: nobody else is asked any more. */
  async take(work: Work, ticket: TicketFacts, principalId: string, actor: Actor): Promise<TicketDto> {
    const now = this.clock.now();
    await this.pages.settle(work, ticket, principalId, actor);
    work.disarm(escalationTimer, ticket.id);
    return this.tickets.change(work, ticket, {
      type: 'ticket.claimed',
      actor,
      changes: {
        state: 'claimed',
        claimedBy: principalId,
        claimedAt: now,
        dispatchStatus: 'claimed',
        dispatchNextStepAt: null,
        joined: ticket.joined.filter((member) => member !== principalId),
      },
      facts: [ticketFact(ticket, 'ticket-claimed', now)],
    });
  }

  /** Puts somebody beside the holder. */
  async join(work: Work, ticket: TicketFacts, principalId: string, actor: Actor): Promise<TicketDto> {
    await this.pages.answer(work, ticket, principalId, 'joined', ['reinforce'], actor);
    await this.tickets.letIn(work, ticket.id, [principalId]);
    return this.tickets.change(work, ticket, {
      type: 'ticket.joined',
      actor,
      changes: { joined: [...ticket.joined, principalId] },
      facts: [],
    });
  }

  /**
   * Takes the ticket from its holder and gives it back to dispatch, which starts on hearing of it. The claim clock goes on
   * with the time already used.
   */
  async giveBack(
    work: Work,
    ticket: TicketFacts,
    holder: string,
    actor: Actor,
    note: string | undefined,
  ): Promise<TicketDto> {
    const now = this.clock.now();
    const clocks = await this.clocks.reopen(work, ['claim'], clockCaseOf(ticket), actor);
    await work.query(rememberGiver, [ticket.id, holder, now]);
    await this.pages.withdraw(work, ticket, { purposes: ['reinforce'] }, actor);
    if (ticket.handover)
      await this.pages.withdraw(work, ticket, { purposes: ['notice'], only: ticket.handover.to }, actor);
    const released = await this.tickets.change(work, ticket, {
      type: 'ticket.released',
      actor,
      changes: {
        state: 'open',
        claimedBy: null,
        claimedAt: null,
        handover: null,
        dispatchStatus: 'paging',
        dispatchStep: 1,
      },
      internalNote: note,
    });
    return { ...released, clocks: clocks.map((row) => presentClock(row, now)) };
  }

  /** The ticket as it is, with its clocks. */
  async unchanged(work: Work, ticket: TicketFacts, actor: Actor): Promise<TicketDto> {
    const now = this.clock.now();
    const clocks = await this.clocks.apply(work, [], clockCaseOf(ticket), actor);
    return presentTicket(
      ticket,
      clocks.map((row) => presentClock(row, now)),
    );
  }
}
