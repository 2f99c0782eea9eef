import { Injectable } from '@nestjs/common';
import { Tickets, type TicketFacts } from '../cases/index.js';
import { system } from '../identity/index.js';
import type { Statement, Work } from '../platform/index.js';
import { TakeOvers, type TakeOver } from '../roster/index.js';
import { DispatchFacts } from './dispatch-facts.service.js';
import { owePages } from './dispatch.sql.js';
import { Pages } from './pages.service.js';

/** Tickets about which somebody is being asked, in the order in which everybody locks them. Index: pages_live, which holds live pages only. */
const ticketsAsking: Statement = {
  name: 'take-over-tickets',
  text: `
    SELECT ticket_id AS "ticketId" FROM codegrey.pages
    WHERE responder_id = $1 AND purpose = 'claim' AND state IN ('owed', 'sent', 'delivered') ORDER BY ticket_id LIMIT 200`,
};

/** Whoever takes a running shift over is asked about the tickets about which the other was being asked. */
@Injectable()
export class ShiftTakeOvers {
  constructor(
    private readonly takeOvers: TakeOvers,
    private readonly tickets: Tickets,
    private readonly facts: DispatchFacts,
    private readonly pages: Pages,
  ) {}

  /** Follows a take-over. One that was taken back meanwhile changes nothing. */
  async follow(work: Work, overrideId: string): Promise<void> {
    const takeOver = await this.takeOvers.find(work, overrideId);
    if (!takeOver) return;
    const asking = await work.query<{ ticketId: string }>(ticketsAsking, [takeOver.from]);
    for (const { ticketId } of asking) {
      const ticket = await this.tickets.lock(work, ticketId);
      if (ticket?.state === 'open') await this.pass(work, ticket, takeOver);
    }
  }

  /** Who must not be asked is not, and then the other stays asked: somebody is, whatever happens. */
  private async pass(work: Work, ticket: TicketFacts, { from, to }: TakeOver): Promise<void> {
    const { dispatch, declined, live } = await this.facts.situation(work, ticket.id);
    const isAsked = live.some(({ responderId, purpose }) => responderId === to && purpose === 'claim');
    if (dispatch === null || declined.includes(to) || (await this.facts.hasConflict(work, ticket, to))) return;
    await this.pages.withdraw(work, ticket, { purposes: ['claim'], only: from }, system);
    if (isAsked) return;
    const page = { responderId: to, reasons: ['took the shift over'], purpose: 'claim' as const };
    await this.pages.write(work, ticket, [page], dispatch, system, { statement: owePages, values: [] });
  }
}
