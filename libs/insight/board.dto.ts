import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { ArrayMaxSize, IsBoolean, IsIn, IsISO31661Alpha2, IsOptional } from 'class-validator';
import {
  SEVERITY_LEVELS,
  TLP_LABELS,
  type DispatchStatus,
  type SeverityLevel,
  type TicketState,
  type Tlp,
} from '../cases/index.js';
import { PageQuery, Repeatable } from '../platform/index.js';

/** Which lines of the board to show. */
export class BoardQuery extends PageQuery {
  @IsOptional()
  @Repeatable()
  @IsIn(SEVERITY_LEVELS, { each: true })
  severity?: SeverityLevel[];

  @IsOptional()
  @Repeatable()
  @ArrayMaxSize(60)
  @IsISO31661Alpha2({ each: true })
  country?: string[];

  /** Whether only exercises, or none. */
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value))
  @IsBoolean()
  exercise?: boolean;
}

/** Where the paging of a ticket stands. */
export class BoardDispatchDto {
  status: DispatchStatus;
  step: number;
  @ApiProperty({ type: String, nullable: true })
  nextStepAt: string | null;
}

/** A ticket as the board shows it. */
export class BoardTicketDto {
  id: string;
  reference: string;
  state: TicketState;
  @ApiProperty({ enum: SEVERITY_LEVELS })
  severity: SeverityLevel;
  summary: string;
  providerId: string;
  country: string;
  @ApiProperty({ enum: TLP_LABELS })
  tlp: Tlp;
  exercise: boolean;
  @ApiProperty({ type: String, nullable: true })
  claimedBy: string | null;
  createdAt: string;
  dispatch: BoardDispatchDto;
}

/** The clock of a ticket that is due next, or has been overdue the longest. */
export class BoardClockDto {
  id: string;
  name: string;
  kind: string;
  @ApiProperty({ type: String, nullable: true })
  service: string | null;
  state: string;
  startedAt: string;
  dueAt: string;
  /** ISO 8601 duration, negative once past due. */
  remaining: string;
  @ApiProperty({ type: String, nullable: true })
  breachedAt: string | null;
}

/** How many of a ticket's clocks are in which state. */
export class BoardClockCountsDto {
  running: number;
  warning: number;
  breached: number;
}

/** One line of the board. */
export class BoardLineDto {
  ticket: BoardTicketDto;
  @ApiProperty({ type: BoardClockDto, nullable: true })
  nextClock: BoardClockDto | null;
  clocks: BoardClockCountsDto;
}

/** Every open ticket with its next clock, in due order. */
export class BoardDto {
  now: string;
  items: BoardLineDto[];
  @ApiProperty({ type: String, nullable: true })
  nextCursor: string | null;
}
