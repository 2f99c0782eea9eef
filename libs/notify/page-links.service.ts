import { Injectable } from '@nestjs/common';
import { Claims, Confirmations, Declines, Pages, type Page } from '../dispatch/index.js';
import { Clock, Database, UnitOfWork, type Statement, type Work } from '../platform/index.js';
import type { DeclinePageDto, PageLinkDto } from './page-link.dto.js';
import { tokenHash } from './page-link.js';
import { PageViews, type OpenedPage } from './page-views.service.js';
import { notifyProblems } from './problems.js';

/** The page of a link that has not expired. Index: the primary key. */
const findLink: Statement = {
  name: 'page-link-find',
  text: 'SELECT page_id AS "pageId" FROM codegrey.page_links WHERE token_hash = $1 AND expires_at > $2',
};

/** What people do by the link in a page. The link is all they need: it stands for the responder it was sent to, for this page only. */
@Injectable()
export class PageLinks {
  constructor(
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
    private readonly pages: Pages,
    private readonly views: PageViews,
    private readonly claims: Claims,
    private readonly declines: Declines,
    private readonly confirmations: Confirmations,
    private readonly clock: Clock,
  ) {}

  /** What the link shows at this moment. Reading it changes nothing. Throws 404 when it is unknown or expired. */
  async open(token: string): Promise<OpenedPage> {
    const { id } = await this.pageOf(token);
    const opened = await this.views.of(id);
    if (!opened) throw notifyProblems.pageLinkUnknown();
    return opened;
  }

  /** Claims the ticket, or joins its response, as the page's responder. */
  claim(token: string): Promise<OpenedPage> {
    return this.act(token, (work, page) => this.claims.claimByPage(work, page));
  }

  /** Says that the responder cannot help: the next one is paged at once. */
  decline(token: string, { reason, note }: DeclinePageDto): Promise<OpenedPage> {
    return this.act(token, (work, page) => this.declines.declineByPage(work, page, reason, note));
  }

  /** Says that the responder is there: still on the ticket, or has read the page. */
  confirm(token: string): Promise<OpenedPage> {
    return this.act(token, (work, page) => this.confirmations.confirmByPage(work, page));
  }

  /** Takes back a claim by this link, within 60 s. */
  undo(token: string): Promise<OpenedPage> {
    return this.act(token, (work, page) => this.claims.undoClaimByPage(work, page));
  }

  private async act(token: string, decide: (work: Work, page: Page) => Promise<unknown>): Promise<OpenedPage> {
    const page = await this.pageOf(token);
    await this.unitOfWork.run((work) => decide(work, page));
    return this.open(token);
  }

  private async pageOf(token: string): Promise<Page> {
    const hash = tokenHash(token);
    const [link] = hash ? await this.database.query<{ pageId: string }>(findLink, [hash, this.clock.now()]) : [];
    const page = link ? await this.pages.find(link.pageId) : null;
    if (!page) throw notifyProblems.pageLinkUnknown();
    return page;
  }
}

/** What a link may say to a program. */
export function presentPageLink({ page, ticket, view }: OpenedPage): PageLinkDto {
  return {
    id: ticket.id,
    reference: view.reference,
    state: ticket.state,
    severity: { level: view.severity },
    exercise: view.exercise,
    summary: view.summary,
    claimedBy: ticket.claimedBy,
    pageId: page.id,
    pageState: page.state,
    response: page.response,
    standing: view.standing,
    actions: view.actions,
    undoUntil: view.undoUntil?.toISOString() ?? null,
  };
}
