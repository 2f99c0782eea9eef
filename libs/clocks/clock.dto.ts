import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional, MaxLength } from 'class-validator';
import { IsInstant, IsPlainText, PageQuery, Repeatable } from '../platform/index.js';

export const clockStates = ['running', 'warning', 'breached', 'met', 'paused', 'cancelled'] as const;
export const clockKinds = ['service', 'legal'] as const;

/** What a clock is about. */
export class ClockSubjectDto {
  @ApiProperty({ enum: ['ticket', 'incident'] })
  type: 'ticket' | 'incident';
  id: string;
  reference: string;
}

/** The policy by which a clock runs. */
export class ClockPolicyDto {
  id: string;
  version: number;
}

/** The article that a legal clock comes from. */
export class ClockLawDto {
  act: string;
  article: string;
}

/** A running target with its warnings. */
export class ClockDto {
  id: string;
  @ApiProperty({ enum: clockKinds })
  kind: 'service' | 'legal';
  name: string;
  /** The service of the provider that it counts for; null for clocks that are not about one. */
  @ApiProperty({ type: String, nullable: true })
  service: string | null;
  subject: ClockSubjectDto;
  ticketId: string;
  exercise: boolean;
  startedAt: string;
  dueAt: string;
  @ApiProperty({ enum: clockStates })
  state: (typeof clockStates)[number];
  /** ISO 8601 duration until it is due, negative once past; null when it has ended. */
  @ApiProperty({ type: String, nullable: true })
  remaining: string | null;
  warnedAt: string[];
  @ApiProperty({ type: String, nullable: true })
  breachedAt: string | null;
  @ApiProperty({ type: String, nullable: true })
  metAt: string | null;
  @ApiProperty({ type: String, nullable: true })
  pausedAt: string | null;
  @ApiProperty({ type: String, nullable: true })
  pauseReason: string | null;
  policy: ClockPolicyDto;
  @ApiProperty({ type: ClockLawDto, nullable: true })
  law: ClockLawDto | null;
}

/** A page of clocks. */
export class ClockPageDto {
  items: ClockDto[];
  @ApiProperty({ type: String, nullable: true })
  nextCursor: string | null;
}

/** Why a clock is to stand still. */
export class PauseClockDto {
  /** One of the policy's reasons: waiting-for-provider, waiting-for-law-enforcement. */
  @IsPlainText()
  @MaxLength(100)
  reason: string;
}

/** Which clocks to list. */
export class ClockQuery extends PageQuery {
  @IsOptional()
  @Repeatable()
  @IsIn(clockStates, { each: true })
  state?: (typeof clockStates)[number][];

  @IsOptional()
  @Repeatable()
  @IsIn(clockKinds, { each: true })
  kind?: (typeof clockKinds)[number][];

  /** Only those due before this time. */
  @IsOptional()
  @IsInstant()
  dueBefore?: string;
}
