import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsIn, IsInt, IsOptional, IsUUID, Matches, Max, MaxLength, Min } from 'class-validator';
import { IsPlainText } from '../platform/index.js';

export const declineReasons = ['no-capacity', 'conflict-of-interest', 'wrong-skill', 'other'] as const;
const noteLength = 5_000;

/** Somebody who was paged will not take it. */
export class DeclineDto {
  @ApiProperty({ enum: declineReasons })
  @IsIn(declineReasons)
  reason: (typeof declineReasons)[number];

  @IsOptional()
  @IsPlainText()
  @MaxLength(noteLength)
  note?: string;
}

/** The holder gives the ticket back. */
export class ReleaseDto {
  @IsOptional()
  @IsPlainText()
  @MaxLength(noteLength)
  note?: string;
}

/** The ticket is offered to somebody else; it stays with the giver until it is accepted. */
export class HandoverDto {
  @IsUUID()
  to: string;

  /** What the next person must know. */
  @IsOptional()
  @IsPlainText()
  @MaxLength(20_000)
  note?: string;
}

/** More people are needed on the same ticket. */
export class ReinforceDto {
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(20)
  @Matches(/^[a-z0-9][a-z0-9-]{0,63}$/, {
    each: true,
    message: 'must be a word of lower-case letters, digits and hyphens',
  })
  skills?: string[];

  /** How many; one, when left out. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(10)
  count?: number;

  @IsOptional()
  @IsPlainText()
  @MaxLength(noteLength)
  note?: string;
}

/** One responder as seen from a ticket. */
export class CandidateDto {
  responderId: string;
  name: string;
  /** Nothing rules the responder out. */
  fits: boolean;
  score: number;
  reasons: string[];
  ruledOutBecause: string[];
  /** Why a page that can wait passes them by while anybody else can be asked: quiet hours, or what they say of themselves. */
  heldBackBecause: string[];
}

/** Who fits, ranked; and who is ruled out, and why. */
export class CandidatesDto {
  items: CandidateDto[];
}
