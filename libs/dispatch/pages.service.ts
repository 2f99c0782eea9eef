import { Injectable, Optional } from '@nestjs/common';
import { scopeOfTicket, TicketReader, type TicketFacts } from '../cases/index.js';
import { system, type Viewer } from '../identity/index.js';
import { Clock, Database, newId, type Actor, type CaseScope, type Work } from '../platform/index.js';
import { answerPages, owePages, withdrawPages } from './dispatch.sql.js';
import type { PageToOwe } from './domain/paging.js';
import {
  DeliveryRecords,
  isLive,
  pageColumns,
  presentPage,
  type Page,
  type PageDto,
  type PagePurpose,
} from './page.js';

/** The duties to reach people. */
@Injectable()
export class Pages {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly tickets: TicketReader,
    @Optional() private readonly records?: DeliveryRecords,
  ) {}

  /** The page, locked until the transaction ends. Null when there is none. */
  async lock(work: Work, pageId: string): Promise<Page | null> {
    const text = `SELECT ${pageColumns} FROM codegrey.pages AS page WHERE page.id = $1 FOR UPDATE`;
    const [page] = await work.query<Page & Record<string, unknown>>({ name: 'page-lock', text }, [pageId]);
    return page ?? null;
  }

  /** The page as it is now. Null when there is none. */
  async find(pageId: string): Promise<Page | null> {
    const text = `SELECT ${pageColumns} FROM codegrey.pages AS page WHERE page.id = $1`;
    const [page] = await this.database.query<Page & Record<string, unknown>>({ name: 'page-find', text }, [pageId]);
    return page ?? null;
  }

  /** Whether somebody has been paged about the ticket for this purpose and has not answered. Index: pages_ticket. */
  async isAsked(ticketId: string, responderId: string, purpose: PagePurpose): Promise<boolean> {
    const text = `
      SELECT FROM codegrey.pages
      WHERE ticket_id = $1 AND responder_id = $2 AND purpose = $3 AND state IN ('owed', 'sent', 'delivered', 'failed') LIMIT 1`;
    const asked = await this.database.query({ name: 'page-asked', text }, [ticketId, responderId, purpose]);
    return asked.length > 0;
  }

  /** The pages of a ticket with every attempt, oldest first. Throws 404 when the viewer may not see the ticket. */
  async ofTicket(viewer: Viewer, idOrReference: string): Promise<PageDto[]> {
    const ticket = await this.tickets.find(viewer, idOrReference);
    const text = `SELECT ${pageColumns} FROM codegrey.pages AS page WHERE page.ticket_id = $1 ORDER BY page.id LIMIT 1000`;
    const pages = await this.database.query<Page & Record<string, unknown>>({ name: 'pages-of-ticket', text }, [
      ticket.id,
    ]);
    const deliveries = (await this.records?.ofPages(pages.map(({ id }) => id))) ?? new Map<string, never>();
    return pages.map((page) => presentPage(page, deliveries.get(page.id) ?? []));
  }

  /**
   * Records what became of a page. Receipts may come twice and in any order: a page never goes back from delivered,
   * and one that was answered or withdrawn stays so. Answers whether anything changed.
   */
  async mark(
    work: Work,
    page: Page,
    state: 'sent' | 'delivered' | 'failed',
    details: Record<string, unknown> = {},
  ): Promise<boolean> {
    if (!isLive(page) || page.state === state || (page.state === 'delivered' && state !== 'delivered')) return false;
    const now = this.clock.now();
    await work.query(
      { name: 'page-mark', text: 'UPDATE codegrey.pages SET state = $2, updated_at = $3 WHERE id = $1' },
      [page.id, state, now],
    );
    this.record(
      work,
      `page.${state}`,
      { ...page, state, updatedAt: now },
      await this.scopeOf(work, page.ticketId),
      system,
      details,
    );
    return true;
  }

  /** Owes pages beside those of the present step: somebody declined, helpers are asked, coordinators are told. */
  async owe(work: Work, ticket: TicketFacts, pages: PageToOwe[], purpose: PagePurpose, actor: Actor): Promise<void> {
    if (pages.length === 0) return;
    const rows = pages.map((page) => ({ ...page, id: newId() }));
    const now = this.clock.now();
    const records = rows.map(({ id, responderId, reasons }) => ({ id, responder_id: responderId, purpose, reasons }));
    await work.query(owePages, [ticket.id, JSON.stringify(records), ticket.dispatchStep, 1, now]);
    for (const row of rows)
      this.recordOwed(work, ticket, { ...row, purpose, step: ticket.dispatchStep, round: 1 }, actor, now);
  }

  /** Says in the journal that a page is owed; notification takes it from there. */
  recordOwed(
    work: Work,
    ticket: TicketFacts,
    page: PageToOwe & Pick<Page, 'id' | 'purpose' | 'step' | 'round'>,
    actor: Actor,
    now: Date,
  ): void {
    const owed: Page = {
      ...page,
      ticketId: ticket.id,
      state: 'owed',
      response: null,
      createdAt: now,
      updatedAt: now,
      acknowledgedAt: null,
    };
    this.record(work, 'page.owed', owed, named(ticket), actor);
  }

  /** Withdraws the live pages of a ticket, but for one person's. */
  async withdraw(
    work: Work,
    ticket: TicketFacts,
    exceptResponderId: string | null,
    purposes: PagePurpose[],
    actor: Actor,
  ): Promise<void> {
    const withdrawn = await work.query<Page & Record<string, unknown>>(withdrawPages, [
      ticket.id,
      exceptResponderId,
      purposes,
      this.clock.now(),
    ]);
    for (const page of withdrawn) this.record(work, 'page.withdrawn', page, named(ticket), actor);
  }

  /** Records one person's answer on their pages about a ticket. Answers whether there were any. */
  async answer(
    work: Work,
    ticket: TicketFacts,
    responderId: string,
    response: 'claimed' | 'declined' | 'joined',
    purposes: PagePurpose[],
    actor: Actor,
  ): Promise<boolean> {
    const values = [ticket.id, responderId, response, this.clock.now(), purposes];
    const answered = await work.query<Page & Record<string, unknown>>(answerPages, values);
    for (const page of answered) this.record(work, 'page.acknowledged', page, named(ticket), actor);
    return answered.length > 0;
  }

  private record(
    work: Work,
    type: string,
    page: Page,
    { reference, ...scope }: CaseScope & { reference: string },
    actor: Actor,
    details: Record<string, unknown> = {},
  ): void {
    work.record({
      type,
      subject: { type: 'page', id: page.id, reference },
      actor,
      scope,
      audience: 'desk',
      data: { ...presentPage(page), ...details },
    });
  }

  private async scopeOf(work: Work, ticketId: string): Promise<CaseScope & { reference: string }> {
    const text = `
      SELECT reference, id AS "ticketId", incident_id AS "incidentId", provider_id AS "providerId", country, tlp FROM codegrey.tickets WHERE id = $1`;
    const [scope] = await work.query<CaseScope & { reference: string } & Record<string, unknown>>(
      { name: 'page-scope', text },
      [ticketId],
    );
    if (!scope) throw new Error(`Page of a ticket that does not exist: ${ticketId}`);
    return scope;
  }
}

function named(ticket: TicketFacts): CaseScope & { reference: string } {
  return { ...scopeOfTicket(ticket), reference: ticket.reference };
}
