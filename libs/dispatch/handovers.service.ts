import { Injectable } from '@nestjs/common';
import { caseProblems, Tickets, TicketReader, type TicketDto, type TicketFacts } from '../cases/index.js';
import { actorOf, type Viewer } from '../identity/index.js';
import { Clock, problems, requireVersion, UnitOfWork, type Work } from '../platform/index.js';
import { rankCandidates, Roster } from '../roster/index.js';
import type { HandoverDto, ReinforceDto } from './dispatch.dto.js';
import { Pages } from './pages.service.js';
import { dispatchProblems } from './problems.js';

/** A claimed ticket that changes hands, or gets more of them. */
@Injectable()
export class Handovers {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly tickets: Tickets,
    private readonly reader: TicketReader,
    private readonly roster: Roster,
    private readonly pages: Pages,
    private readonly clock: Clock,
  ) {}

  /** Offers the ticket to somebody. It stays with the giver until they accept. A new offer takes the place of an earlier one. */
  async offer(viewer: Viewer, id: string, { to, note }: HandoverDto, expected?: number): Promise<TicketDto> {
    return this.change(viewer, id, expected, async (work, ticket) => {
      if (viewer.role !== 'coordinator' && ticket.claimedBy !== viewer.principalId) throw caseProblems.notHolder();
      const receiver = (await this.roster.activeResponders(work)).find(
        (member) => member.id === to && member.deskRole === 'responder',
      );
      if (!receiver)
        throw problems.invalidInput([{ pointer: '/to', detail: 'is nobody on the roster who takes tickets' }]);
      if (ticket.claimedBy === to)
        throw problems.invalidInput([{ pointer: '/to', detail: 'holds the ticket already' }]);
      if (receiver.conflictsWith.includes(ticket.providerId)) throw dispatchProblems.conflictOfInterest();
      const handover = {
        to,
        from: ticket.claimedBy ?? viewer.principalId,
        note: note ?? null,
        offeredAt: this.clock.now().toISOString(),
      };
      const actor = actorOf(viewer);
      await this.tickets.change(work, ticket, {
        type: 'ticket.handover-offered',
        actor,
        changes: { handover },
        details: { note: note ?? null },
      });
      await this.pages.owe(
        work,
        ticket,
        [{ responderId: to, reasons: ['the ticket is handed over'] }],
        'notice',
        actor,
      );
    });
  }

  /** The receiver takes the ticket over. */
  async accept(viewer: Viewer, id: string): Promise<TicketDto> {
    return this.change(viewer, id, undefined, async (work, ticket) => {
      if (ticket.handover?.to !== viewer.principalId) throw dispatchProblems.noHandover();
      const actor = actorOf(viewer);
      await this.pages.answer(work, ticket, viewer.principalId, 'claimed', ['notice'], actor);
      await this.tickets.letIn(work, ticket.id, [viewer.principalId]);
      const changes = {
        claimedBy: viewer.principalId,
        handover: null,
        joined: ticket.joined.filter((member) => member !== viewer.principalId),
      };
      await this.tickets.change(work, ticket, { type: 'ticket.handover-accepted', actor, changes });
    });
  }

  /** The receiver does not take it: it stays where it is. */
  async refuse(viewer: Viewer, id: string): Promise<TicketDto> {
    return this.change(viewer, id, undefined, async (work, ticket) => {
      if (ticket.handover?.to !== viewer.principalId) throw dispatchProblems.noHandover();
      const actor = actorOf(viewer);
      await this.pages.answer(work, ticket, viewer.principalId, 'declined', ['notice'], actor);
      await this.tickets.change(work, ticket, { type: 'ticket.handover-refused', actor, changes: { handover: null } });
    });
  }

  /** Pages more people to the same ticket: they join, and its holder stays. */
  async reinforce(viewer: Viewer, id: string, { skills = [], count = 1, note }: ReinforceDto): Promise<TicketDto> {
    return this.change(viewer, id, undefined, async (work, ticket) => {
      if (viewer.role !== 'coordinator' && ticket.claimedBy !== viewer.principalId) throw caseProblems.notHolder();
      const helpers = await this.bestHelpers(work, ticket, skills, count);
      if (helpers.length === 0)
        throw problems.conflict('Nobody else on the roster fits. Ask with other skills, or page somebody by hand.');
      const actor = actorOf(viewer);
      await this.pages.owe(work, ticket, helpers, 'reinforce', actor);
      await this.tickets.change(work, ticket, {
        type: 'ticket.reinforcement-asked',
        actor,
        changes: {},
        details: { skills, count, note: note ?? null },
      });
    });
  }

  private async bestHelpers(work: Work, ticket: TicketFacts, skills: string[], count: number) {
    const members = (await this.roster.activeResponders(work)).filter(
      ({ id, deskRole }) => deskRole === 'responder' && id !== ticket.claimedBy && !ticket.joined.includes(id),
    );
    const need = {
      providerId: ticket.providerId,
      country: ticket.country,
      skills,
      languages: ticket.needs?.languages ?? [],
      severity: ticket.severityLevel,
    };
    const onCall = await this.roster.everybodyOnCall(work, this.clock.now());
    const nobody = new Set<string>();
    const ranked = rankCandidates(
      need,
      members,
      { openTickets: new Map(), onCall, declined: nobody, alreadyPaged: nobody },
      this.roster.weights,
    );
    const able = ranked.filter(
      ({ fits, responderId }) => fits && hasAnyOf(members.find(({ id }) => id === responderId)?.skills ?? [], skills),
    );
    return able
      .slice(0, count)
      .map(({ responderId, reasons }) => ({ responderId, reasons: ['asked to help the holder', ...reasons] }));
  }

  private async change(
    viewer: Viewer,
    id: string,
    expected: number | undefined,
    decide: (work: Work, ticket: TicketFacts) => Promise<void>,
  ): Promise<TicketDto> {
    const ticketId = await this.unitOfWork.run(async (work) => {
      const ticket = await this.tickets.lockVisible(work, viewer, id);
      requireVersion(expected, ticket.version);
      if (ticket.state !== 'claimed') throw caseProblems.wrongState(ticket.state, ['claimed']);
      await decide(work, ticket);
      return ticket.id;
    });
    return this.reader.present(viewer, ticketId);
  }
}

function hasAnyOf(skills: readonly string[], wanted: readonly string[]): boolean {
  return wanted.length === 0 || wanted.some((skill) => skills.includes(skill));
}
