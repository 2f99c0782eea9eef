import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { DataSource } from 'typeorm';
import { Parameters, visibleTo, type Viewer } from '../identity/index.js';
import { isId, problems, type Work } from '../platform/index.js';
import { worksOn } from './domain/ticket-actions.js';
import type { TicketFacts } from './domain/ticket.js';
import type { IncidentDto } from './incident.dto.js';
import { Incident, IncidentService } from './incident.entity.js';
import { caseProblems } from './problems.js';
import { ticketCaseColumns, ticketColumns } from './ticket-columns.js';

/** An incident with what belongs to it. `tickets[0]` is the one by which it was opened: its clocks stand on that line of the board. */
export interface IncidentFile {
  incident: Incident;
  services: IncidentService[];
  tickets: [TicketFacts, ...TicketFacts[]];
}

/** Opens incidents for a caller: whoever may see one of its tickets may see the incident. */
@Injectable()
export class IncidentFiles {
  constructor(private readonly dataSource: DataSource) {}

  /** For reading. Throws 404 when there is none that the viewer may see. */
  async read(viewer: Viewer, id: string): Promise<IncidentFile> {
    const { text, values } = visibleTickets(viewer, id);
    const tickets: TicketFacts[] = await this.dataSource.query(text, values);
    return load(this.dataSource.manager, id, tickets);
  }

  /** For a change: its tickets and itself are locked until the transaction ends. */
  async lock(work: Work, viewer: Viewer, id: string): Promise<IncidentFile> {
    const { text, values } = visibleTickets(viewer, id);
    const tickets: TicketFacts[] = await work.manager.query(`${text} FOR UPDATE OF ticket`, values);
    if (tickets.length > 0)
      await work.manager.findOne(Incident, { where: { id }, lock: { mode: 'pessimistic_write' } });
    return load(work.manager, id, tickets);
  }
}

/** Throws unless the caller coordinates, works on one of the tickets, or (where that is enough) is the provider itself. */
export function requireHand(viewer: Viewer, { tickets }: IncidentFile, providerMay: boolean): void {
  if (viewer.role === 'coordinator' || (providerMay && viewer.role === 'provider')) return;
  if (!tickets.some((ticket) => worksOn(ticket, viewer.principalId))) throw caseProblems.notHolder();
}

/** An incident as the API shows it. */
export function presentIncident({ incident, services, tickets }: IncidentFile): IncidentDto {
  const affected = services.filter((service) => service.status !== 'ok' || service.restoredAt !== null);
  return {
    id: incident.id,
    reference: incident.reference,
    phase: incident.phase,
    providerId: incident.providerId,
    country: incident.country,
    tlp: incident.tlp,
    exercise: incident.exercise,
    openedAt: incident.openedAt.toISOString(),
    containedAt: incident.containedAt?.toISOString() ?? null,
    recoveredAt: incident.recoveredAt?.toISOString() ?? null,
    closedAt: incident.closedAt?.toISOString() ?? null,
    restoration: { restored: affected.filter((service) => service.status === 'ok').length, affected: affected.length },
    services: services.map((service) => ({
      service: service.service,
      status: service.status,
      downSince: service.downSince?.toISOString() ?? null,
      restoredAt: service.restoredAt?.toISOString() ?? null,
    })),
    tickets: tickets.map(({ id, reference, state }) => ({ id, reference, state })),
    review: incident.review,
    version: incident.version,
  };
}

function visibleTickets(viewer: Viewer, incidentId: string): { text: string; values: unknown[] } {
  if (!isId(incidentId)) throw problems.notFound('incident');
  const parameters = new Parameters();
  const condition = `ticket.incident_id = ${parameters.add(incidentId)}::uuid AND ${visibleTo(viewer, ticketCaseColumns, parameters)}`;
  return {
    text: `SELECT ${ticketColumns} FROM codegrey.tickets AS ticket WHERE ${condition} ORDER BY ticket.id`,
    values: parameters.values,
  };
}

async function load(manager: EntityManager, id: string, tickets: TicketFacts[]): Promise<IncidentFile> {
  const [first, ...others] = tickets;
  if (!first) throw problems.notFound('incident');
  const incident = await manager.findOneByOrFail(Incident, { id });
  const services = await manager.find(IncidentService, { where: { incidentId: id }, order: { service: 'ASC' } });
  return { incident, services, tickets: [first, ...others] };
}
