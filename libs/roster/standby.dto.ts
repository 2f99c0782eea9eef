import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { IsInstant } from '../platform/index.js';
import { standbyStatuses, type StandbyStatus } from './domain/availability.js';

/** What somebody says of themselves for a while. */
export class SetStandbyDto {
  /**
   * awake: asked before others. driving, not-before: a page that can wait goes to others; one that cannot comes through.
   * normal: nothing of the kind.
   */
  @ApiProperty({ enum: standbyStatuses })
  @IsIn(standbyStatuses)
  status: StandbyStatus;

  /** Until when it holds, at most 7 days ahead. Needed for all but normal. */
  @IsOptional()
  @IsInstant()
  until?: string;
}

/** What holds of somebody now. */
export class StandbyDto {
  responderId: string;
  @ApiProperty({ enum: standbyStatuses })
  status: StandbyStatus;
  /** Null for normal. */
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  until: string | null;
  /** Who said so: themselves, or somebody of the desk for them. */
  @ApiProperty({ type: String, nullable: true })
  setBy: string | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  setAt: string | null;
}
