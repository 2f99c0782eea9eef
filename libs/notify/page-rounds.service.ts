import { Injectable } from '@nestjs/common';
import { ticketColumns, type TicketFacts } from '../cases/index.js';
import { Pages, type Page } from '../dispatch/index.js';
import { system } from '../identity/index.js';
import { Clock, newId, type Statement, type Work } from '../platform/index.js';
import { scopeOfTicket } from '../cases/index.js';
import {
  notificationRules,
  pageAttempts,
  verifiedMethods,
  type NotificationRuleRow,
  type PageAttemptRow,
  type VerifiedMethod,
  type VerifiedMethodRow,
} from './contact-methods.sql.js';
import { finishDeliveries, insertDeliveries, type Delivery, type DeliveryResult } from './delivery.js';
import { planDeliveries, type NotificationPlan, type PageAttempt, type PlanFacts } from './domain/notification-plan.js';
import { insertPageLinks, newPageLink, type PageLink } from './page-link.js';

/** The kind of timer that looks at a page again: the next method's turn, or a second attempt. */
export const followUpTimer = 'notify-follow-up';

/** The event by which a page is looked at again. */
export const followUpDue = 'page.follow-up-due';

/** A message of a round: the attempt is written down, and nothing is sent yet. */
export interface RoundMessage {
  delivery: Delivery;
  method: VerifiedMethod;
  link: PageLink;
}

/** What is to be sent about a page at one moment. */
export interface Round {
  page: Page;
  ticket: TicketFacts;
  messages: RoundMessage[];
}

/** The ticket of a page. Index: the primary key. */
const ticketOfPage: Statement = {
  name: 'notify-ticket',
  text: `SELECT ${ticketColumns} FROM codegrey.tickets AS ticket WHERE ticket.id = $1`,
};

interface Situation {
  ticket: TicketFacts;
  methods: VerifiedMethod[];
  attempts: PageAttempt[];
  plan: NotificationPlan;
}

/** The rounds in which a page is sent: what is decided and written down before and after each, inside transactions. */
@Injectable()
export class PageRounds {
  constructor(
    private readonly pages: Pages,
    private readonly clock: Clock,
  ) {}

  /**
   * Writes down the attempts that are to be made now, so that nobody else makes them too. Null: there is nothing to send at this
   * moment, and what follows from that is written.
   */
  async begin(work: Work, pageId: string): Promise<Round | null> {
    const page = await this.pages.lock(work, pageId);
    if (!page || !isLive(page)) return null;
    const situation = await this.assess(work, page);
    if (situation === null) return null;
    const { ticket, methods, attempts, plan } = situation;
    const chosen = methods.filter(({ id }) => plan.sendNow.includes(id));
    if (chosen.length === 0) {
      await this.follow(work, page, situation);
      return null;
    }
    const now = this.clock.now();
    const messages = chosen.map((method): RoundMessage => {
      const before = attempts.filter(({ contactMethodId }) => contactMethodId === method.id).length;
      const delivery = newDelivery(page, method, before + 1, now);
      return { delivery, method, link: newPageLink(page.id, delivery.id) };
    });
    await insertDeliveries(work, messages.map(({ delivery }) => delivery));
    await insertPageLinks(work, messages.map(({ link }) => link), now);
    return { page, ticket, messages };
  }

  /** Writes down what came of a round, and what follows from it. */
  async end(work: Work, pageId: string, results: readonly DeliveryResult[]): Promise<void> {
    const page = await this.pages.lock(work, pageId);
    await finishDeliveries(work, results, this.clock.now());
    if (!page || !isLive(page)) return;
    const situation = await this.assess(work, page);
    if (situation) await this.follow(work, page, situation);
  }

  /** Says how it stands with the page, and when it is to be looked at again. */
  private async follow(work: Work, page: Page, { ticket, attempts, plan }: Situation): Promise<void> {
    if (plan.sendNow.length > 0) recordFollowUp(work, page, ticket);
    else if (plan.nextAt) work.arm({ kind: followUpTimer, subjectId: page.id, dueAt: plan.nextAt });
    const state = reached(attempts) ?? (plan.exhausted ? 'failed' : null);
    if (state !== null && isAhead(state, page.state)) await this.pages.mark(work, page, state);
  }

  private async assess(work: Work, page: Page): Promise<Situation | null> {
    const [ticket] = await work.query<TicketFacts & Record<string, unknown>>(ticketOfPage, [page.ticketId]);
    if (!ticket) return null;
    const methods = await work.query<VerifiedMethodRow>(verifiedMethods, [page.responderId]);
    const rules = await work.query<NotificationRuleRow>(notificationRules, [page.responderId]);
    const attempts = await work.query<PageAttemptRow>(pageAttempts, [page.id]);
    const facts: PlanFacts = { severity: ticket.severityLevel, owedAt: page.createdAt, methods, rules, attempts };
    return { ticket, methods, attempts, plan: planDeliveries(facts, this.clock.now()) };
  }
}

/** Says that a page is to be looked at again, now. */
export function recordFollowUp(work: Work, page: Pick<Page, 'id' | 'responderId'>, ticket: TicketFacts): void {
  work.record({
    type: followUpDue,
    subject: { type: 'page', id: page.id, reference: ticket.reference },
    actor: system,
    scope: scopeOfTicket(ticket),
    audience: 'desk',
    data: { id: page.id, ticketId: ticket.id, responderId: page.responderId },
  });
}
