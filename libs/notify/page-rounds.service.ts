import { Injectable } from '@nestjs/common';
import { scopeOfTicket, ticketColumns, type TicketFacts } from '../cases/index.js';
import { Bundles, isLive, Pages, type Bundle, type Page } from '../dispatch/index.js';
import { system } from '../identity/index.js';
import { Clock, newId, type Statement, type Work } from '../platform/index.js';
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
import { pageFollowUpDue } from './notify-events.js';
import { insertPageLinks, newPageLink, type PageLink } from './page-link.js';

/** The kind of timer that looks at a page again: the next method's turn, or a second attempt. */
export const followUpTimer = 'notify-follow-up';

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
  /** The responder's IANA time zone. */
  timeZone: string;
  /** When the page became owed to its reader. */
  owedAt: Date;
  /** What else the messages tell of; null: nothing. */
  bundle: Bundle | null;
  messages: RoundMessage[];
}

/** The ticket of a page, and where its reader's clock goes. Index: the primary keys. */
const ticketOfPage: Statement = {
  name: 'notify-ticket',
  text: `
    SELECT coalesce((SELECT time_zone FROM codegrey.responders WHERE id = $2), 'UTC') AS "timeZone", ${ticketColumns}
    FROM codegrey.tickets AS ticket WHERE ticket.id = $1`,
};

type TicketOfPage = TicketFacts & { timeZone: string } & Record<string, unknown>;

/** Whether the responder has another page about the same that is under way. Index: the one on the live pages of a ticket. */
const hasOtherPage: Statement = {
  name: 'notify-other-page',
  text: `
    SELECT true AS found FROM codegrey.pages
    WHERE ticket_id = $1 AND responder_id = $2 AND purpose = $3 AND id <> $4 AND state IN ('owed', 'sent', 'delivered')`,
};

interface Situation {
  page: Page;
  ticket: TicketFacts;
  timeZone: string;
  owedAt: Date;
  bundle: Bundle | null;
  methods: VerifiedMethod[];
  attempts: PageAttempt[];
  plan: NotificationPlan;
}

/** The rounds in which a page is sent: what is decided and written down before and after each, inside transactions. */
@Injectable()
export class PageRounds {
  constructor(
    private readonly pages: Pages,
    private readonly bundles: Bundles,
    private readonly clock: Clock,
  ) {}

  /**
   * Writes down the attempts that are to be made now, so that nobody else makes them too. Null: there is nothing to send at this
   * moment, and what follows from that is written.
   */
  async begin(work: Work, pageId: string): Promise<Round | null> {
    const situation = await this.assess(work, await this.bundles.lockSent(work, pageId));
    if (situation === null) return null;
    const { page, ticket, timeZone, owedAt, bundle, methods, attempts, plan } = situation;
    const chosen = methods.filter(({ id }) => plan.sendNow.includes(id));
    if (chosen.length === 0) {
      await this.follow(work, situation);
      return null;
    }
    const now = this.clock.now();
    const messages = chosen.map((method): RoundMessage => {
      const before = attempts.filter(({ contactMethodId }) => contactMethodId === method.id).length;
      const delivery = newDelivery(page, method, before + 1, now);
      return { delivery, method, link: newPageLink(page.id, delivery.id) };
    });
    await insertDeliveries(
      work,
      messages.map(({ delivery }) => delivery),
    );
    await insertPageLinks(
      work,
      messages.map(({ link }) => link),
      now,
    );
    return { page, ticket, timeZone, owedAt, bundle, messages };
  }

  /** Writes down what came of a round, and what follows from it. */
  async end(work: Work, pageId: string, results: readonly DeliveryResult[]): Promise<void> {
    const page = await this.bundles.lockSent(work, pageId);
    await finishDeliveries(work, results, this.clock.now());
    const situation = await this.assess(work, page);
    if (situation) await this.follow(work, situation);
  }

  /** Says how it stands with the page, and when it is to be looked at again. */
  private async follow(work: Work, { page, ticket, attempts, plan }: Situation): Promise<void> {
    if (plan.sendNow.length > 0) recordFollowUp(work, page, ticket);
    else if (plan.nextAt) work.arm({ kind: followUpTimer, subjectId: page.id, dueAt: plan.nextAt });
    else work.disarm(followUpTimer, page.id);
    const state = reached(attempts) ?? (plan.exhausted ? 'failed' : null);
    if (state === null) return;
    if (isAhead(state, page.state)) await this.pages.mark(work, page, state);
    await this.pages.markBundle(work, page, state);
  }

  /** How it stands with a page; null when it is not to be sent any more. */
  private async assess(work: Work, page: Page | null): Promise<Situation | null> {
    if (!page) return null;
    const [found] = await work.query<TicketOfPage>(ticketOfPage, [page.ticketId, page.responderId]);
    if (!found) return null;
    const { timeZone, ...ticket } = found;
    if (!(isLive(page) || (await mayRecover(work, page, ticket)))) return null;
    const methods = await work.query<VerifiedMethodRow>(verifiedMethods, [page.responderId]);
    const rules = await work.query<NotificationRuleRow>(notificationRules, [page.responderId]);
    const attempts = await work.query<PageAttemptRow>(pageAttempts, [page.id]);
    const bundle = await this.bundles.with(work, page);
    const owedAt = bundle?.releasedAt ?? page.createdAt;
    const facts: PlanFacts = { severity: ticket.severityLevel, owedAt, methods, rules, attempts };
    return { page, ticket, timeZone, owedAt, bundle, methods, attempts, plan: planDeliveries(facts, this.clock.now()) };
  }
}

/**
 * Whether a page that failed may still be sent. The desk has gone on to somebody else; but as long as the ticket needs people, a
 * failure that passes (a mail server that asks to come back later) must not leave its only reader in the dark.
 */
async function mayRecover(work: Work, page: Page, ticket: TicketFacts): Promise<boolean> {
  if (page.state !== 'failed' || page.response !== null || !needsPeople(page, ticket)) return false;
  const [other] = await work.query<{ found: boolean }>(hasOtherPage, [
    page.ticketId,
    page.responderId,
    page.purpose,
    page.id,
  ]);
  return other === undefined;
}

function needsPeople({ purpose }: Page, { state }: TicketFacts): boolean {
  if (purpose === 'claim') return state === 'open';
  return purpose === 'reinforce' ? state === 'claimed' : state === 'open' || state === 'claimed';
}

const order: readonly Page['state'][] = ['owed', 'failed', 'sent', 'delivered'];

/** Whether it would be news that the page is in this state. */
function isAhead(state: Page['state'], present: Page['state']): boolean {
  return order.indexOf(state) > order.indexOf(present);
}

/** How far the page has come by any method, be it one that was removed since. */
function reached(attempts: readonly PageAttempt[]): 'delivered' | 'sent' | null {
  if (attempts.some(({ state }) => state === 'delivered')) return 'delivered';
  return attempts.some(({ state }) => state === 'sent') ? 'sent' : null;
}

function newDelivery(page: Page, method: VerifiedMethod, attempt: number, at: Date): Delivery {
  return {
    id: newId(),
    pageId: page.id,
    providerUpdateId: null,
    personalNoticeId: null,
    contactMethodId: method.id,
    responderId: page.responderId,
    ticketId: page.ticketId,
    channel: method.channel,
    address: null,
    attempt,
    state: 'sending',
    permanent: false,
    at,
    providerMessageId: null,
    error: null,
  };
}

/** Says that a page is to be looked at again, now. */
export function recordFollowUp(work: Work, page: Pick<Page, 'id' | 'responderId'>, ticket: TicketFacts): void {
  work.record({
    type: pageFollowUpDue,
    subject: { type: 'page', id: page.id, reference: ticket.reference },
    actor: system,
    scope: scopeOfTicket(ticket),
    audience: 'desk',
    data: { id: page.id, ticketId: ticket.id, responderId: page.responderId },
  });
}
