import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsObject, IsOptional, IsUUID, MaxLength, ValidateIf, ValidateNested } from 'class-validator';
import { IsInstant, IsPlainText, PageQuery } from '../platform/index.js';
import type { ShiftRequestKind, ShiftRequestState } from './domain/shift-request.js';

const kinds = ['cover', 'swap'] as const;
const states = ['open', 'accepted', 'refused', 'withdrawn', 'expired'] as const;
const anyoneFit = 'anyone-fit';

/** From `start` up to but not including `end`. */
export class TimeSpanDto {
  @IsInstant()
  start: string;

  @IsInstant()
  end: string;
}

/** A wish that somebody else takes a shift, or swaps it for one of theirs. */
export class ShiftRequestInputDto {
  @ApiProperty({ enum: kinds })
  @IsIn(kinds)
  kind: ShiftRequestKind;

  @IsUUID()
  scheduleId: string;

  /** The time that somebody else is to take: all of it the requester’s, and still to come. */
  @IsInstant()
  start: string;

  @IsInstant()
  end: string;

  /** Only for a swap: the time on the same schedule that the requester takes in return. */
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => TimeSpanDto)
  theirs?: TimeSpanDto;

  /** One responder, or (a cover only) everybody who is fit: the first to accept has it. */
  @ApiProperty({
    oneOf: [
      { type: 'string', format: 'uuid' },
      { type: 'string', enum: [anyoneFit] },
    ],
  })
  @ValidateIf(({ to }: ShiftRequestInputDto) => to !== anyoneFit)
  @IsUUID()
  to: string;

  @IsOptional()
  @IsPlainText()
  @MaxLength(1_000)
  note?: string;

  /** Coordinators: whose shift it is. Left out by a coordinator, a cover is for a gap. */
  @IsOptional()
  @IsUUID()
  onBehalfOf?: string;
}

/** Who answers, when a coordinator does it for them. */
export class ShiftRequestAnswerDto {
  /** Coordinators: for whom. */
  @IsOptional()
  @IsUUID()
  onBehalfOf?: string;
}

/** Requests, the newest first. Responders see theirs and those that are asked of them. */
export class ShiftRequestQuery extends PageQuery {
  @ApiProperty({ enum: states, required: false })
  @IsOptional()
  @IsIn(states)
  state?: ShiftRequestState;

  @IsOptional()
  @IsUUID()
  scheduleId?: string;
}

/** Somebody who was asked. */
export class AskedDto {
  responderId: string;
  refused: boolean;
}

/** A request. */
export class ShiftRequestDto {
  id: string;
  @ApiProperty({ enum: kinds })
  kind: ShiftRequestKind;
  @ApiProperty({ enum: states })
  state: ShiftRequestState;
  scheduleId: string;
  /** Whose shift it is; null: a gap. */
  @ApiProperty({ type: String, nullable: true })
  requesterId: string | null;
  start: string;
  end: string;
  @ApiProperty({ type: TimeSpanDto, nullable: true })
  theirs: TimeSpanDto | null;
  /** A responder’s id, or `anyone-fit`. */
  to: string;
  asked: AskedDto[];
  @ApiProperty({ type: String, nullable: true })
  takerId: string | null;
  @ApiProperty({ type: String, nullable: true })
  note: string | null;
  createdBy: string;
  createdAt: string;
  @ApiProperty({ type: String, nullable: true })
  closedAt: string | null;
}

/** A request, and what it would mean for the rest of those whom it puts on call. */
export class ShiftRequestWarnedDto extends ShiftRequestDto {
  /** What would be wrong with their rest, one sentence each; shifts that they give away in return are still counted. */
  warnings: string[];
}

/** A page of requests. */
export class ShiftRequestPageDto {
  items: ShiftRequestDto[];
  @ApiProperty({ type: String, nullable: true })
  nextCursor: string | null;
}

/** Take a shift over now. */
export class TakeOverDto {
  /** Who is on call, and is to be relieved. */
  @IsUUID()
  from: string;

  /** The end of their shift, when left out. */
  @IsOptional()
  @IsInstant()
  until?: string;

  /** Coordinators: who takes over. */
  @IsOptional()
  @IsUUID()
  onBehalfOf?: string;

  @IsOptional()
  @IsPlainText()
  @MaxLength(1_000)
  reason?: string;
}
