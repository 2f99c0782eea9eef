import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, IsIn, IsOptional, IsUUID } from 'class-validator';
import { IsInstant, PageQuery, Repeatable } from '../../platform/index.js';
import { watchKinds, type WatchKind } from '../domain/roster-watch.js';

/** Which gaps and thin spots to show. */
export class WatchQuery extends PageQuery {
  /** Only those that last beyond this moment; now, when left out. */
  @IsOptional()
  @IsInstant()
  from?: string;

  /** Only those that begin before this moment. */
  @IsOptional()
  @IsInstant()
  to?: string;

  @IsOptional()
  @Repeatable()
  @ArrayMaxSize(50)
  @IsUUID('all', { each: true })
  schedule?: string[];

  @ApiProperty({ enum: watchKinds, isArray: true, required: false })
  @IsOptional()
  @Repeatable()
  @ArrayMaxSize(50)
  @IsIn(watchKinds, { each: true })
  kind?: WatchKind[];
}

/** A gap or thin spot of the roster ahead. */
export class WatchFindingDto {
  id: string;
  @ApiProperty({ enum: watchKinds })
  kind: WatchKind;
  /** The schedules that it concerns. */
  schedules: string[];
  /** Who is on call meanwhile; for what is asked too much of one person, that person. */
  responders: string[];
  /** The skill or language that is missing. */
  @ApiProperty({ type: String, nullable: true })
  about: string | null;
  start: string;
  end: string;
  reason: string;
  foundAt: string;
  /** How long before the beginning the owners were told last, as an ISO 8601 duration; null: not yet. */
  @ApiProperty({ type: String, nullable: true })
  told: string | null;
}

/** A page of gaps and thin spots, the earliest first. */
export class WatchPageDto {
  items: WatchFindingDto[];
  @ApiProperty({ type: String, nullable: true })
  nextCursor: string | null;
  /** When the desk looked last. It looks within seconds of each change of the roster. */
  @ApiProperty({ type: String, nullable: true })
  lookedAt: string | null;
  /** Up to when it looked. */
  @ApiProperty({ type: String, nullable: true })
  lookedUntil: string | null;
}
