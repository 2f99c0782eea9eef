import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { ServiceClocks, followUp, presentClock, type ChangedClock, type ClockFact } from '../clocks/index.js';
import { actorOf, type Viewer } from '../identity/index.js';
import {
  Clock,
  Consequences,
  Database,
  Subscriptions,
  Wakeups,
  etag,
  newId,
  newReference,
  problems,
  violatedUniqueConstraint,
  type Actor,
  type Fault,
  type ReservedKey,
  type Work,
} from '../platform/index.js';
import { Providers } from '../providers/index.js';
import { rateSeverity } from './domain/severity.js';
import type { TicketFacts } from './domain/ticket.js';
import { openCase } from './intake.sql.js';
import { presentTicket } from './present-ticket.js';
import { caseProblems } from './problems.js';
import { loadSeverityTable } from './severity-table.js';
import { loadClassifications } from './taxonomy.js';
import type { CreateTicketDto, TicketDto } from './ticket.dto.js';
import { clockCaseOf, scopeOfTicket, ticketFact } from './tickets.service.js';

/** How far ahead of the desk's clock a reporter's may be. */
const clockToleranceMs = 5 * 60_000;

/** What a case takes over from the provider it is about. */
export interface ProviderOfCase {
  id: string;
  country: string;
}

/** A case that is ready to be written. */
export interface OpenedCase {
  ticket: TicketDto;
  values: unknown[];
  consequences: Consequences;
}

/** Takes requests for help: everything in one statement, so that a ticket that was answered exists, whatever happens next. */
@Injectable()
export class Intake {
  private readonly severityTable = loadSeverityTable();
  private readonly classifications = loadClassifications();

  constructor(
    private readonly database: Database,
    private readonly providers: Providers,
    private readonly clocks: ServiceClocks,
    private readonly subscriptions: Subscriptions,
    private readonly wakeups: Wakeups,
    private readonly clock: Clock,
  ) {}

  /** Opens a ticket and its incident. With a reserved key, the answer is kept under it in the same statement. */
  async open(viewer: Viewer, input: CreateTicketDto, reserved?: ReservedKey): Promise<TicketDto> {
    const provider = await this.providerFor(viewer, input.providerId);
    for (;;) {
      const opened = this.prepare(viewer, input, provider, reserved);
      try {
        await this.database.query(openCase, opened.values);
      } catch (error) {
        // One reference in ten billion is taken already; another is drawn then.
        if (violatedUniqueConstraint(error)?.endsWith('reference_key')) continue;
        throw error;
      }
      this.wakeups.wake(opened.consequences.wakes(this.subscriptions));
      return opened.ticket;
    }
  }

  /**
   * The same inside a transaction, for intake that must decide something first. The provider is found before it begins, by
   * `providerFor`: a transaction never waits for a second connection.
   */
  async openWithin(work: Work, viewer: Viewer, input: CreateTicketDto, provider: ProviderOfCase): Promise<TicketDto> {
    const { ticket, values, consequences } = this.prepare(viewer, input, provider);
    await work.query(openCase, values);
    work.afterCommit(consequences.wakes(this.subscriptions));
    return ticket;
  }

  private prepare(
    viewer: Viewer,
    input: CreateTicketDto,
    provider: ProviderOfCase,
    reserved?: ReservedKey,
  ): OpenedCase {
    const now = this.clock.now();
    this.refuseImpossible(input, now);
    const ticket = this.newTicket(viewer, input, provider, now);
    const clocks = this.clocks.opening(openingFacts(ticket), clockCaseOf(ticket), now);
    const shown = presentTicket(
      ticket,
      clocks.map(({ row }) => presentClock(row, now)),
    );
    const consequences = this.consequences(ticket, shown, clocks, actorOf(viewer), now);
    return { ticket: shown, consequences, values: this.values(ticket, shown, clocks, consequences, viewer, reserved) };
  }

  private consequences(
    ticket: TicketFacts,
    shown: TicketDto,
    clocks: ChangedClock[],
    actor: Actor,
    now: Date,
  ): Consequences {
    const consequences = new Consequences();
    consequences.record({
      type: 'ticket.opened',
      subject: { type: 'ticket', id: ticket.id, reference: ticket.reference },
      actor,
      scope: scopeOfTicket(ticket),
      audience: 'case',
      data: shown,
    });
    for (const clock of clocks) followUp(clock, actor, now, consequences);
    return consequences;
  }

  private values(
    ticket: TicketFacts,
    shown: TicketDto,
    clocks: ChangedClock[],
    consequences: Consequences,
    viewer: Viewer,
    reserved: ReservedKey | undefined,
  ): unknown[] {
    const answer = reserved && {
      headers: { location: `/v1/tickets/${ticket.id}`, etag: etag(ticket.version) },
      body: shown,
    };
    return [
      JSON.stringify(ticketRecord(ticket)),
      JSON.stringify(serviceRecords(ticket)),
      JSON.stringify(clocks.map(({ row }) => row)),
      ...consequences.values(this.subscriptions, newId),
      reserved?.callerId ?? null,
      reserved?.key ?? null,
      answer ? JSON.stringify(answer) : null,
      viewer.role === 'integration' ? viewer.principalId : null,
    ];
  }

  private newTicket(viewer: Viewer, input: CreateTicketDto, provider: ProviderOfCase, now: Date): TicketFacts {
    const classification =
      input.classification === undefined ? undefined : this.classifications.get(input.classification);
    const { impact, ransom } = input;
    const severity = rateSeverity({ ...impact, noteFound: ransom?.noteFound, classification }, this.severityTable);
    return {
      id: newId(),
      reference: newReference(randomBytes),
      state: 'open',
      incidentId: newId(),
      providerId: provider.id,
      country: provider.country,
      tlp: input.tlp ?? 'TLP:AMBER',
      exercise: input.exercise ?? false,
      summary: input.summary,
      description: input.description ?? null,
      classification: classification ?? null,
      detectedAt: input.detectedAt ? new Date(input.detectedAt) : null,
      awareAt: input.awareAt ? new Date(input.awareAt) : null,
      impact: impact ?? null,
      ransom: ransom ?? null,
      needs: input.needs ?? null,
      contact: input.contact ?? null,
      severityLevel: severity.level,
      severityRated: severity.level,
      severityReasons: severity.reasons,
      severityOverride: null,
      dispatchStatus: 'paging',
      dispatchStep: 1,
      dispatchNextStepAt: null,
      claimedBy: null,
      claimedAt: null,
      joined: [],
      handover: null,
      firstResponseAt: null,
      callbackVerified: false,
      resolvedAt: null,
      mergedInto: null,
      stateBeforeMerge: null,
      createdByRole: viewer.role,
      createdBy: viewer.principalId,
      createdAt: now,
      updatedAt: now,
      version: 1,
    };
  }

  /** The provider for which a caller asks: the one that is named, or the credential's own. Throws when it may not be. */
  async providerFor(viewer: Viewer, given: string | undefined): Promise<ProviderOfCase> {
    if (viewer.role === 'provider' && given !== undefined && given !== viewer.providerId)
      throw caseProblems.otherProvider();
    const id = given ?? viewer.providerId;
    if (id === null)
      throw problems.invalidInput([
        { pointer: '/providerId', detail: 'is needed, since this credential belongs to no provider' },
      ]);
    const provider = await this.providers.find(id);
    const inReach = viewer.countries === null || (provider !== null && viewer.countries.includes(provider.country));
    if (!provider || !inReach)
      throw problems.invalidInput([{ pointer: '/providerId', detail: 'is not a provider of this desk' }]);
    return provider;
  }

  private refuseImpossible(input: CreateTicketDto, now: Date): void {
    const faults: Fault[] = [];
    const latest = now.getTime() + clockToleranceMs;
    for (const name of ['detectedAt', 'awareAt'] as const) {
      const given = input[name];
      if (given !== undefined && new Date(given).getTime() > latest)
        faults.push({ pointer: `/${name}`, detail: 'lies in the future' });
    }
    if (input.classification !== undefined && !this.classifications.has(input.classification)) {
      faults.push({ pointer: '/classification', detail: 'is not a code of config/taxonomy.yaml' });
    }
    const needed = input.needs?.skills ?? [];
    for (const skill of Object.keys(input.needs?.skillLevels ?? {})) {
      if (!needed.includes(skill))
        faults.push({ pointer: `/needs/skillLevels/${skill}`, detail: 'is none of the skills that are needed' });
    }
    const services = input.impact?.services?.map(({ service }) => service) ?? [];
    if (new Set(services).size < services.length)
      faults.push({ pointer: '/impact/services', detail: 'names a service twice' });
    if (faults.length > 0) throw problems.invalidInput(faults);
  }
}

/** The facts with which a case begins: it was asked for, and these services are down. */
function openingFacts(ticket: TicketFacts): ClockFact[] {
  const subject = { type: 'incident' as const, id: ticket.incidentId, reference: ticket.reference };
  const down = (ticket.impact?.services ?? []).filter(({ status }) => status === 'down');
  return [
    ticketFact(ticket, 'ticket-opened', ticket.createdAt),
    ...down.map(({ service }) => ({ fact: 'service-down' as const, at: ticket.createdAt, service, subject })),
  ];
}

function ticketRecord(ticket: TicketFacts): object {
  return {
    id: ticket.id,
    reference: ticket.reference,
    incident_id: ticket.incidentId,
    incident_reference: newReference(randomBytes),
    provider_id: ticket.providerId,
    country: ticket.country,
    tlp: ticket.tlp,
    exercise: ticket.exercise,
    summary: ticket.summary,
    description: ticket.description,
    classification: ticket.classification,
    detected_at: ticket.detectedAt,
    aware_at: ticket.awareAt,
    impact: ticket.impact,
    ransom: ticket.ransom,
    needs: ticket.needs,
    contact: ticket.contact,
    severity_level: ticket.severityLevel,
    severity_reasons: ticket.severityReasons,
    created_by_role: ticket.createdByRole,
    created_by: ticket.createdBy,
    created_at: ticket.createdAt,
  };
}

function serviceRecords(ticket: TicketFacts): object[] {
  return (ticket.impact?.services ?? []).map(({ service, status }) => ({
    incident_id: ticket.incidentId,
    service,
    status,
    down_since: status === 'down' ? ticket.createdAt : null,
    changed_at: ticket.createdAt,
  }));
}
