import { Injectable } from '@nestjs/common';
import {
  presentTicket,
  scopeOfTicket,
  Tickets,
  TicketReader,
  type TicketDto,
  type TicketFacts,
} from '../cases/index.js';
import { actorOf, type Viewer } from '../identity/index.js';
import { Clock, UnitOfWork, type Actor, type Work } from '../platform/index.js';
import type { DeclineDto } from './dispatch.dto.js';
import { Dispatcher } from './dispatcher.service.js';
import { writeDecline } from './dispatch.sql.js';
import type { Page } from './page.js';
import { Pages } from './pages.service.js';
import { dispatchProblems } from './problems.js';

/** Somebody who was paged will not come: the next is paged in the same transaction. */
@Injectable()
export class Declines {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly tickets: Tickets,
    private readonly reader: TicketReader,
    private readonly pages: Pages,
    private readonly dispatcher: Dispatcher,
    private readonly clock: Clock,
  ) {}

  /** The caller declines. Throws 409 when they have not been paged, or have answered. */
  async decline(viewer: Viewer, id: string, input: DeclineDto): Promise<TicketDto> {
    const ticketId = await this.unitOfWork.run(async (work) => {
      const ticket = await this.tickets.lockVisible(work, viewer, id);
      await this.write(work, ticket, viewer.principalId, input, actorOf(viewer));
      return ticket.id;
    });
    return this.reader.present(viewer, ticketId);
  }

  /** The same, as the person of a page. */
  async declineByPage(work: Work, page: Page, reason: DeclineDto['reason'], note: string | undefined): Promise<void> {
    const ticket = await this.tickets.lock(work, page.ticketId);
    if (!ticket) throw new Error(`Page of a ticket that does not exist: ${page.ticketId}`);
    await this.write(work, ticket, page.responderId, { reason, note }, { type: 'responder', id: page.responderId });
  }

  private async write(
    work: Work,
    ticket: TicketFacts,
    responderId: string,
    { reason, note = null }: { reason: DeclineDto['reason']; note?: string | null },
    actor: Actor,
  ): Promise<void> {
    const answered = await this.pages.answer(work, ticket, responderId, 'declined', ['claim', 'reinforce'], actor);
    if (answered.length === 0) throw dispatchProblems.notPaged();
    await work.query(writeDecline, [ticket.id, responderId, reason, note, this.clock.now()]);
    // Why somebody will not come is said at the desk, and not to the provider.
    work.record({
      type: 'ticket.declined',
      subject: { type: 'ticket', id: ticket.id, reference: ticket.reference },
      actor,
      scope: scopeOfTicket(ticket),
      audience: 'desk',
      data: { ...presentTicket(ticket), responderId, reason, note },
    });
    const awaited = answered.find(({ purpose, wasLive }) => purpose === 'claim' && wasLive);
    if (ticket.state === 'open' && awaited) await this.dispatcher.replace(work, ticket, awaited, 'declined');
  }
}
