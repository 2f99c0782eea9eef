import { Injectable, type OnModuleInit } from '@nestjs/common';
import { scopeOfTicket, Tickets, type TicketFacts } from '../cases/index.js';
import { system } from '../identity/index.js';
import { Clock, TimerHandlers, type FiredTimer, type Work } from '../platform/index.js';
import { DispatchFacts } from './dispatch-facts.service.js';
import { decideAsking, decideExpiry, watchedClocks } from './domain/lease.js';
import { Holders } from './holders.service.js';
import {
  askHolder,
  endLease,
  findLease,
  heardSince,
  readWarning,
  type LeaseRow,
  type WarningRow,
} from './leases.sql.js';
import { Pages } from './pages.service.js';
import { loadWatchConfig } from './watch-config.js';

/** The kind of timer that fires when a holder's time to answer is over. */
export const leaseTimer = 'dispatch-lease';

/** A claim is a lease: who holds a ticket and falls silent is asked, and without an answer it goes back to dispatch. */
@Injectable()
export class Leases implements OnModuleInit {
  private readonly rules = loadWatchConfig().lease;

  constructor(
    private readonly timers: TimerHandlers,
    private readonly tickets: Tickets,
    private readonly facts: DispatchFacts,
    private readonly holders: Holders,
    private readonly pages: Pages,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.timers.add(leaseTimer, (work, timers) => this.expire(work, timers), { locksFirst: true });
  }

  /** A clock has warned: asks the holder whether they are still on it, when nothing was heard of them. */
  async considerWarning(work: Work, clockId: string): Promise<void> {
    const [found] = await work.query<WarningRow>(readWarning, [clockId]);
    if (!found || !watchedClocks.includes(found.name)) return;
    const ticket = await this.tickets.lock(work, found.ticketId);
    if (!ticket?.claimedBy) return;
    // Read again under the lock: the holder may have done something, or be another, since.
    const [warning] = await work.query<WarningRow>(readWarning, [clockId]);
    const now = this.clock.now();
    const dueAt = warning && decideAsking(ticket, warning, warning, this.rules, now);
    if (!warning || !dueAt) return;
    await work.query(askHolder, [ticket.id, ticket.claimedBy, warning.name, now, dueAt]);
    const reasons = [`nothing was heard of you and the clock ${warning.name} warns: are you still on it?`];
    await this.pages.owe(work, ticket, [{ responderId: ticket.claimedBy, reasons }], 'lease', system);
    work.arm({ kind: leaseTimer, subjectId: ticket.id, dueAt });
    this.record(work, ticket, 'ticket.lease-asked', { holder: ticket.claimedBy, clock: warning.name, dueAt });
  }

  /** Something was heard of the holder: the question is answered, and nobody is asked any more. */
  async heard(work: Work, ticket: TicketFacts): Promise<void> {
    const [lease] = await work.query<LeaseRow>(endLease, [ticket.id]);
    if (!lease) return;
    work.disarm(leaseTimer, ticket.id);
    await this.pages.withdraw(work, ticket, { purposes: ['lease'] }, system);
  }

  /** The same, where it is not known whether it was the holder of whom something was heard. */
  async considerWord(work: Work, ticketId: string | null): Promise<void> {
    const ticket = ticketId === null ? null : await this.tickets.lock(work, ticketId);
    const [lease] = ticket ? await work.query<LeaseRow>(findLease, [ticket.id]) : [];
    if (!ticket || !lease) return;
    if (decideExpiry(ticket, lease, await this.wasHeard(work, ticket, lease)) !== 'expired')
      await this.heard(work, ticket);
  }

  private async expire(work: Work, timers: FiredTimer[]): Promise<void> {
    for (const { subjectId } of [...timers].sort((one, other) => (one.subjectId < other.subjectId ? -1 : 1))) {
      const ticket = await this.tickets.lock(work, subjectId);
      const [lease] = ticket ? await work.query<LeaseRow>(endLease, [ticket.id]) : [];
      if (!ticket || !lease) continue;
      await this.pages.withdraw(work, ticket, { purposes: ['lease'] }, system);
      if (decideExpiry(ticket, lease, await this.wasHeard(work, ticket, lease)) === 'expired')
        await this.takeBack(work, ticket, lease);
    }
  }

  private async takeBack(work: Work, ticket: TicketFacts, { holderId, clock, askedAt }: LeaseRow): Promise<void> {
    const note = `Its holder did not answer whether they are still on it, asked as the clock ${clock} warned.`;
    await this.holders.giveBack(work, ticket, holderId, system, note);
    this.record(work, ticket, 'ticket.lease-expired', { holder: holderId, clock, askedAt });
    const coordinators = await this.facts.members(work, 'coordinator');
    const reasons = ['its holder fell silent: the ticket is being dispatched again'];
    const pages = coordinators.map(({ id }) => ({ responderId: id, reasons }));
    if (pages.length > 0) await this.pages.owe(work, ticket, pages, 'notice', system);
  }

  private async wasHeard(work: Work, ticket: TicketFacts, { holderId, askedAt }: LeaseRow): Promise<boolean> {
    const values = [ticket.id, ticket.incidentId, holderId, askedAt];
    const [row] = await work.query<{ heard: boolean }>(heardSince, values);
    return row?.heard ?? false;
  }

  private record(work: Work, ticket: TicketFacts, type: string, details: Record<string, unknown>): void {
    work.record({
      type,
      subject: { type: 'ticket', id: ticket.id, reference: ticket.reference },
      actor: system,
      scope: scopeOfTicket(ticket),
      audience: 'desk',
      data: { ticketId: ticket.id, reference: ticket.reference, severity: ticket.severityLevel, ...details },
    });
  }
}
