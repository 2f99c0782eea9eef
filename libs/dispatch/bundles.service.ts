import { Injectable, type OnModuleInit } from '@nestjs/common';
import { scopeOfTicket, type TicketFacts } from '../cases/index.js';
import { system } from '../identity/index.js';
import { Clock, newId, TimerHandlers, type FiredTimer, type Work } from '../platform/index.js';
import { gatherPages, lockSentPage, readBundle, readDuePages, releaseBundles } from './bundles.sql.js';
import { loadDispatchConfig } from './dispatch-config.js';
import { isLive } from './domain/page-state.js';
import type { Page, PageRow } from './page.js';

/** What happens when a bundle has gathered for its time: notification sends its pages in one message. */
export const bundleDue = 'page.bundle-due';

/** The kind of timer that releases a bundle. */
const bundleTimer = 'dispatch-bundle';

/** What is sent with a page. */
export interface Bundle {
  /** When it became owed to its reader. */
  releasedAt: Date;
  /** How many more tickets there are. */
  others: number;
  /** The most urgent of them, at most 100. */
  references: string[];
}

function canBeSent({ state }: Page): boolean {
  return isLive({ state }) || state === 'failed';
}

type DuePage = TicketFacts & { pageId: string; bundleId: string; responderId: string } & Record<string, unknown>;

/**
 * The pages of a storm, for each person in bundles: every ticket has its pages and its escalation of its own, and only the messages
 * are fewer. SEV1 is no part of it, and neither is the first page of a storm.
 */
@Injectable()
export class Bundles implements OnModuleInit {
  private readonly config = loadDispatchConfig().storm;

  constructor(
    private readonly timers: TimerHandlers,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.timers.add(bundleTimer, (work, timers) => this.release(work, timers));
  }

  /** The bundles with which pages to these people about a ticket are sent, by person; who is missing is paged at once. */
  async gather(work: Work, ticket: TicketFacts, responderIds: readonly string[]): Promise<Map<string, string>> {
    if (ticket.severityLevel === 'SEV1' || this.config.bundleUpToMs === 0 || responderIds.length === 0)
      return new Map();
    const people = responderIds.map((id) => ({ responder_id: id, bundle_id: newId() }));
    const gathering = await work.query<{ id: string; responderId: string; dueAt: Date; pages: number }>(gatherPages, [
      ticket.id,
      JSON.stringify(people),
      this.clock.now(),
      Math.min(this.config.bundleFromMs, this.config.bundleUpToMs),
    ]);
    const joined = gathering.filter(({ pages }) => pages > 0);
    // The first that joins arms the timer. Were the others to touch it, they and its firing could wait for each other.
    for (const { id, dueAt, pages } of joined) if (pages === 1) work.arm({ kind: bundleTimer, subjectId: id, dueAt });
    return new Map(joined.map(({ id, responderId }) => [responderId, id]));
  }

  /** The page that is sent for this one, locked. Null: none is, at this moment. */
  async lockSent(work: Work, pageId: string): Promise<Page | null> {
    for (;;) {
      const [page] = await work.query<PageRow>(lockSentPage, [pageId]);
      // Its ticket may have been claimed while it was waited for; then the rest of the bundle must not go with it.
      if (page?.bundleId == null || canBeSent(page)) return page ?? null;
    }
  }

  /** What is sent with a page; null: it is sent by itself. */
  async with(work: Work, { id, bundleId }: Page): Promise<Bundle | null> {
    if (bundleId === null) return null;
    const [bundle] = await work.query<Bundle & Record<string, unknown>>(readBundle, [bundleId, id]);
    return bundle ?? null;
  }

  private async release(work: Work, timers: FiredTimer[]): Promise<void> {
    const ids = timers.map(({ subjectId }) => subjectId);
    await work.query(releaseBundles, [ids, this.clock.now(), this.config.bundleUpToMs]);
    for (const { pageId, bundleId, responderId, ...ticket } of await work.query<DuePage>(readDuePages, [ids])) {
      work.record({
        type: bundleDue,
        subject: { type: 'page', id: pageId, reference: ticket.reference },
        actor: system,
        scope: scopeOfTicket(ticket),
        audience: 'desk',
        data: { id: pageId, bundleId, ticketId: ticket.id, responderId },
      });
    }
  }
}
