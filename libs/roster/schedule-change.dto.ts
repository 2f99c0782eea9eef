import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, IsIn, IsOptional, MaxLength } from 'class-validator';
import { IsPlainText, PageQuery, Repeatable } from '../platform/index.js';

const states = ['asked', 'accepted', 'refused', 'superseded'] as const;

/** Where the question stands; `superseded` by a later edit. */
export type ScheduleChangeState = (typeof states)[number];

/** Time on call. */
export class ChangedSpanDto {
  start: string;
  end: string;
}

/** An edited schedule put somebody on call at short notice, and asks them. */
export class ScheduleChangeDto {
  id: string;
  scheduleId: string;
  responderId: string;
  /** When they come to be on call. */
  spans: ChangedSpanDto[];
  @ApiProperty({ enum: states })
  state: ScheduleChangeState;
  /** Why it was refused. */
  @ApiProperty({ type: String, nullable: true })
  reason: string | null;
  askedAt: string;
  @ApiProperty({ type: String, nullable: true })
  answeredAt: string | null;
}

/** A page of them, the newest first. */
export class ScheduleChangePageDto {
  items: ScheduleChangeDto[];
  @ApiProperty({ type: String, nullable: true })
  nextCursor: string | null;
}

/** Which of them. */
export class ScheduleChangesQuery extends PageQuery {
  @IsOptional()
  @Repeatable()
  @ArrayMaxSize(4)
  @IsIn(states, { each: true })
  state?: ScheduleChangeState[];
}

/** Why somebody cannot. */
export class RefuseChangeDto {
  @IsOptional()
  @IsPlainText()
  @MaxLength(1_000)
  reason?: string;
}
