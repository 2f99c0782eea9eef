import { Injectable } from '@nestjs/common';
import { caseProblems, Tickets, type TicketDto, type TicketFacts } from '../cases/index.js';
import { actorOf, type Viewer } from '../identity/index.js';
import { Clock, problems, requireVersion, UnitOfWork, type Problem, type Work } from '../platform/index.js';
import { DispatchFacts } from './dispatch-facts.service.js';
import type { HandoverDto } from './dispatch.dto.js';
import { decideAccept, decideOffer, isOffered, type OfferDecision } from './domain/handing-over.js';
import { Pages } from './pages.service.js';
import { dispatchProblems } from './problems.js';

/** A claimed ticket that changes hands. */
@Injectable()
export class Handovers {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly tickets: Tickets,
    private readonly facts: DispatchFacts,
    private readonly pages: Pages,
    private readonly clock: Clock,
  ) {}

  /** Offers the ticket to somebody. It stays with the giver until they accept. A new offer takes the place of an earlier one. */
  offer(viewer: Viewer, id: string, { to, note }: HandoverDto, expected?: number): Promise<TicketDto> {
    return this.change(viewer, id, expected, async (work, ticket) => {
      const member = await this.facts.member(work, to);
      const receiver = {
        id: to,
        takesTickets: member?.deskRole === 'responder',
        hasConflict: member?.conflictsWith.includes(ticket.providerId) ?? false,
      };
      const by = { id: viewer.principalId, coordinates: viewer.role === 'coordinator' };
      const decision = decideOffer(ticket, by, receiver, this.clock.now());
      if (decision.kind === 'refused') throw refusedOffer(ticket, decision.reason);
      const actor = actorOf(viewer);
      const { handover, replaces } = decision;
      if (replaces !== null) await this.pages.withdraw(work, ticket, { purposes: ['notice'], only: replaces }, actor);
      const giver = (await this.facts.member(work, handover.from))?.name ?? 'its holder';
      const page = { responderId: to, reasons: [`handover offered by ${giver}${note ? `: ${note}` : ''}`] };
      await this.pages.owe(work, ticket, [page], 'notice', actor);
      return this.tickets.change(work, ticket, {
        type: 'ticket.handover-offered',
        actor,
        changes: { handover },
        facts: [],
        internalNote: note,
      });
    });
  }

  /** The receiver takes the ticket over. */
  accept(viewer: Viewer, id: string): Promise<TicketDto> {
    return this.change(viewer, id, undefined, async (work, ticket) => {
      const receiver = {
        id: viewer.principalId,
        hasConflict: await this.facts.hasConflict(work, ticket, viewer.principalId),
      };
      const decision = decideAccept(ticket, receiver);
      if (decision.kind === 'refused')
        throw decision.reason === 'conflict' ? dispatchProblems.conflictOfInterest() : dispatchProblems.noHandover();
      const actor = actorOf(viewer);
      await this.pages.answer(work, ticket, receiver.id, 'claimed', ['notice', 'reinforce'], actor);
      await this.tickets.letIn(work, ticket.id, [receiver.id]);
      const { changes } = decision;
      return this.tickets.change(work, ticket, { type: 'ticket.handover-accepted', actor, changes, facts: [] });
    });
  }

  /** The receiver does not take it: it stays where it is. */
  refuse(viewer: Viewer, id: string): Promise<TicketDto> {
    return this.change(viewer, id, undefined, async (work, ticket) => {
      if (!isOffered(ticket, viewer.principalId)) throw dispatchProblems.noHandover();
      const actor = actorOf(viewer);
      await this.pages.answer(work, ticket, viewer.principalId, 'declined', ['notice'], actor);
      const changes = { handover: null };
      return this.tickets.change(work, ticket, { type: 'ticket.handover-refused', actor, changes, facts: [] });
    });
  }

  private change(
    viewer: Viewer,
    id: string,
    expected: number | undefined,
    decide: (work: Work, ticket: TicketFacts) => Promise<TicketDto>,
  ): Promise<TicketDto> {
    return this.unitOfWork.run(async (work) => {
      const ticket = await this.tickets.lockVisible(work, viewer, id);
      requireVersion(expected, ticket.version);
      return decide(work, ticket);
    });
  }
}

function refusedOffer(ticket: TicketFacts, reason: (OfferDecision & { kind: 'refused' })['reason']): Problem {
  switch (reason) {
    case 'not-claimed':
      return caseProblems.wrongState(ticket.state, ['claimed']);
    case 'not-holder':
      return caseProblems.notHolder();
    case 'conflict':
      return dispatchProblems.conflictOfInterest();
    case 'unknown-receiver':
      return problems.invalidInput([{ pointer: '/to', detail: 'is nobody on the roster who takes tickets' }]);
    case 'holds-it-already':
      return problems.invalidInput([{ pointer: '/to', detail: 'holds the ticket already' }]);
  }
}
