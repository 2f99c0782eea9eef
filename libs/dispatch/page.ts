import type { PagePurpose, PageState } from './domain/page-state.js';
import type { DeliveryDto, PageDto } from './page.dto.js';

/** What somebody answered to a page. */
export type PageResponse = 'claimed' | 'declined' | 'joined' | 'confirmed';

/** The duty to reach one person about one ticket. */
export interface Page {
  id: string;
  ticketId: string;
  responderId: string;
  purpose: PagePurpose;
  /** The step of the escalation, from 1. */
  step: number;
  /** The round of the escalation, from 1; 0 for a page that belongs to no step. */
  round: number;
  state: PageState;
  response: PageResponse | null;
  reasons: string[];
  /** The bundle of a storm that it is sent with; null: it is sent by itself. */
  bundleId: string | null;
  createdAt: Date;
  updatedAt: Date;
  acknowledgedAt: Date | null;
}

/** A page as a query answers it. */
export type PageRow = Page & Record<string, unknown>;

/** The columns of `codegrey.pages AS page` under the names of `Page`. */
export const pageColumns = `page.id, page.ticket_id AS "ticketId", page.responder_id AS "responderId", page.purpose, page.step, page.round,
  page.state, page.response, page.reasons, page.bundle_id AS "bundleId", page.created_at AS "createdAt", page.updated_at AS "updatedAt", page.acknowledged_at AS "acknowledgedAt"`;

/** A page as the API shows it. */
export function presentPage(page: Page, deliveries: DeliveryDto[] = []): PageDto {
  return {
    id: page.id,
    ticketId: page.ticketId,
    responderId: page.responderId,
    step: page.step,
    round: page.round,
    purpose: page.purpose,
    state: page.state,
    response: page.response,
    reasons: page.reasons,
    bundleId: page.bundleId,
    createdAt: page.createdAt.toISOString(),
    acknowledgedAt: page.acknowledgedAt?.toISOString() ?? null,
    deliveries,
  };
}

/** What the channels record of their attempts. Notification provides it; without notification nothing has been attempted. */
export abstract class DeliveryRecords {
  abstract ofPages(pageIds: string[]): Promise<Map<string, DeliveryDto[]>>;
}
