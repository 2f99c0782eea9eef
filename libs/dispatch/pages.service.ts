import { Injectable, Optional } from '@nestjs/common';
import { scopeOfTicket, TicketReader, type TicketFacts } from '../cases/index.js';
import { system, type Viewer } from '../identity/index.js';
import { Clock, Database, newId, type Actor, type CaseScope, type Statement, type Work } from '../platform/index.js';
import { DutyGaps } from './duty-gaps.service.js';
import { nightOf, Roster, wallShown } from '../roster/index.js';
import { markBundle } from './bundles.sql.js';
import { Bundles } from './bundles.service.js';
import { owePages } from './dispatch.sql.js';
import { stateAfter, stateSaidBy, statesBefore, type PagePurpose, type PageReceipt } from './domain/page-state.js';
import type { PageToOwe } from './domain/paging.js';
import type { PagesDto } from './page.dto.js';
import { DeliveryRecords, presentPage, type Page, type PageResponse, type PageRow } from './page.js';
import {
  answerPages,
  findPage,
  findUnanswered,
  listPages,
  lockPage,
  markPage,
  scopeOfPage,
  settlePages,
  withdrawPages,
} from './pages.sql.js';

/** The round of a page that belongs to no step of the escalation. */
const besideTheSteps = 0;

/** A page that was answered, and whether its reader was still being reached by it. */
export type AnsweredPage = Page & { wasLive: boolean };

/** Which of the live pages of a ticket are withdrawn. */
export interface Withdrawal {
  purposes: PagePurpose[];
  /** This person's only. */
  only?: string;
}

type NamedScope = CaseScope & { reference: string };

/** The duties to reach people. */
@Injectable()
export class Pages {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly tickets: TicketReader,
    private readonly dutyGaps: DutyGaps,
    private readonly roster: Roster,
    private readonly bundles: Bundles,
    @Optional() private readonly records?: DeliveryRecords,
  ) {}

  /** The page, locked until the transaction ends. Null when there is none. */
  async lock(work: Work, pageId: string): Promise<Page | null> {
    const [page] = await work.query<PageRow>(lockPage, [pageId]);
    return page ?? null;
  }

  /** The page as it is now. Null when there is none. */
  async find(pageId: string): Promise<Page | null> {
    const [page] = await this.database.query<PageRow>(findPage, [pageId]);
    return page ?? null;
  }

  /** Whether somebody has been paged about the ticket for this purpose and has not answered. */
  async isAsked(
    ticketId: string,
    responderId: string,
    purpose: PagePurpose,
    within: Pick<Work, 'query'> = this.database,
  ): Promise<boolean> {
    return (await within.query(findUnanswered, [ticketId, responderId, purpose])).length > 0;
  }

  /** The pages of a ticket with every attempt and reply, oldest first. Throws 404 when the viewer may not see the ticket. */
  async ofTicket(viewer: Viewer, idOrReference: string): Promise<PagesDto> {
    const ticket = await this.tickets.find(viewer, idOrReference);
    const pages = await this.database.query<PageRow>(listPages, [ticket.id]);
    const ids = pages.map(({ id }) => id);
    const [deliveries, replies] = await Promise.all([this.records?.ofPages(ids), this.records?.repliesTo(ids)]);
    const items = pages.map((page) => presentPage(page, deliveries?.get(page.id), replies?.get(page.id)));
    return { items, problems: await this.dutyGaps.ofTicket(ticket.id) };
  }

  /**
   * Records what became of a page. Receipts may come twice and in any order: the one that says the most stands, and a page
   * that was answered or withdrawn stays so. Answers whether anything changed.
   */
  async mark(work: Work, page: Page, receipt: PageReceipt, details: Record<string, unknown> = {}): Promise<boolean> {
    const state = stateAfter(page.state, receipt);
    if (state === page.state) return false;
    const now = this.clock.now();
    await work.query(markPage, [page.id, state, now]);
    const [scope] = await work.query<NamedScope & Record<string, unknown>>(scopeOfPage, [page.ticketId]);
    if (!scope) throw new Error(`Page of a ticket that does not exist: ${page.ticketId}`);
    this.record(work, `page.${state}`, { ...page, state, updatedAt: now }, scope, system, details);
    return true;
  }

  /** Gives the other pages of a page's bundle what its receipt says, since one message told of them all. */
  async markBundle(work: Work, page: Page, receipt: PageReceipt): Promise<void> {
    if (page.bundleId === null) return;
    const state = stateSaidBy(receipt);
    const values = [page.bundleId, page.id, state, statesBefore(receipt), this.clock.now()];
    const marked = await work.query<Page & { scope: NamedScope } & Record<string, unknown>>(markBundle, values);
    for (const { scope, ...other } of marked) this.record(work, `page.${state}`, other, scope, system);
  }

  /** Owes pages that belong to no step of the escalation: helpers are asked, somebody is told. */
  owe(work: Work, ticket: TicketFacts, pages: PageToOwe[], purpose: PagePurpose, actor: Actor): Promise<void> {
    const position = { step: ticket.dispatchStep, round: besideTheSteps };
    const addressed = pages.map((page) => ({ ...page, purpose }));
    return this.write(work, ticket, addressed, position, actor, { statement: owePages, values: [] });
  }

  /**
   * Owes pages by a statement that takes ticket, pages, step, round and now before values of its own, and answers the pages
   * that gave way. Notification hears of each.
   */
  async write(
    work: Work,
    ticket: TicketFacts,
    pages: (PageToOwe & Pick<Page, 'purpose'>)[],
    { step, round }: Pick<Page, 'step' | 'round'>,
    actor: Actor,
    by: { statement: Statement; values: unknown[] },
  ): Promise<void> {
    const now = this.clock.now();
    const nights = await this.nightsOf(work, pages, now);
    // Whoever was asked for by a person is waited for by that person.
    const inStorm = pages.filter(({ purpose }) => purpose !== 'reinforce').map(({ responderId }) => responderId);
    const bundles = await this.bundles.gather(work, ticket, inStorm);
    const owed = pages.map((page): Page => ({
      ...newPage,
      ...page,
      id: newId(),
      ticketId: ticket.id,
      step,
      round,
      bundleId: bundles.get(page.responderId) ?? null,
      createdAt: now,
      updatedAt: now,
    }));
    const rows = owed.map(({ id, responderId, purpose, reasons, bundleId }) => ({
      id,
      responder_id: responderId,
      purpose,
      reasons,
      bundle_id: bundleId,
      night: nights.get(responderId) ?? null,
    }));
    const values = [ticket.id, JSON.stringify(rows), step, round, now, ...by.values];
    const superseded = await work.query<PageRow>(by.statement, values);
    this.recordAll(work, 'page.withdrawn', superseded, ticket, actor);
    this.recordAll(work, 'page.owed', owed, ticket, actor);
  }

  /** Withdraws live pages of a ticket. */
  async withdraw(work: Work, ticket: TicketFacts, { purposes, only }: Withdrawal, actor: Actor): Promise<void> {
    const values = [ticket.id, purposes, only ?? null, this.clock.now()];
    this.recordAll(work, 'page.withdrawn', await work.query<PageRow>(withdrawPages, values), ticket, actor);
  }

  /** Records one person's answer on their pages about a ticket. Answers those pages. */
  async answer(
    work: Work,
    ticket: TicketFacts,
    responderId: string,
    response: PageResponse,
    purposes: PagePurpose[],
    actor: Actor,
  ): Promise<AnsweredPage[]> {
    const values = [ticket.id, responderId, response, this.clock.now(), purposes];
    const answered = await work.query<AnsweredPage & Record<string, unknown>>(answerPages, values);
    this.recordAll(work, 'page.acknowledged', answered, ticket, actor);
    return answered;
  }

  /** Answers the pages of whoever claims the ticket, withdraws those of everybody else, and lets them into the case. */
  async settle(work: Work, ticket: TicketFacts, holderId: string, actor: Actor): Promise<void> {
    const settled = await work.query<PageRow>(settlePages, [ticket.id, holderId, this.clock.now()]);
    const of = (state: Page['state']) => settled.filter((page) => page.state === state);
    this.recordAll(work, 'page.acknowledged', of('acknowledged'), ticket, actor);
    this.recordAll(work, 'page.withdrawn', of('withdrawn'), ticket, actor);
  }

  /** In which night each of these people is paged now, where it is night for them. */
  private async nightsOf(work: Work, pages: readonly PageToOwe[], now: Date): Promise<Map<string, number>> {
    const members = new Map((await this.roster.activeResponders(work)).map(({ id, timeZone }) => [id, timeZone]));
    const nights = new Map<string, number | null>();
    for (const timeZone of new Set(pages.map(({ responderId }) => members.get(responderId) ?? 'UTC')))
      nights.set(timeZone, nightOf(this.roster.matching.night, wallShown(timeZone, now.getTime())));
    return new Map(
      pages.flatMap(({ responderId }) => {
        const night = nights.get(members.get(responderId) ?? 'UTC') ?? null;
        return night === null ? [] : [[responderId, night]];
      }),
    );
  }

  private recordAll(work: Work, type: string, pages: readonly Page[], ticket: TicketFacts, actor: Actor): void {
    const scope = { ...scopeOfTicket(ticket), reference: ticket.reference };
    for (const page of pages) this.record(work, type, page, scope, actor);
  }

  private record(
    work: Work,
    type: string,
    page: Page,
    { reference, ...scope }: NamedScope,
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
}

const newPage = { state: 'owed', response: null, acknowledgedAt: null } as const;
