import { Injectable } from '@nestjs/common';
import { Tickets } from '../cases/index.js';
import { system } from '../identity/index.js';
import type { Statement, Work } from '../platform/index.js';
import { DispatchFacts } from './dispatch-facts.service.js';
import { Pages } from './pages.service.js';

/** Breaches that the coordinators are told of: nobody has come, or nobody has spoken to the provider. */
const toldOf = ['claim', 'first-response'];

/** The clock of a breach, by its id. Index: the primary key. */
const breachedClock: Statement = {
  name: 'dispatch-breached-clock',
  text: `SELECT name, ticket_id AS "ticketId" FROM codegrey.clocks WHERE id = $1`,
};

/** Tells the coordinators of the desk what must not wait until somebody looks at the board. */
@Injectable()
export class Notices {
  constructor(
    private readonly tickets: Tickets,
    private readonly facts: DispatchFacts,
    private readonly pages: Pages,
  ) {}

  /** Pages the coordinators about a clock that has breached; a breach is recorded once, and so are they. */
  async tellOfBreach(work: Work, clockId: string): Promise<void> {
    const [clock] = await work.query<{ name: string; ticketId: string }>(breachedClock, [clockId]);
    if (!clock || !toldOf.includes(clock.name)) return;
    const ticket = await this.tickets.lock(work, clock.ticketId);
    if (!ticket || (ticket.state !== 'open' && ticket.state !== 'claimed')) return;
    const reasons = [`the clock ${clock.name} has breached`];
    const pages = (await this.facts.members(work, 'coordinator')).map(({ id }) => ({ responderId: id, reasons }));
    if (pages.length > 0) await this.pages.owe(work, ticket, pages, 'notice', system);
  }
}
