import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, IsOptional, IsUUID, MaxLength } from 'class-validator';
import { IsInstant, IsPlainText, PageQuery, Repeatable } from '../platform/index.js';
import type { FaultKind } from './domain/verification.js';

const faultKinds: FaultKind[] = ['altered', 'missing-entry', 'missing-seal', 'broken-link', 'truncated'];

/** Which entries to list. A repeated parameter means any of its values. */
export class AuditQuery extends PageQuery {
  /** What happened: `ticket.claimed`. */
  @IsOptional()
  @Repeatable()
  @ArrayMaxSize(50)
  @IsPlainText({ each: true })
  @MaxLength(100, { each: true })
  type?: string[];

  /** Who did it. */
  @IsOptional()
  @Repeatable()
  @ArrayMaxSize(50)
  @IsUUID('all', { each: true })
  actorId?: string[];

  /** What it was done to. */
  @IsOptional()
  @Repeatable()
  @ArrayMaxSize(50)
  @IsUUID('all', { each: true })
  subjectId?: string[];

  @IsOptional()
  @Repeatable()
  @ArrayMaxSize(50)
  @IsUUID('all', { each: true })
  ticketId?: string[];

  /** At this time or later. */
  @IsOptional()
  @IsInstant()
  from?: string;

  /** Before this time. */
  @IsOptional()
  @IsInstant()
  to?: string;
}

/** Who did it; `id` is null for the desk itself. */
export class AuditActorDto {
  type: string;
  @ApiProperty({ type: String, nullable: true })
  id: string | null;
}

/** What it was done to. */
export class AuditSubjectDto {
  type: string;
  id: string;
  @ApiProperty({ type: String, nullable: true })
  reference: string | null;
}

/** Who did what, when, to what, from what to what. */
export class AuditEntryDto {
  id: string;
  at: string;
  type: string;
  actor: AuditActorDto;
  subject: AuditSubjectDto;
  /** Each member that changed, as `{ from, to }`. */
  @ApiProperty({ type: 'object', additionalProperties: true, nullable: true })
  changes: Record<string, unknown> | null;
  /** The number of its seal in the chain; null for the moment until it is sealed. */
  @ApiProperty({ type: Number, nullable: true })
  sealed: number | null;
}

/** A page of the audit trail. */
export class AuditPageDto {
  items: AuditEntryDto[];
  @ApiProperty({ type: String, nullable: true })
  nextCursor: string | null;
}

/** The last seal of the chain. */
export class ChainHeadDto {
  number: number;
  /** SHA-256 in hexadecimal. */
  hash: string;
}

/** The first place where the record is not what was sealed. */
export class ChainFaultDto {
  number: number;
  @ApiProperty({ type: String, nullable: true })
  entryId: string | null;
  @ApiProperty({ enum: faultKinds })
  kind: FaultKind;
  detail: string;
}

/** Whether the record is the one that was sealed. */
export class VerificationDto {
  intact: boolean;
  /** How many entries are sealed. */
  sealed: number;
  /** How many entries wait for their seal. */
  unsealed: number;
  @ApiProperty({ type: ChainHeadDto, nullable: true })
  head: ChainHeadDto | null;
  @ApiProperty({ type: ChainFaultDto, nullable: true })
  firstFault: ChainFaultDto | null;
}
