import { ApiProperty } from '@nestjs/swagger';

export const pageStates = ['owed', 'sent', 'delivered', 'failed', 'acknowledged', 'withdrawn'] as const;
export const pagePurposes = ['claim', 'reinforce', 'notice'] as const;

export type PageState = (typeof pageStates)[number];

/** Why somebody is reached: to claim the ticket, to help its holder, or only to be told. */
export type PagePurpose = (typeof pagePurposes)[number];

/** The duty to reach one person about one ticket. */
export interface Page {
  id: string;
  ticketId: string;
  responderId: string;
  purpose: PagePurpose;
  step: number;
  round: number;
  state: PageState;
  response: 'claimed' | 'declined' | 'joined' | null;
  reasons: string[];
  createdAt: Date;
  updatedAt: Date;
  acknowledgedAt: Date | null;
}

/** Whether somebody is still to be reached by it. */
export function isLive({ state }: Pick<Page, 'state'>): boolean {
  return state === 'owed' || state === 'sent' || state === 'delivered';
}

/** The columns of `codegrey.pages AS page` under the names of `Page`. */
export const pageColumns = `page.id, page.ticket_id AS "ticketId", page.responder_id AS "responderId", page.purpose, page.step, page.round,
  page.state, page.response, page.reasons, page.created_at AS "createdAt", page.updated_at AS "updatedAt", page.acknowledged_at AS "acknowledgedAt"`;

/** One attempt on one channel. */
export class DeliveryDto {
  channel: string;
  attempt: number;
  state: string;
  at: string;
  @ApiProperty({ type: String, nullable: true })
  providerMessageId: string | null;
  @ApiProperty({ type: String, nullable: true })
  error: string | null;
}

/** A page, with every attempt to deliver it. */
export class PageDto {
  id: string;
  ticketId: string;
  responderId: string;
  step: number;
  round: number;
  @ApiProperty({ enum: pagePurposes })
  purpose: PagePurpose;
  @ApiProperty({ enum: pageStates })
  state: PageState;
  /** What the person answered. */
  @ApiProperty({ type: String, nullable: true })
  response: string | null;
  /** Why this person. */
  reasons: string[];
  createdAt: string;
  @ApiProperty({ type: String, nullable: true })
  acknowledgedAt: string | null;
  deliveries: DeliveryDto[];
}

/** The pages of a ticket. */
export class PagesDto {
  items: PageDto[];
}

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
    createdAt: page.createdAt.toISOString(),
    acknowledgedAt: page.acknowledgedAt?.toISOString() ?? null,
    deliveries,
  };
}

/** What the channels record of their attempts. Notification provides it; without notification nothing has been attempted. */
export abstract class DeliveryRecords {
  abstract ofPages(pageIds: string[]): Promise<Map<string, DeliveryDto[]>>;
}
