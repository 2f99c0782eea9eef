import { Injectable } from '@nestjs/common';
import { Tickets } from '../cases/index.js';
import { system } from '../identity/index.js';
import type { Statement, Work } from '../platform/index.js';
import { Roster } from '../roster/index.js';
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
    private readonly roster: Roster,
    private readonly pages: Pages,
  ) {}

  /** Pages the coordinators about a clock that has breached. */
  async tellOfBreach(work: Work, clockId: string): Promise<void> {
    const [clock] = await work.query<{ name: string; ticketId: string }>(breachedClock, [clockId]);
    if (!clock || !toldOf.includes(clock.name)) return;
    const ticket = await this.tickets.lock(work, clock.ticketId);
    if (!ticket || (ticket.state !== 'open' && ticket.state !== 'claimed')) return;
    const coordinators = (await this.roster.activeResponders(work)).filter(
      ({ deskRole }) => deskRole === 'coordinator',
    );
    const reasons = [`the clock ${clock.name} has breached`];
    await this.pages.owe(
      work,
      ticket,
      coordinators.map(({ id }) => ({ responderId: id, reasons })),
      'notice',
      system,
    );
  }
}
