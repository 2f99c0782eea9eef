import { Injectable } from '@nestjs/common';
import {
  caseProblems,
  TicketReader,
  Tickets,
  ticketFact,
  worksOn,
  type TicketDto,
  type TicketFacts,
} from '../cases/index.js';
import { presentTicket } from '../cases/index.js';
import { ClockReader, presentClock, ServiceClocks } from '../clocks/index.js';
import { actorOf, type Viewer } from '../identity/index.js';
import { Clock, requireVersion, UnitOfWork, type Actor, type Work } from '../platform/index.js';
import { Roster } from '../roster/index.js';
import { escalationTimer } from './dispatcher.service.js';
import { decideClaim } from './domain/claiming.js';
import type { Page } from './page.js';
import { Pages } from './pages.service.js';
import { dispatchProblems } from './problems.js';

const undoWithinMs = 60_000;

/** At most one responder holds a ticket: claiming it, and giving it back. */
@Injectable()
export class Claims {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly tickets: Tickets,
    private readonly reader: TicketReader,
    private readonly clockReader: ClockReader,
    private readonly clocks: ServiceClocks,
    private readonly roster: Roster,
    private readonly pages: Pages,
    private readonly clock: Clock,
  ) {}

  /** Makes the caller the holder. One wins, however many try; the others are told who. The holder claiming again changes nothing. */
  async claim(viewer: Viewer, idOrReference: string, expected?: number): Promise<TicketDto> {
    // Most of a crowd is turned away here, without a transaction and without waiting for the row.
    const known = await this.reader.find(viewer, idOrReference);
    const early = decideClaim(known, viewer.principalId, false);
    const mayJoin = early.kind === 'refused' && early.reason === 'held' && (await this.isAskedToHelp(known, viewer));
    if (early.kind === 'refused' && !mayJoin) throw refusal(known, early.reason);
    if (early.kind === 'unchanged') return this.present(known);
    return this.unitOfWork.run(async (work) => {
      const ticket = await this.tickets.lockVisible(work, viewer, known.id);
      requireVersion(expected, ticket.version);
      return this.hand(work, ticket, viewer.principalId, actorOf(viewer));
    });
  }

  /** The same, as the person of a page. */
  async claimByPage(work: Work, page: Page): Promise<TicketDto> {
    const ticket = await this.lockOf(work, page);
    return this.hand(work, ticket, page.responderId, personOf(page));
  }

  /** Takes a claim by a page back, within 60 s of it. */
  async undoClaimByPage(work: Work, page: Page): Promise<TicketDto> {
    const ticket = await this.lockOf(work, page);
    const claimedMs = ticket.claimedAt ? this.clock.now().getTime() - ticket.claimedAt.getTime() : Infinity;
    if (ticket.claimedBy !== page.responderId || claimedMs > undoWithinMs) throw dispatchProblems.undoTooLate();
    return this.giveBack(work, ticket, personOf(page), 'claimed by link and undone');
  }

  /** Gives the ticket back: somebody else is found, and the claim clock goes on with the time already used. */
  async release(
    viewer: Viewer,
    idOrReference: string,
    note: string | undefined,
    expected?: number,
  ): Promise<TicketDto> {
    return this.unitOfWork.run(async (work) => {
      const ticket = await this.tickets.lockVisible(work, viewer, idOrReference);
      requireVersion(expected, ticket.version);
      if (ticket.state !== 'claimed') throw caseProblems.wrongState(ticket.state, ['claimed']);
      if (viewer.role !== 'coordinator' && ticket.claimedBy !== viewer.principalId) throw caseProblems.notHolder();
      return this.giveBack(work, ticket, actorOf(viewer), note);
    });
  }

  /** Makes somebody the holder of a locked ticket. Someone who was asked to help its holder joins instead. */
  private async hand(work: Work, ticket: TicketFacts, principalId: string, actor: Actor): Promise<TicketDto> {
    const decision = decideClaim(ticket, principalId, await this.hasConflict(work, ticket, principalId));
    if (decision.kind === 'unchanged') return this.present(ticket);
    if (decision.kind === 'refused') {
      if (
        decision.reason === 'held' &&
        (await this.pages.answer(work, ticket, principalId, 'joined', ['reinforce'], actor))
      )
        return this.join(work, ticket, principalId, actor);
      throw refusal(ticket, decision.reason);
    }
    const now = this.clock.now();
    await this.pages.answer(work, ticket, principalId, 'claimed', ['claim', 'notice'], actor);
    await this.pages.withdraw(work, ticket, principalId, ['claim'], actor);
    await this.tickets.letIn(work, ticket.id, [principalId]);
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
      },
      facts: [ticketFact(ticket, 'ticket-claimed', now)],
    });
  }

  private async join(work: Work, ticket: TicketFacts, principalId: string, actor: Actor): Promise<TicketDto> {
    if (worksOn(ticket, principalId)) return this.present(ticket);
    return this.tickets.change(work, ticket, {
      type: 'ticket.joined',
      actor,
      changes: { joined: [...ticket.joined, principalId] },
      facts: [],
    });
  }

  private async giveBack(work: Work, ticket: TicketFacts, actor: Actor, note: string | undefined): Promise<TicketDto> {
    const clocks = await this.clocks.reopen(work, ticket.id, ['claim'], actor);
    const changes = {
      state: 'open',
      claimedBy: null,
      claimedAt: null,
      handover: null,
      dispatchStatus: 'paging',
      dispatchStep: 1,
    } as const;
    const released = await this.tickets.change(work, ticket, {
      type: 'ticket.released',
      actor,
      changes,
      details: { note: note ?? null },
    });
    const now = this.clock.now();
    return { ...released, clocks: clocks.map((row) => presentClock(row, now)) };
  }

  private async lockOf(work: Work, page: Page): Promise<TicketFacts> {
    const ticket = await this.tickets.lock(work, page.ticketId);
    if (!ticket) throw new Error(`Page of a ticket that does not exist: ${page.ticketId}`);
    return ticket;
  }

  private async hasConflict(work: Work, ticket: TicketFacts, principalId: string): Promise<boolean> {
    const members = await this.roster.activeResponders(work);
    return members.find(({ id }) => id === principalId)?.conflictsWith.includes(ticket.providerId) ?? false;
  }

  private isAskedToHelp(ticket: TicketFacts, viewer: Viewer): Promise<boolean> {
    return this.pages.isAsked(ticket.id, viewer.principalId, 'reinforce');
  }

  private async present(ticket: TicketFacts): Promise<TicketDto> {
    return presentTicket(ticket, (await this.clockReader.ofTickets([ticket.id])).get(ticket.id) ?? []);
  }
}

function personOf(page: Page): Actor {
  return { type: 'responder', id: page.responderId };
}

function refusal(ticket: TicketFacts, reason: 'held' | 'not-open' | 'conflict') {
  if (reason === 'conflict') return dispatchProblems.conflictOfInterest();
  if (reason === 'held') return dispatchProblems.alreadyClaimed(ticket.claimedBy ?? '', ticket.reference);
  return dispatchProblems.notOpen(ticket.state);
}
