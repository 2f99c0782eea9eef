import { Injectable } from '@nestjs/common';
import { caseProblems, Tickets, type TicketDto, type TicketFacts } from '../cases/index.js';
import { actorOf, type Viewer } from '../identity/index.js';
import { UnitOfWork, type Work } from '../platform/index.js';
import { DispatchFacts } from './dispatch-facts.service.js';
import type { ReinforceDto } from './dispatch.dto.js';
import type { PageToOwe } from './domain/paging.js';
import { chooseHelpers } from './domain/reinforcing.js';
import { Pages } from './pages.service.js';
import { dispatchProblems } from './problems.js';

/** A claimed ticket that needs more hands. */
@Injectable()
export class Reinforcements {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly tickets: Tickets,
    private readonly facts: DispatchFacts,
    private readonly pages: Pages,
  ) {}

  /** Pages more people to the same ticket: they join, and its holder stays. Throws 409 when nobody else fits. */
  ask(viewer: Viewer, id: string, { skills = [], count = 1, note }: ReinforceDto): Promise<TicketDto> {
    return this.unitOfWork.run(async (work) => {
      const ticket = await this.tickets.lockVisible(work, viewer, id);
      if (ticket.state !== 'claimed') throw caseProblems.wrongState(ticket.state, ['claimed']);
      if (viewer.role !== 'coordinator' && ticket.claimedBy !== viewer.principalId) throw caseProblems.notHolder();
      const helpers = await this.helpers(work, ticket, skills, count);
      if (helpers.length === 0) throw dispatchProblems.nobodyFits();
      const actor = actorOf(viewer);
      await this.pages.owe(work, ticket, helpers, 'reinforce', actor);
      return this.tickets.change(work, ticket, {
        type: 'ticket.reinforcement-asked',
        actor,
        changes: {},
        facts: [],
        details: { skills, count, paged: helpers.map(({ responderId }) => responderId) },
        internalNote: note,
      });
    });
  }

  private async helpers(work: Work, ticket: TicketFacts, skills: string[], count: number): Promise<PageToOwe[]> {
    const situation = await this.facts.situation(work, ticket.id);
    const wanted = skills.length > 0 ? skills : undefined;
    const candidates = await this.facts.candidates(work, ticket, situation, wanted);
    const members = await this.facts.members(work, 'responder');
    const beingAsked = situation.live.filter(({ purpose }) => purpose === 'reinforce');
    const engaged = new Set([
      ...(ticket.claimedBy === null ? [] : [ticket.claimedBy]),
      ...ticket.joined,
      ...beingAsked.map(({ responderId }) => responderId),
    ]);
    return chooseHelpers(candidates, new Map(members.map((member) => [member.id, member.skills])), engaged, {
      skills,
      count,
    });
  }
}
