import { Injectable, type OnModuleInit } from '@nestjs/common';
import { scopeOfTicket, ticketColumns, type TicketFacts } from '../cases/index.js';
import { system } from '../identity/index.js';
import { TimerHandlers, type FiredTimer, type Statement, type Work } from '../platform/index.js';
import { updateFollowUpDue } from './notify-events.js';
import { noticeFollowUpTimer, recordNoticeFollowUp } from './notice-deliveries.service.js';
import { followUpTimer, recordFollowUp } from './page-rounds.service.js';
import { updateFollowUpTimer } from './provider-updates.service.js';

/** The tickets of pages that may still be sent, or whose bundle may. Index: the primary keys. */
const ticketsOfPages: Statement = {
  name: 'notify-tickets-of-pages',
  text: `
    SELECT page.id AS "pageId", page.responder_id AS "responderId", ${ticketColumns}
    FROM codegrey.pages AS page JOIN codegrey.tickets AS ticket ON ticket.id = page.ticket_id
    WHERE page.id = ANY($1::uuid[]) AND (page.state IN ('owed', 'sent', 'delivered', 'failed') OR page.bundle_id IS NOT NULL)`,
};

/** The tickets of updates. Index: the primary keys. */
const ticketsOfUpdates: Statement = {
  name: 'notify-tickets-of-updates',
  text: `
    SELECT message.id AS "updateId", ${ticketColumns}
    FROM codegrey.provider_updates AS message JOIN codegrey.tickets AS ticket ON ticket.id = message.ticket_id
    WHERE message.id = ANY($1::uuid[])`,
};

type PageTicket = TicketFacts & { pageId: string; responderId: string } & Record<string, unknown>;
type UpdateTicket = TicketFacts & { updateId: string } & Record<string, unknown>;

/** Wakes messages whose next attempt is due. Nothing is sent inside the transaction of a timer: it only says that it is time. */
@Injectable()
export class FollowUpTimers implements OnModuleInit {
  constructor(private readonly timers: TimerHandlers) {}

  onModuleInit(): void {
    this.timers.add(followUpTimer, followPages);
    this.timers.add(updateFollowUpTimer, followUpdates);
    this.timers.add(noticeFollowUpTimer, followNotices);
  }
}

async function followPages(work: Work, timers: FiredTimer[]): Promise<void> {
  const pages = await work.query<PageTicket>(ticketsOfPages, [timers.map(({ subjectId }) => subjectId)]);
  for (const { pageId, responderId, ...ticket } of pages) recordFollowUp(work, { id: pageId, responderId }, ticket);
}

async function followUpdates(work: Work, timers: FiredTimer[]): Promise<void> {
  const updates = await work.query<UpdateTicket>(ticketsOfUpdates, [timers.map(({ subjectId }) => subjectId)]);
  for (const { updateId, ...ticket } of updates) {
    work.record({
      type: updateFollowUpDue,
      subject: { type: 'provider-update', id: updateId, reference: ticket.reference },
      actor: system,
      scope: scopeOfTicket(ticket),
      audience: 'desk',
      data: { id: updateId, ticketId: ticket.id },
    });
  }
}

function followNotices(work: Work, timers: FiredTimer[]): Promise<void> {
  for (const { subjectId } of timers) recordNoticeFollowUp(work, subjectId);
  return Promise.resolve();
}
