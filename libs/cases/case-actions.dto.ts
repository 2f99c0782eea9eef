import { ApiProperty } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsOptional, IsUUID, MaxLength } from 'class-validator';
import { IsPlainText } from '../platform/index.js';
import { SEVERITY_LEVELS, type SeverityLevel } from './domain/severity.js';
import { TLP_LABELS, type Tlp } from './domain/ticket.js';

const noteLength = 5_000;

/** First contact with the provider was made. */
export class RespondDto {
  /** How: telephone, e-mail, in person. */
  @IsOptional()
  @IsPlainText()
  @MaxLength(100)
  channel?: string;

  @IsOptional()
  @IsPlainText()
  @MaxLength(noteLength)
  note?: string;

  /** Whether a number verified in peacetime was called back. Before that, nothing confidential is said. */
  @IsOptional()
  @IsBoolean()
  callbackVerified?: boolean;
}

/** Somebody overrides the rating; both stay on record. */
export class RateSeverityDto {
  @ApiProperty({ enum: SEVERITY_LEVELS })
  @IsIn(SEVERITY_LEVELS)
  level: SeverityLevel;

  @IsPlainText()
  @MaxLength(noteLength)
  reason: string;
}

/** A message to the provider. */
export class PostUpdateDto {
  @IsPlainText()
  @MaxLength(20_000)
  text: string;

  /** Left out: the ticket's own label. */
  @ApiProperty({ enum: TLP_LABELS })
  @IsOptional()
  @IsIn(TLP_LABELS)
  tlp?: Tlp;
}

/** How a ticket ended. */
export class ResolveDto {
  @IsOptional()
  @IsPlainText()
  @MaxLength(noteLength)
  note?: string;
}

/** Why it is done. */
export class ReasonDto {
  @IsPlainText()
  @MaxLength(noteLength)
  reason: string;
}

/** Which ticket the report belongs to. */
export class MergeDto {
  /** The ticket that goes on. */
  @IsUUID()
  into: string;
}

/** Who did it. */
export class ActorDto {
  type: string;
  @ApiProperty({ type: String, nullable: true })
  id: string | null;
}

/** A message that was sent to the provider. */
export class ProviderUpdateDto {
  id: string;
  ticketId: string;
  text: string;
  @ApiProperty({ enum: TLP_LABELS })
  tlp: Tlp;
  author: ActorDto;
  createdAt: string;
}

/** What a timeline entry is about. */
export class TimelineSubjectDto {
  type: string;
  id: string;
  @ApiProperty({ type: String, nullable: true })
  reference: string | null;
}

/** One thing that happened to a case. */
export class TimelineEntryDto {
  id: string;
  at: string;
  type: string;
  actor: ActorDto;
  subject: TimelineSubjectDto;
  /** What changed, from what to what. */
  @ApiProperty({ type: 'object', additionalProperties: true, nullable: true })
  changes: Record<string, unknown> | null;
  /** What was said with it: a note, a reason, the text of an update. */
  @ApiProperty({ type: String, nullable: true })
  note: string | null;
}

/** A page of the timeline. */
export class TimelinePageDto {
  items: TimelineEntryDto[];
  @ApiProperty({ type: String, nullable: true })
  nextCursor: string | null;
}
