import { Injectable } from '@nestjs/common';
import { caseProblems, TicketReader, Tickets, type TicketDto, type TicketFacts } from '../cases/index.js';
import { actorOf, type Viewer } from '../identity/index.js';
import { Clock, requireVersion, UnitOfWork, type Actor, type Problem, type Work } from '../platform/index.js';
import { DispatchFacts } from './dispatch-facts.service.js';
import { decideClaim, decideJoin, type Claimant, type ClaimDecision, type JoinDecision } from './domain/claiming.js';
import { decideRelease, mayUndo } from './domain/giving-back.js';
import { Holders } from './holders.service.js';
import type { Page } from './page.js';
import { Pages } from './pages.service.js';
import { dispatchProblems } from './problems.js';

/** At most one responder holds a ticket: claiming it, joining its holder, and giving it back. */
@Injectable()
export class Claims {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly tickets: Tickets,
    private readonly reader: TicketReader,
    private readonly facts: DispatchFacts,
    private readonly holders: Holders,
    private readonly pages: Pages,
    private readonly clock: Clock,
  ) {}

  /**
   * Makes the caller the holder. One wins, however many try; the others are told who. The holder claiming again changes
   * nothing, and who was asked to help the holder joins.
   */
  async claim(viewer: Viewer, idOrReference: string, expected?: number): Promise<TicketDto> {
    // Most of a crowd is turned away here, without a transaction and without waiting for the row.
    const known = await this.reader.find(viewer, idOrReference);
    const id = viewer.principalId;
    const isAskedToHelp = isHeldByOther(known, id) && (await this.pages.isAsked(known.id, id, 'reinforce'));
    const early = decideClaim(known, { id, hasConflict: false, isAskedToHelp });
    if (early.kind === 'refused') throw refusedClaim(known, early.reason);
    if (early.kind === 'unchanged') return this.reader.present(viewer, known.id);
    return this.unitOfWork.run(async (work) => {
      const ticket = await this.tickets.lockVisible(work, viewer, known.id);
      requireVersion(expected, ticket.version);
      return this.hand(work, ticket, id, actorOf(viewer));
    });
  }

  /** Puts the caller, who was asked to help, beside the holder. */
  join(viewer: Viewer, idOrReference: string): Promise<TicketDto> {
    return this.unitOfWork.run(async (work) => {
      const ticket = await this.tickets.lockVisible(work, viewer, idOrReference);
      const actor = actorOf(viewer);
      const decision = decideJoin(ticket, await this.claimant(work, ticket, viewer.principalId));
      if (decision.kind === 'refused') throw refusedJoin(ticket, decision.reason);
      if (decision.kind === 'unchanged') return this.holders.unchanged(work, ticket, actor);
      return this.holders.join(work, ticket, viewer.principalId, actor);
    });
  }

  /** Claims as the person of a page. Throws 403 when they have left the roster since. */
  async claimByPage(work: Work, page: Page): Promise<TicketDto> {
    const ticket = await this.lockOf(work, page);
    if (!(await this.facts.member(work, page.responderId))) throw dispatchProblems.notOnRoster();
    return this.hand(work, ticket, page.responderId, personOf(page));
  }

  /** Takes a claim by a page back, within 60 s of it. */
  async undoClaimByPage(work: Work, page: Page): Promise<TicketDto> {
    const ticket = await this.lockOf(work, page);
    const current = await this.pages.lock(work, page.id);
    if (!current || !mayUndo(ticket, current, this.clock.now())) throw dispatchProblems.undoTooLate();
    const note = 'claimed by link and undone';
    return this.holders.giveBack(work, ticket, page.responderId, personOf(page), note);
  }

  /** Gives the ticket back: somebody else is found, and the claim clock goes on with the time already used. */
  release(viewer: Viewer, idOrReference: string, note: string | undefined, expected?: number): Promise<TicketDto> {
    return this.unitOfWork.run(async (work) => {
      const ticket = await this.tickets.lockVisible(work, viewer, idOrReference);
      requireVersion(expected, ticket.version);
      const by = { id: viewer.principalId, coordinates: viewer.role === 'coordinator' };
      const decision = decideRelease(ticket, by);
      if (decision.kind === 'released')
        return this.holders.giveBack(work, ticket, decision.holder, actorOf(viewer), note);
      throw decision.reason === 'not-holder'
        ? caseProblems.notHolder()
        : caseProblems.wrongState(ticket.state, ['claimed']);
    });
  }

  private async hand(work: Work, ticket: TicketFacts, principalId: string, actor: Actor): Promise<TicketDto> {
    const decision = decideClaim(ticket, await this.claimant(work, ticket, principalId));
    switch (decision.kind) {
      case 'claimed':
        return this.holders.take(work, ticket, principalId, actor);
      case 'joined':
        return this.holders.join(work, ticket, principalId, actor);
      case 'unchanged':
        return this.holders.unchanged(work, ticket, actor);
      case 'refused':
        throw refusedClaim(ticket, decision.reason);
    }
  }

  private async claimant(work: Work, ticket: TicketFacts, id: string): Promise<Claimant> {
    const hasConflict = await this.facts.hasConflict(work, ticket, id);
    const isAskedToHelp = isHeldByOther(ticket, id) && (await this.pages.isAsked(ticket.id, id, 'reinforce', work));
    return { id, hasConflict, isAskedToHelp };
  }

  private async lockOf(work: Work, page: Page): Promise<TicketFacts> {
    const ticket = await this.tickets.lock(work, page.ticketId);
    if (!ticket) throw new Error(`Page of a ticket that does not exist: ${page.ticketId}`);
    return ticket;
  }
}

function isHeldByOther({ state, claimedBy }: TicketFacts, principalId: string): boolean {
  return state === 'claimed' && claimedBy !== principalId;
}

function personOf(page: Page): Actor {
  return { type: 'responder', id: page.responderId };
}

function refusedClaim(ticket: TicketFacts, reason: (ClaimDecision & { kind: 'refused' })['reason']): Problem {
  if (reason === 'conflict') return dispatchProblems.conflictOfInterest();
  if (reason === 'held') return dispatchProblems.alreadyClaimed(ticket.claimedBy ?? '', ticket.reference);
  return dispatchProblems.notOpen(ticket.state);
}

function refusedJoin(ticket: TicketFacts, reason: (JoinDecision & { kind: 'refused' })['reason']): Problem {
  if (reason === 'conflict') return dispatchProblems.conflictOfInterest();
  if (reason === 'not-asked') return dispatchProblems.notPaged();
  return caseProblems.wrongState(ticket.state, ['claimed']);
}
