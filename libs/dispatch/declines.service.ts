import { Injectable } from '@nestjs/common';
import { Tickets, TicketReader, type TicketDto, type TicketFacts } from '../cases/index.js';
import { actorOf, type Viewer } from '../identity/index.js';
import { Clock, UnitOfWork, type Actor, type Work } from '../platform/index.js';
import type { DeclineDto } from './dispatch.dto.js';
import { Dispatcher } from './dispatcher.service.js';
import type { Page } from './page.js';
import { Pages } from './pages.service.js';
import { dispatchProblems } from './problems.js';

const writeDecline = {
  name: 'decline-write',
  text: `
    INSERT INTO codegrey.declines (ticket_id, responder_id, reason, note, at) VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (ticket_id, responder_id) DO UPDATE SET reason = excluded.reason, note = excluded.note, at = excluded.at`,
};

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
    { reason, note }: DeclineDto,
    actor: Actor,
  ): Promise<void> {
    const wasPaged = await this.pages.answer(work, ticket, responderId, 'declined', ['claim', 'reinforce'], actor);
    if (!wasPaged) throw dispatchProblems.notPaged();
    await work.query(writeDecline, [ticket.id, responderId, reason, note ?? null, this.clock.now()]);
    this.tickets.tell(work, ticket, ticket, {
      type: 'ticket.declined',
      actor,
      details: { reason, note: note ?? null },
    });
    if (ticket.state === 'open') await this.dispatcher.replace(work, ticket);
  }
}
