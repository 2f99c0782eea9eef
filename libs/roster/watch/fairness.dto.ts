import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, IsOptional, IsUUID } from 'class-validator';
import { IsInstant, PageQuery, Repeatable } from '../../platform/index.js';
import { restFindingKinds, type RestFindingKind } from '../domain/rest.js';

/** Which time to look at, of at most 100 days, and by which schedules; none: by all. */
export class FairnessQuery extends PageQuery {
  @IsInstant()
  from: string;

  @IsInstant()
  to: string;

  @IsOptional()
  @Repeatable()
  @ArrayMaxSize(50)
  @IsUUID('all', { each: true })
  schedule?: string[];
}

/** What being on call asks of somebody, or how far that is from the mean of all. */
export class DutyLoadDto {
  hours: number;
  nights: number;
  weekends: number;
  pages: number;
}

/** A rule of rest that is broken. */
export class RestFindingDto {
  @ApiProperty({ enum: restFindingKinds })
  kind: RestFindingKind;
  start: string;
  end: string;
  reason: string;
}

/** One person, beside the others. */
export class PersonLoadDto {
  responderId: string;
  load: DutyLoadDto;
  /** Above zero: more than the mean of all in the report. */
  deviation: DutyLoadDto;
  /** Where these schedules leave them too little rest; the first 50. */
  rest: RestFindingDto[];
}

/** A page of the people of these schedules, the oldest first; their deviations are from the mean of all pages. */
export class FairnessPageDto {
  items: PersonLoadDto[];
  @ApiProperty({ type: String, nullable: true })
  nextCursor: string | null;
}
