import { Injectable } from '@nestjs/common';
import { ServiceClocks, type ClockFact } from '../clocks/index.js';
import { actorOf, type Viewer } from '../identity/index.js';
import { Clock, newId, problems, requireVersion, UnitOfWork, type Work } from '../platform/index.js';
import { movePhase, type Phase } from './domain/incident-phase.js';
import { allows } from './domain/ticket-actions.js';
import { IncidentFiles, presentIncident, requireHand, type IncidentFile } from './incident-file.service.js';
import type { IncidentDto, KeptNoteDto, MovePhaseDto, PublishReviewDto } from './incident.dto.js';
import { Incident, IncidentService } from './incident.entity.js';
import { caseProblems } from './problems.js';
import { clockCaseOf, scopeOfTicket, Tickets } from './tickets.service.js';

/** What belongs to a case beside its ticket: the incident moves through response and recovery. One transaction each. */
@Injectable()
export class Incidents {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly files: IncidentFiles,
    private readonly tickets: Tickets,
    private readonly clocks: ServiceClocks,
    private readonly clock: Clock,
  ) {}

  async get(viewer: Viewer, id: string): Promise<IncidentDto> {
    return presentIncident(await this.files.read(viewer, id));
  }

  /** Moves the incident to another phase. Containment and the end of recovery meet their clocks; closing closes its tickets. */
  async move(viewer: Viewer, id: string, { to, note }: MovePhaseDto, expected?: number): Promise<IncidentDto> {
    return this.unitOfWork.run(async (work) => {
      const file = await this.files.lock(work, viewer, id);
      requireHand(viewer, file, false);
      requireVersion(expected, file.incident.version);
      const move = movePhase(phaseFacts(file), to, note);
      if (move.kind === 'refused') throw caseProblems.phaseNotAllowed(move.detail, file.incident.phase);
      if (move.kind === 'note-needed') throw problems.invalidInput([{ pointer: '/note', detail: move.detail }]);
      const now = this.clock.now();
      const { incident } = file;
      const from = incident.phase;
      const changes = {
        phase: to,
        containedAt: move.contained ? now : incident.containedAt,
        recoveredAt: move.recovered ? now : incident.recoveredAt,
        closedAt: to === 'closed' ? now : null,
      };
      const moved = await this.write(work, file, changes);
      await this.applyFacts(work, viewer, file, phaseFactsOf(move, now));
      if (to === 'closed') await this.closeTickets(work, viewer, file);
      return this.tell(work, viewer, moved, 'incident.phase-changed', { phase: { from, to } }, note);
    });
  }

  /** Marks a service as down, degraded or working again. */
  async setService(
    viewer: Viewer,
    id: string,
    service: string,
    status: 'down' | 'degraded' | 'ok',
  ): Promise<IncidentDto> {
    if (!/^[a-z0-9][a-z0-9-]{0,63}$/.test(service)) throw problems.notFound('service');
    return this.unitOfWork.run(async (work) => {
      const file = await this.files.lock(work, viewer, id);
      requireHand(viewer, file, true);
      if (file.incident.phase === 'closed') throw caseProblems.phaseNotAllowed('The incident is closed.', 'closed');
      const before = file.services.find((known) => known.service === service);
      if (before?.status === status) return presentIncident(file);
      const now = this.clock.now();
      const after: IncidentService = {
        incidentId: id,
        service,
        status,
        downSince: status === 'down' ? now : (before?.downSince ?? null),
        restoredAt: status === 'ok' && before ? now : null,
        changedAt: now,
      };
      await work.manager.upsert(IncidentService, after, ['incidentId', 'service']);
      if (status === 'down') await this.applyFacts(work, viewer, file, [{ fact: 'service-down', service, at: now }]);
      if (status === 'ok') await this.applyFacts(work, viewer, file, [{ fact: 'service-restored', service, at: now }]);
      const services = [...file.services.filter((known) => known.service !== service), after].sort((a, b) =>
        a.service.localeCompare(b.service),
      );
      const changes = { [service]: { from: before?.status ?? null, to: status } };
      return this.tell(work, viewer, { ...file, services }, 'incident.service-changed', changes);
    });
  }

  /** Keeps a note on the incident's timeline, for the people who handle it. */
  async note(viewer: Viewer, id: string, text: string): Promise<KeptNoteDto> {
    return this.unitOfWork.run(async (work) => {
      const file = await this.files.lock(work, viewer, id);
      const kept = { id: newId(), text, at: this.clock.now().toISOString() };
      const [ticket] = file.tickets;
      work.record({
        type: 'incident.note-added',
        subject: { type: 'note', id: kept.id, reference: ticket.reference },
        actor: actorOf(viewer),
        scope: scopeOfTicket(ticket),
        audience: 'desk',
        data: { ...kept, note: text },
      });
      return kept;
    });
  }

  /** Publishes the post-incident review. It can be published anew, and the journal keeps what it said before. */
  async review(viewer: Viewer, id: string, { summary, text }: PublishReviewDto): Promise<IncidentDto> {
    return this.unitOfWork.run(async (work) => {
      const file = await this.files.lock(work, viewer, id);
      requireHand(viewer, file, false);
      if (file.incident.phase !== 'post-incident') {
        throw caseProblems.phaseNotAllowed(
          'A review is published once recovery is complete: in the phase post-incident.',
          file.incident.phase,
        );
      }
      const now = this.clock.now();
      const review = { summary, text: text ?? null, publishedBy: viewer.principalId, publishedAt: now.toISOString() };
      const reviewed = await this.write(work, file, { review });
      await this.applyFacts(work, viewer, file, [{ fact: 'review-published', service: null, at: now }]);
      return this.tell(work, viewer, reviewed, 'incident.review-published', {
        review: { from: file.incident.review, to: review },
      });
    });
  }

  private async write(work: Work, file: IncidentFile, changes: Partial<Incident>): Promise<IncidentFile> {
    const incident = { ...file.incident, ...changes, version: file.incident.version + 1 };
    await work.manager.save(Incident, incident);
    return { ...file, incident };
  }

  private async applyFacts(
    work: Work,
    viewer: Viewer,
    file: IncidentFile,
    facts: Omit<ClockFact, 'subject'>[],
  ): Promise<void> {
    if (facts.length === 0) return;
    const [ticket] = file.tickets;
    const subject = { type: 'incident' as const, id: file.incident.id, reference: ticket.reference };
    await this.clocks.apply(
      work,
      facts.map((fact) => ({ ...fact, subject })),
      clockCaseOf(ticket),
      actorOf(viewer),
    );
  }

  private async closeTickets(work: Work, viewer: Viewer, file: IncidentFile): Promise<void> {
    for (const ticket of file.tickets.filter(({ state }) => state === 'resolved')) {
      await this.tickets.change(work, ticket, {
        type: 'ticket.closed',
        actor: actorOf(viewer),
        changes: { state: 'closed' },
      });
    }
  }

  private tell(
    work: Work,
    viewer: Viewer,
    file: IncidentFile,
    type: string,
    changes: Record<string, { from: unknown; to: unknown }>,
    note?: string,
  ): IncidentDto {
    const [ticket] = file.tickets;
    const shown = presentIncident(file);
    work.record({
      type,
      subject: { type: 'incident', id: file.incident.id, reference: ticket.reference },
      actor: actorOf(viewer),
      scope: scopeOfTicket(ticket),
      audience: 'case',
      changes,
      data: note === undefined ? shown : { ...shown, note },
    });
    return shown;
  }
}

function phaseFacts({ incident, services, tickets }: IncidentFile) {
  return {
    phase: incident.phase satisfies Phase,
    containedAt: incident.containedAt,
    recoveredAt: incident.recoveredAt,
    reviewPublished: incident.review !== null,
    openTickets: tickets.filter((ticket) => allows(ticket, 'resolve')).length,
    servicesDown: services.filter(({ status }) => status === 'down').map(({ service }) => service),
  };
}

function phaseFactsOf(move: { contained: boolean; recovered: boolean }, at: Date): Omit<ClockFact, 'subject'>[] {
  const facts: Omit<ClockFact, 'subject'>[] = [];
  if (move.contained) facts.push({ fact: 'incident-contained', service: null, at });
  if (move.recovered) facts.push({ fact: 'recovery-complete', service: null, at });
  return facts;
}
