import { Injectable } from '@nestjs/common';
import { TicketReader } from '../cases/index.js';
import type { Viewer } from '../identity/index.js';
import { UnitOfWork } from '../platform/index.js';
import type { CandidateDto } from './dispatch.dto.js';
import { Dispatcher } from './dispatcher.service.js';

/** Who fits a ticket, and why. */
@Injectable()
export class Candidates {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly tickets: TicketReader,
    private readonly dispatcher: Dispatcher,
  ) {}

  /** Every active responder, the best fit first. Throws 404 when the viewer may not see the ticket. */
  async ofTicket(viewer: Viewer, idOrReference: string): Promise<CandidateDto[]> {
    const ticket = await this.tickets.find(viewer, idOrReference);
    return this.unitOfWork.run(async (work) => {
      const { members, candidates } = await this.dispatcher.candidates(work, ticket);
      const names = new Map(members.map(({ id, name }) => [id, name]));
      return candidates.map((candidate) => ({ ...candidate, name: names.get(candidate.responderId) ?? '' }));
    });
  }
}
