import { Injectable } from '@nestjs/common';
import { ticketColumns, type TicketFacts } from '../cases/index.js';
import { Pages, type Page } from '../dispatch/index.js';
import { Clock, Database, type Statement } from '../platform/index.js';
import { viewPageLink, type PageLinkView } from './domain/page-link-view.js';

/** The ticket of a page, and what its holder is called. Index: the primary keys. */
const findTicket: Statement = {
  name: 'page-view-ticket',
  text: `
    SELECT (SELECT name FROM codegrey.responders WHERE id = ticket.claimed_by) AS "holderName", ${ticketColumns}
    FROM codegrey.tickets AS ticket WHERE ticket.id = $1`,
};

/** A page as it is shown to its responder. */
export interface OpenedPage {
  page: Page;
  ticket: TicketFacts;
  /** What the holder of the ticket is called; null: nobody holds it, or nobody on the roster. */
  holderName: string | null;
  view: PageLinkView;
}

/** How it stands with pages, in the eyes of those they were sent to. */
@Injectable()
export class PageViews {
  constructor(
    private readonly database: Database,
    private readonly pages: Pages,
    private readonly clock: Clock,
  ) {}

  /** The page at this moment. Reading it changes nothing. Null when it, or its ticket, is unknown. */
  async of(pageId: string): Promise<OpenedPage | null> {
    const page = await this.pages.find(pageId);
    if (!page) return null;
    const [found] = await this.database.query<FoundTicket>(findTicket, [page.ticketId]);
    if (!found) return null;
    const { holderName, ...ticket } = found;
    const { reference, severityLevel, summary, tlp, exercise, state, claimedBy } = ticket;
    const shown = { reference, severity: severityLevel, summary, tlp, exercise, state, claimedBy };
    return { page, ticket, holderName, view: viewPageLink({ page, ticket: shown }, this.clock.now()) };
  }
}

type FoundTicket = TicketFacts & { holderName: string | null } & Record<string, unknown>;
