import { ApiProperty } from '@nestjs/swagger';
import { pagePurposes, pageStates, type PagePurpose, type PageState } from './domain/page-state.js';

/** One attempt on one channel. */
export class DeliveryDto {
  channel: string;
  attempt: number;
  state: string;
  at: string;
  @ApiProperty({ type: String, nullable: true })
  providerMessageId: string | null;
  /** Of several providers of a channel, the one that took it or failed last. */
  @ApiProperty({ type: String, nullable: true })
  provider: string | null;
  @ApiProperty({ type: String, nullable: true })
  error: string | null;
}

/** An answer that came in a reply: by SMS, by e-mail or by a key on the telephone. */
export class PageReplyDto {
  channel: string;
  /** claim, decline, call (for the number) or undo. */
  command: string;
  /** Whether anything came of it. */
  changed: boolean;
  at: string;
}

/** A page, with every attempt to deliver it and every reply. */
export class PageDto {
  id: string;
  ticketId: string;
  responderId: string;
  /** The step of the escalation, counted from 1. */
  step: number;
  /** How often the steps have been gone through, counted from 1; 0 for a page that belongs to no step. */
  round: number;
  @ApiProperty({ enum: pagePurposes })
  purpose: PagePurpose;
  @ApiProperty({ enum: pageStates })
  state: PageState;
  /** What the person answered. */
  @ApiProperty({ enum: ['claimed', 'declined', 'joined', 'confirmed'], nullable: true })
  response: string | null;
  /** Why this person. */
  reasons: string[];
  /** The bundle of a storm: its pages are sent to the person in one message. Null: it is sent by itself. */
  @ApiProperty({ type: String, nullable: true })
  bundleId: string | null;
  createdAt: string;
  @ApiProperty({ type: String, nullable: true })
  acknowledgedAt: string | null;
  deliveries: DeliveryDto[];
  /** The last 50. */
  replies: PageReplyDto[];
}

/** Something that went wrong while somebody was looked for. */
export class DispatchProblemDto {
  /** Nobody was on call by a schedule when the escalation came to it. */
  @ApiProperty({ enum: ['nobody-on-duty'] })
  kind: 'nobody-on-duty';
  /** The step of the escalation, counted from 1. */
  step: number;
  scheduleId: string;
  detail: string;
  at: string;
}

/** The pages of a ticket. */
export class PagesDto {
  items: PageDto[];
  /** What went wrong while somebody was looked for. */
  problems: DispatchProblemDto[];
}
