import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { PageQuery } from '../platform/index.js';
import { stormCauses, type StormCause } from './domain/storm.js';

const stormStates = ['live', 'over'] as const;

/** Which storms to list. */
export class StormQuery extends PageQuery {
  @ApiProperty({ enum: stormStates, required: false })
  @IsOptional()
  @IsIn(stormStates)
  state?: (typeof stormStates)[number];
}

/** Many tickets of one cause in a short time. Counts and lists hold the tickets that the caller may see. */
export class StormDto {
  id: string;
  @ApiProperty({ enum: stormStates })
  state: (typeof stormStates)[number];
  /** What the tickets have in common. */
  @ApiProperty({ enum: stormCauses })
  cause: StormCause;
  /** The ransom family, the id of the provider or of the reporting system, the product, or the classification. */
  value: string;
  exercise: boolean;
  beganAt: string;
  lastTicketAt: string;
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  endedAt: string | null;
  tickets: number;
  /** How many of them nobody has claimed. */
  open: number;
  providers: number;
  countries: string[];
  highestSeverity: string;
  /** The references of the newest, at most 50. */
  newest: string[];
}

/** A page of storms, the newest first. */
export class StormPageDto {
  items: StormDto[];
  @ApiProperty({ type: String, nullable: true })
  nextCursor: string | null;
}
