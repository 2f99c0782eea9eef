import { Injectable } from '@nestjs/common';
import { ServiceClocks, type ClockFact } from '../clocks/index.js';
import { actorOf, type Viewer } from '../identity/index.js';
import { Clock, newId, requireVersion, UnitOfWork, type Work } from '../platform/index.js';
import type { PostUpdateDto, ProviderUpdateDto, RateSeverityDto, RespondDto } from './case-actions.dto.js';
import { ACTION_STATES, allows, worksOn, type TicketAction } from './domain/ticket-actions.js';
import type { TicketFacts } from './domain/ticket.js';
import { caseProblems } from './problems.js';
import { Ticket } from './ticket.entity.js';
import type { TicketDto } from './ticket.dto.js';
import { clockCaseOf, scopeOfTicket, ticketFact, Tickets, type TicketChanges } from './tickets.service.js';

/** What the people who work on a ticket do with it, but for finding somebody to hold it. One transaction each. */
@Injectable()
export class CaseHandling {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly tickets: Tickets,
    private readonly clocks: ServiceClocks,
    private readonly clock: Clock,
  ) {}

  /** A human has spoken or written to the provider. */
  respond(viewer: Viewer, id: string, input: RespondDto, expected?: number): Promise<TicketDto> {
    return this.act(viewer, id, 'respond', expected, (work, ticket) => {
      const now = this.clock.now();
      return this.tickets.change(work, ticket, {
        type: 'ticket.responded',
        actor: actorOf(viewer),
        changes: {
          firstResponseAt: ticket.firstResponseAt ?? now,
          callbackVerified: ticket.callbackVerified || input.callbackVerified === true,
        },
        facts: [ticketFact(ticket, 'provider-contacted', now)],
        details: { channel: input.channel ?? null, note: input.note ?? null },
      });
    });
  }

  /** Overrides the severity. Running clocks move to the new targets, each computed from its own start. */
  rate(viewer: Viewer, id: string, { level, reason }: RateSeverityDto, expected?: number): Promise<TicketDto> {
    return this.act(viewer, id, 'rate', expected, async (work, ticket) => {
      const rated = await this.write(work, ticket, { severityLevel: level, severityOverride: reason });
      const clocks = await this.clocks.retarget(
        work,
        await factsInForce(work, rated),
        clockCaseOf(rated),
        actorOf(viewer),
      );
      return this.tickets.tell(work, ticket, rated, {
        type: 'ticket.severity-changed',
        actor: actorOf(viewer),
        details: { note: reason },
        clocks,
      });
    });
  }

  /** Sends a message to the provider. */
  async update(viewer: Viewer, id: string, { text, tlp }: PostUpdateDto): Promise<ProviderUpdateDto> {
    return this.unitOfWork.run(async (work) => {
      const ticket = await this.lockFor(work, viewer, id, 'update');
      const now = this.clock.now();
      const actor = actorOf(viewer);
      const update: ProviderUpdateDto = {
        id: newId(),
        ticketId: ticket.id,
        text,
        tlp: tlp ?? ticket.tlp,
        author: actor,
        createdAt: now.toISOString(),
      };
      const insert = `INSERT INTO codegrey.provider_updates (id, ticket_id, text, tlp, author_role, author_id, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)`;
      await work.query({ name: 'provider-update-insert', text: insert }, [
        update.id,
        ticket.id,
        text,
        update.tlp,
        viewer.role,
        viewer.principalId,
        now,
      ]);
      if (ticket.state !== 'resolved')
        await this.clocks.apply(work, [ticketFact(ticket, 'provider-updated', now)], clockCaseOf(ticket), actor);
      work.record({
        type: 'ticket.update-posted',
        subject: { type: 'provider-update', id: update.id, reference: ticket.reference },
        actor,
        scope: scopeOfTicket(ticket),
        audience: 'case',
        data: { ...update, note: text },
      });
      return update;
    });
  }

  /** Help is no longer needed. The clocks of the ticket end; those of the incident go on until it is recovered. */
  resolve(viewer: Viewer, id: string, note: string | undefined, expected?: number): Promise<TicketDto> {
    return this.act(viewer, id, 'resolve', expected, async (work, ticket) => {
      const now = this.clock.now();
      const resolved = await this.write(work, ticket, {
        state: 'resolved',
        resolvedAt: now,
        handover: null,
        dispatchStatus: 'held',
        dispatchNextStepAt: null,
      });
      const clocks = await this.clocks.meet(
        work,
        ticket.id,
        ['claim', 'first-response', 'next-update'],
        now,
        actorOf(viewer),
      );
      return this.tickets.tell(work, ticket, resolved, {
        type: 'ticket.resolved',
        actor: actorOf(viewer),
        details: { note: note ?? null },
        clocks,
      });
    });
  }

  /** Help is needed again. The clocks that the resolution ended go on with the time already used. */
  async reopen(viewer: Viewer, id: string, reason: string, expected?: number): Promise<TicketDto> {
    return this.unitOfWork.run(async (work) => {
      const ticket = await this.tickets.lockVisible(work, viewer, id);
      requireVersion(expected, ticket.version);
      this.requireState(ticket, 'reopen');
      const held = ticket.claimedBy !== null;
      const reopened = await this.write(work, ticket, {
        state: held ? 'claimed' : 'open',
        resolvedAt: null,
        dispatchStatus: held ? 'claimed' : 'paging',
        dispatchStep: 1,
      });
      const endedAt = ticket.resolvedAt ?? ticket.updatedAt;
      const clocks = await this.clocks.reopenMetAt(work, endedAt, clockCaseOf(reopened), actorOf(viewer));
      return this.tickets.tell(work, ticket, reopened, {
        type: 'ticket.reopened',
        actor: actorOf(viewer),
        details: { note: reason },
        clocks,
      });
    });
  }

  /** The request is none for this desk. */
  async reject(viewer: Viewer, id: string, reason: string, expected?: number): Promise<TicketDto> {
    return this.unitOfWork.run(async (work) => {
      const ticket = await this.tickets.lockVisible(work, viewer, id);
      requireVersion(expected, ticket.version);
      this.requireState(ticket, 'reject');
      const now = this.clock.now();
      const rejected = await this.write(work, ticket, {
        state: 'rejected',
        resolvedAt: now,
        dispatchStatus: 'held',
        dispatchNextStepAt: null,
      });
      const clocks = await this.clocks.meet(work, ticket.id, null, now, actorOf(viewer));
      return this.tickets.tell(work, ticket, rejected, {
        type: 'ticket.rejected',
        actor: actorOf(viewer),
        details: { note: reason },
        clocks,
      });
    });
  }

  private act(
    viewer: Viewer,
    id: string,
    action: TicketAction,
    expected: number | undefined,
    decide: (work: Work, ticket: TicketFacts) => Promise<TicketDto>,
  ): Promise<TicketDto> {
    return this.unitOfWork.run(async (work) => {
      const ticket = await this.lockFor(work, viewer, id, action);
      requireVersion(expected, ticket.version);
      return decide(work, ticket);
    });
  }

  /** The ticket, when its state allows the action and the caller works on it or coordinates. */
  private async lockFor(work: Work, viewer: Viewer, id: string, action: TicketAction): Promise<TicketFacts> {
    const ticket = await this.tickets.lockVisible(work, viewer, id);
    if (viewer.role !== 'coordinator' && !worksOn(ticket, viewer.principalId)) throw caseProblems.notHolder();
    this.requireState(ticket, action);
    return ticket;
  }

  private requireState(ticket: TicketFacts, action: TicketAction): void {
    if (!allows(ticket, action)) throw caseProblems.wrongState(ticket.state, ACTION_STATES[action]);
  }

  private async write(work: Work, ticket: TicketFacts, changes: TicketChanges): Promise<TicketFacts> {
    const written: TicketFacts = { ...ticket, ...changes, version: ticket.version + 1, updatedAt: this.clock.now() };
    await work.manager.update(Ticket, ticket.id, {
      ...changes,
      version: written.version,
      updatedAt: written.updatedAt,
    });
    return written;
  }
}

/** The facts that hold now, by which a change of severity may start clocks that had no target before. */
async function factsInForce(work: Work, ticket: TicketFacts): Promise<ClockFact[]> {
  const facts: ClockFact[] = [];
  const statement = {
    name: 'incident-facts',
    text: `
      SELECT incident.contained_at AS "containedAt", service.service, service.down_since AS "downSince"
      FROM codegrey.incidents AS incident
      LEFT JOIN codegrey.incident_services AS service ON service.incident_id = incident.id AND service.status = 'down'
      WHERE incident.id = $1`,
  };
  const rows = await work.query<{ containedAt: Date | null; service: string | null; downSince: Date | null }>(
    statement,
    [ticket.incidentId],
  );
  if (ticket.claimedAt && rows[0]?.containedAt === null)
    facts.push(ticketFact(ticket, 'ticket-claimed', ticket.claimedAt));
  const subject = { type: 'incident' as const, id: ticket.incidentId, reference: ticket.reference };
  for (const { service, downSince } of rows) {
    if (service !== null && downSince) facts.push({ fact: 'service-down', at: downSince, service, subject });
  }
  return facts;
}
