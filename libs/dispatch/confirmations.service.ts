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
import { UnitOfWork, type Actor, type Work } from '../platform/index.js';
import type { PagePurpose } from './domain/page-state.js';
import { Leases } from './leases.service.js';
import type { Page } from './page.js';
import { Pages } from './pages.service.js';
import { dispatchProblems } from './problems.js';

/** Purposes of pages that are answered by having been read. */
const readable: PagePurpose[] = ['claim', 'reinforce', 'notice'];

/** Somebody says that they are there: its holder is still on the ticket, or who was paged has read it. It claims nothing. */
@Injectable()
export class Confirmations {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly tickets: Tickets,
    private readonly reader: TicketReader,
    private readonly leases: Leases,
    private readonly pages: Pages,
  ) {}

  /** Throws 409 when the caller neither holds the ticket nor has a page about it to answer. */
  async confirm(viewer: Viewer, idOrReference: string): Promise<TicketDto> {
    const ticketId = await this.unitOfWork.run(async (work) => {
      const ticket = await this.tickets.lockVisible(work, viewer, idOrReference);
      await this.write(work, ticket, viewer.principalId, actorOf(viewer));
      return ticket.id;
    });
    return this.reader.present(viewer, ticketId);
  }

  /** The same, as the person of a page. */
  async confirmByPage(work: Work, page: Page): Promise<void> {
    const ticket = await this.tickets.lock(work, page.ticketId);
    if (!ticket) throw new Error(`Page of a ticket that does not exist: ${page.ticketId}`);
    await this.write(work, ticket, page.responderId, { type: 'responder', id: page.responderId });
  }

  private async write(work: Work, ticket: TicketFacts, personId: string, actor: Actor): Promise<void> {
    const holds = ticket.state === 'claimed' && ticket.claimedBy === personId;
    const purposes: PagePurpose[] = holds ? ['lease'] : readable;
    const answered = await this.pages.answer(work, ticket, personId, 'confirmed', purposes, actor);
    if (holds) await this.leases.heard(work, ticket);
    else if (answered.length === 0) throw dispatchProblems.notPaged();
    work.record({
      type: 'ticket.confirmed',
      subject: { type: 'ticket', id: ticket.id, reference: ticket.reference },
      actor,
      scope: scopeOfTicket(ticket),
      audience: 'desk',
      data: { ...presentTicket(ticket), responderId: personId },
    });
  }
}
