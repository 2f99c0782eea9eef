import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional, MaxLength } from 'class-validator';
import { declineReasons } from '../dispatch/index.js';
import { IsPlainText } from '../platform/index.js';

const levels = ['SEV1', 'SEV2', 'SEV3', 'SEV4'] as const;

/** Why the responder cannot help. */
export class DeclinePageDto {
  @ApiProperty({ enum: declineReasons })
  @IsIn(declineReasons)
  reason: (typeof declineReasons)[number];

  @IsOptional()
  @IsPlainText()
  @MaxLength(2_000)
  note?: string;
}

/** The severity of a ticket, as a link shows it. */
export class PageLinkSeverityDto {
  @ApiProperty({ enum: levels })
  level: (typeof levels)[number];
}

/** What a page link may say of its ticket and page: no more than the message that carried it. */
export class PageLinkDto {
  /** The id of the ticket. */
  id: string;
  reference: string;
  state: string;
  severity: PageLinkSeverityDto;
  exercise: boolean;
  /** Null where the label does not let it leave the desk. */
  @ApiProperty({ type: String, nullable: true })
  summary: string | null;
  /** The responder who holds the ticket. */
  @ApiProperty({ type: String, nullable: true })
  claimedBy: string | null;
  pageId: string;
  pageState: string;
  /** claimed, declined or joined; null: no answer yet. */
  @ApiProperty({ type: String, nullable: true })
  response: string | null;
  /** How it stands, as a sentence to the responder. */
  standing: string;
  /** What the link can do at this moment: claim, join, decline, undo. */
  actions: string[];
  /** Until when a claim by this link can be taken back. */
  @ApiProperty({ type: String, nullable: true })
  undoUntil: string | null;
}
