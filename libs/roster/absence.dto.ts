import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional, MaxLength } from 'class-validator';
import { IsInstant, IsPlainText, PageQuery } from '../platform/index.js';
import type { AbsenceKind } from './absence.entity.js';

const kinds = ['vacation', 'illness', 'training', 'other'] as const;

/** Somebody is away from `start` up to but not including `end`, for at most 400 days. */
export class AbsenceInputDto {
  @IsInstant()
  start: string;

  @IsInstant()
  end: string;

  @ApiProperty({ enum: kinds, default: 'other' })
  @IsOptional()
  @IsIn(kinds)
  kind?: AbsenceKind;

  /** For the person and the desk; it is kept out of the journal, and forgotten when the absence is taken back. */
  @IsOptional()
  @IsPlainText()
  @MaxLength(1_000)
  note?: string;
}

/** Absences that end after `from` (now, when left out), the first to end first. */
export class AbsenceQuery extends PageQuery {
  @IsOptional()
  @IsInstant()
  from?: string;
}

/** A stretch of time of one schedule. */
export class ScheduleSpanDto {
  scheduleId: string;
  start: string;
  end: string;
}

/** Somebody is away. */
export class AbsenceDto {
  id: string;
  responderId: string;
  start: string;
  end: string;
  @ApiProperty({ enum: kinds })
  kind: AbsenceKind;
  @ApiProperty({ type: String, nullable: true })
  note: string | null;
  createdAt: string;
}

/** What an absence takes away from the schedules, from now on: the first 200 of each. */
export class AbsenceEffectsDto {
  /** What they were to be on call for, and now are not. */
  shifts: ScheduleSpanDto[];
  /** Where nobody is on call now, and somebody was to be. */
  uncovered: ScheduleSpanDto[];
}

/** An absence that was written down, and what it means for the schedules. */
export class AbsenceMadeDto extends AbsenceDto {
  shifts: ScheduleSpanDto[];
  uncovered: ScheduleSpanDto[];
}

/** A page of absences. */
export class AbsencePageDto {
  items: AbsenceDto[];
  @ApiProperty({ type: String, nullable: true })
  nextCursor: string | null;
}
