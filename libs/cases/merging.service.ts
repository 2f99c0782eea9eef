import { Injectable } from '@nestjs/common';
import { ServiceClocks } from '../clocks/index.js';
import { actorOf, type Viewer } from '../identity/index.js';
import { Clock, UnitOfWork, type Work } from '../platform/index.js';
import { mergeFault } from './domain/merging.js';
import { ACTION_STATES, allows } from './domain/ticket-actions.js';
import { stricterTlp, type TicketFacts, type Tlp } from './domain/ticket.js';
import { caseProblems } from './problems.js';
import type { TicketDto } from './ticket.dto.js';
import { clockCaseOf, Tickets } from './tickets.service.js';

/** Merges reports of one matter: a link, each report kept whole, and undone as easily. */
@Injectable()
export class Merging {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly tickets: Tickets,
    private readonly clocks: ServiceClocks,
    private readonly clock: Clock,
  ) {}

  /** Links a ticket to the one that goes on. The stricter label wins on both; the clocks of the merged one end. */
  async merge(viewer: Viewer, id: string, intoId: string): Promise<TicketDto> {
    return this.unitOfWork.run(async (work) => {
      const { from, into } = await this.lockBoth(work, viewer, id, intoId);
      if (!allows(from, 'merge')) throw caseProblems.wrongState(from.state, ACTION_STATES.merge);
      const fault = mergeFault(from, into);
      if (fault !== null) throw caseProblems.cannotMerge(fault);
      const tlp = stricterTlp(from.tlp, into.tlp);
      await this.relabel(work, viewer, into, tlp, { merged: from.reference });
      await this.relabelClocks(work, from, tlp);
      const now = this.clock.now();
      await this.clocks.meet(work, from.id, null, now, actorOf(viewer));
      return this.tickets.change(work, from, {
        type: 'ticket.merged',
        actor: actorOf(viewer),
        changes: {
          state: 'merged',
          mergedInto: into.id,
          stateBeforeMerge: from.state,
          resolvedAt: now,
          tlp,
          dispatchStatus: 'held',
          dispatchNextStepAt: null,
        },
        details: { into: into.reference },
      });
    });
  }

  /** Takes the link back. The label stays as strict as it is: widening it is an act of its own. */
  async unmerge(viewer: Viewer, id: string): Promise<TicketDto> {
    return this.unitOfWork.run(async (work) => {
      const ticket = await this.tickets.lockVisible(work, viewer, id);
      if (!allows(ticket, 'unmerge')) throw caseProblems.wrongState(ticket.state, ACTION_STATES.unmerge);
      const state = ticket.stateBeforeMerge ?? 'open';
      const endedAt = ticket.resolvedAt ?? ticket.updatedAt;
      await this.clocks.reopenMetAt(work, endedAt, clockCaseOf(ticket), actorOf(viewer));
      return this.tickets.change(work, ticket, {
        type: 'ticket.unmerged',
        actor: actorOf(viewer),
        changes: {
          state,
          mergedInto: null,
          stateBeforeMerge: null,
          resolvedAt: null,
          dispatchStatus: state === 'claimed' ? 'claimed' : 'paging',
          dispatchStep: 1,
        },
        facts: [],
      });
    });
  }

  /** Both tickets, locked in one order by everybody, so that two merges at once cannot wait for each other. */
  private async lockBoth(
    work: Work,
    viewer: Viewer,
    id: string,
    intoId: string,
  ): Promise<{ from: TicketFacts; into: TicketFacts }> {
    if (id.toLowerCase() === intoId.toLowerCase())
      throw caseProblems.cannotMerge('A ticket cannot be merged into itself.');
    const first = id < intoId ? id : intoId;
    const one = await this.tickets.lockVisible(work, viewer, first);
    const other = await this.tickets.lockVisible(work, viewer, first === id ? intoId : id);
    return first === id ? { from: one, into: other } : { from: other, into: one };
  }

  private async relabel(
    work: Work,
    viewer: Viewer,
    ticket: TicketFacts,
    tlp: Tlp,
    details: Record<string, unknown>,
  ): Promise<void> {
    await this.relabelClocks(work, ticket, tlp);
    await this.tickets.change(work, ticket, {
      type: 'ticket.merged-into',
      actor: actorOf(viewer),
      changes: { tlp },
      details,
    });
  }

  private async relabelClocks(work: Work, ticket: TicketFacts, tlp: Tlp): Promise<void> {
    if (ticket.tlp !== tlp) await this.clocks.relabel(work, ticket.id, tlp);
  }
}
