import { Injectable } from '@nestjs/common';
import { Parameters, visibleTo, type Viewer } from '../identity/index.js';
import { presentClock, ServiceClocks, type ClockCase, type ClockFact, type ClockRow } from '../clocks/index.js';
import {
  Clock,
  isId,
  parseReference,
  problems,
  type Actor,
  type CaseScope,
  type Urgency,
  type Work,
} from '../platform/index.js';
import type { TicketFacts } from './domain/ticket.js';
import { presentTicket } from './present-ticket.js';
import { ticketCaseColumns, ticketColumns } from './ticket-columns.js';
import type { TicketDto } from './ticket.dto.js';
import { Ticket } from './ticket.entity.js';

/** Properties of a ticket that people and the desk may change. */
export type TicketChanges = Partial<
  Omit<TicketFacts, 'id' | 'reference' | 'incidentId' | 'providerId' | 'country' | 'version' | 'updatedAt'>
>;

/** How a change of a ticket is told. */
export interface TicketChange {
  /** The event, such as `ticket.claimed`. */
  type: string;
  actor: Actor;
  changes: TicketChanges;
  /** Facts of the same moment that start and stop clocks. */
  facts?: ClockFact[];
  /** What is to be said in the journal beside the ticket, and may be read by everybody who may see the case. */
  details?: Record<string, unknown>;
  /** What the desk's people say among themselves: an entry of its own, which the provider never sees. */
  internalNote?: string | null;
}

/** Tickets inside a transaction: every context that changes one does it through here, so that nothing is left unsaid. */
@Injectable()
export class Tickets {
  constructor(
    private readonly clock: Clock,
    private readonly clocks: ServiceClocks,
  ) {}

  /** The ticket, locked until the transaction ends. Throws 404 when there is none that the viewer may see. */
  async lockVisible(work: Work, viewer: Viewer, idOrReference: string): Promise<TicketFacts> {
    const parameters = new Parameters();
    const condition = `${byIdOrReference(idOrReference, parameters)} AND ${visibleTo(viewer, ticketCaseColumns, parameters)}`;
    const text = `SELECT ${ticketColumns} FROM codegrey.tickets AS ticket WHERE ${condition} FOR UPDATE OF ticket`;
    const [ticket] = await work.query<TicketFacts & Record<string, unknown>>({ name: '', text }, parameters.values);
    if (!ticket) throw problems.notFound('ticket');
    return ticket;
  }

  /** The ticket, locked, for the desk itself (consumers and timers). Null when there is none. */
  async lock(work: Work, id: string): Promise<TicketFacts | null> {
    const statement = {
      name: 'ticket-lock',
      text: `SELECT ${ticketColumns} FROM codegrey.tickets AS ticket WHERE ticket.id = $1 FOR UPDATE`,
    };
    const [ticket] = await work.query<TicketFacts & Record<string, unknown>>(statement, [id]);
    return ticket ?? null;
  }

  /**
   * Writes a change, applies its facts to the clocks, and says both in the journal.
   * Answers the ticket as it is now, with its clocks when there were facts.
   */
  async change(
    work: Work,
    ticket: TicketFacts,
    { type, actor, changes, facts, details, internalNote }: TicketChange,
  ): Promise<TicketDto> {
    const changed: TicketFacts = { ...ticket, ...changes, version: ticket.version + 1, updatedAt: this.clock.now() };
    await work.manager.update(Ticket, ticket.id, {
      ...changes,
      version: changed.version,
      updatedAt: changed.updatedAt,
    });
    const clocks = facts ? await this.clocks.apply(work, facts, clockCaseOf(changed), actor) : undefined;
    const shown = this.tell(work, ticket, changed, { type, actor, details, clocks });
    if (internalNote) tellTheDesk(work, changed, { about: type, note: internalNote }, actor);
    return shown;
  }

  /** Says in the journal that a ticket was changed. For changes whose clocks are moved by other rules than facts. */
  tell(
    work: Work,
    before: TicketFacts,
    after: TicketFacts,
    {
      type,
      actor,
      details,
      clocks,
    }: { type: string; actor: Actor; details?: Record<string, unknown>; clocks?: ClockRow[] },
  ): TicketDto {
    const now = this.clock.now();
    const shown = presentTicket(
      after,
      clocks?.map((row) => presentClock(row, now)),
    );
    work.record({
      type,
      subject: { type: 'ticket', id: after.id, reference: after.reference },
      actor,
      scope: scopeOfTicket(after),
      audience: 'case',
      changes: differences(before, after),
      data: { ...shown, ...details },
    });
    return shown;
  }

  /** Lets somebody into the case: from now on they see the ticket whatever its label. */
  async letIn(work: Work, ticketId: string, principalIds: readonly string[]): Promise<void> {
    if (principalIds.length === 0) return;
    const text = `INSERT INTO codegrey.case_participants (ticket_id, principal_id) SELECT $1, unnest($2::uuid[]) ON CONFLICT DO NOTHING`;
    await work.query({ name: 'case-let-in', text }, [ticketId, principalIds]);
  }
}

/** The condition that finds a ticket by its id or its reference. Throws 404 when the text is neither. */
export function byIdOrReference(text: string, parameters: Parameters): string {
  const reference = text.length <= 20 ? parseReference(text) : null;
  if (reference !== null) return `ticket.reference = ${parameters.add(reference)}`;
  if (isId(text)) return `ticket.id = ${parameters.add(text)}::uuid`;
  throw problems.notFound('ticket');
}

/** Who may see the ticket and how soon its messages are acted on, as journal entries carry it. */
export function scopeOfTicket({
  id,
  incidentId,
  providerId,
  country,
  tlp,
  severityLevel,
}: TicketFacts): CaseScope & ClockCase['scope'] {
  return { ticketId: id, incidentId, providerId, country, tlp, urgency: urgencyOf[severityLevel] };
}

/** Whoever waits for help with care in danger goes before everybody else, at every stage on the way to a page. */
const urgencyOf: Record<TicketFacts['severityLevel'], Urgency> = {
  SEV1: 'first',
  SEV2: 'second',
  SEV3: 'third',
  SEV4: 'last',
};

/** The case of a ticket's clocks. */
export function clockCaseOf(ticket: TicketFacts): ClockCase {
  return { scope: scopeOfTicket(ticket), severity: ticket.severityLevel, exercise: ticket.exercise };
}

/** A fact about the ticket itself. */
export function ticketFact(ticket: TicketFacts, fact: ClockFact['fact'], at: Date): ClockFact {
  return { fact, at, service: null, subject: { type: 'ticket', id: ticket.id, reference: ticket.reference } };
}

/** Keeps from the provider what people of the desk tell each other about a ticket. */
function tellTheDesk(work: Work, ticket: TicketFacts, said: { about: string; note: string }, actor: Actor): void {
  work.record({
    type: 'ticket.desk-note',
    subject: { type: 'ticket', id: ticket.id, reference: ticket.reference },
    actor,
    scope: scopeOfTicket(ticket),
    audience: 'desk',
    data: { id: ticket.id, reference: ticket.reference, ...said },
  });
}

const untold = new Set<keyof TicketFacts>(['version', 'updatedAt']);

function differences(before: TicketFacts, after: TicketFacts): Record<string, { from: unknown; to: unknown }> {
  const names = (Object.keys(after) as (keyof TicketFacts)[]).filter((name) => !untold.has(name));
  const changed = names.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
  return Object.fromEntries(changed.map((name) => [name, { from: before[name], to: after[name] }]));
}
