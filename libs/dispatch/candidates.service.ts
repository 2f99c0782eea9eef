import { Injectable } from '@nestjs/common';
import { TicketReader } from '../cases/index.js';
import type { Viewer } from '../identity/index.js';
import { UnitOfWork } from '../platform/index.js';
import type { CandidateDto } from './dispatch.dto.js';
import { DispatchFacts } from './dispatch-facts.service.js';

/** Who fits a ticket, and why. */
@Injectable()
export class Candidates {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly tickets: TicketReader,
    private readonly facts: DispatchFacts,
  ) {}

  /** Every active responder, the best fit first. Throws 404 when the viewer may not see the ticket. */
  async ofTicket(viewer: Viewer, idOrReference: string): Promise<CandidateDto[]> {
    const ticket = await this.tickets.find(viewer, idOrReference);
    return this.unitOfWork.run(async (work) => {
      const situation = await this.facts.situation(work, ticket.id);
      const candidates = await this.facts.candidates(work, ticket, situation);
      const members = await this.facts.members(work, 'responder');
      const names = new Map(members.map(({ id, name }) => [id, name]));
      return candidates.map(({ heldBackBecause = [], ...candidate }) => ({
        ...candidate,
        name: names.get(candidate.responderId) ?? '',
        heldBackBecause: heldBackBecause.map(({ reason }) => reason),
      }));
    });
  }
}
