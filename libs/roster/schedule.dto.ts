import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { IsInstant, IsPlainText, Repeatable } from '../platform/index.js';
import type { RotationUnit, TurnMembers, Weekday } from './domain/schedule.js';
import { AreTurnMembers, IsTurnLength } from './rotation.validators.js';

const units = ['hour', 'day', 'week', 'month'] as const;
const days = ['mo', 'tu', 'we', 'th', 'fr', 'sa', 'su'] as const;
const kinds = ['replace', 'add', 'remove'] as const;

/** Turns that are handed round. */
export class RotationDto {
  @ApiProperty({ enum: units })
  @IsIn(units)
  unit: RotationUnit;

  /** Units in a turn; a list is gone through over and over ([4, 3]: turns of four and of three units). */
  @ApiProperty({ oneOf: [{ type: 'integer' }, { type: 'array', items: { type: 'integer' } }] })
  @IsTurnLength()
  length: number | number[];

  /** Wall time at which the first turn begins: YYYY-MM-DDTHH:mm. */
  @IsString()
  @MaxLength(16)
  firstHandoff: string;

  /** A responder, several together, or null: nobody's turn. */
  @ApiProperty({
    type: 'array',
    items: { oneOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }, { type: 'null' }] },
  })
  @AreTurnMembers()
  members: TurnMembers[];

  /** Units wholly outside the restrictions do not count toward a turn. */
  @IsOptional()
  @IsBoolean()
  countOnlyServed?: boolean;
}

/** Hours of the week that a layer covers, in wall time. */
export class RestrictionDto {
  @ApiProperty({ enum: days, isArray: true })
  @IsIn(days, { each: true })
  @ArrayMaxSize(7)
  days: Weekday[];

  @IsString()
  @MaxLength(5)
  from: string;

  @IsString()
  @MaxLength(5)
  to: string;
}

/** One rotation within a schedule. A later layer wins over an earlier one wherever it has somebody. */
export class LayerDto {
  @IsPlainText()
  @MaxLength(200)
  name: string;

  @IsOptional()
  @IsInstant()
  startsAt?: string;

  @IsOptional()
  @IsInstant()
  endsAt?: string;

  @IsObject()
  @ValidateNested()
  @Type(() => RotationDto)
  rotation: RotationDto;

  @IsOptional()
  @IsArray()
  @ArrayMaxSize(50)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => RestrictionDto)
  restrictions?: RestrictionDto[];
}

/** Who is on call when, as people write it down. */
export class ScheduleInputDto {
  @IsPlainText()
  @MaxLength(200)
  name: string;

  /** IANA name of the zone in which hand-offs and restrictions are read. */
  @IsString()
  @MaxLength(100)
  timeZone: string;

  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(20)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => LayerDto)
  layers: LayerDto[];
}

/** A schedule to be looked at before it is saved. */
export class PreviewScheduleDto extends ScheduleInputDto {
  @IsInstant()
  from: string;

  @IsInstant()
  to: string;
}

/** A window of at most 400 days. */
export class WindowQuery {
  @IsInstant()
  from: string;

  @IsInstant()
  to: string;
}

/** A change of the plan for a time. */
export class OverrideInputDto {
  /** replace: in the place of `replaces` (of everybody, when left out); add: beside whoever is on call; remove: off. */
  @ApiProperty({ enum: kinds })
  @IsIn(kinds)
  kind: (typeof kinds)[number];

  @IsUUID()
  responderId: string;

  @IsOptional()
  @IsUUID()
  replaces?: string;

  @IsInstant()
  start: string;

  @IsInstant()
  end: string;

  @IsOptional()
  @IsPlainText()
  @MaxLength(1_000)
  reason?: string;
}

/** An override that was made. */
export class OverrideDto {
  id: string;
  @ApiProperty({ enum: kinds })
  kind: (typeof kinds)[number];
  responderId: string;
  @ApiProperty({ type: String, nullable: true })
  replaces: string | null;
  start: string;
  end: string;
  @ApiProperty({ type: String, nullable: true })
  reason: string | null;
}

/** An override that was just made. */
export class OverrideAddedDto extends OverrideDto {
  /** What is now wrong with the rest of whoever it puts on call, one sentence each. */
  warnings: string[];
}

/** A schedule. */
export class ScheduleDto extends ScheduleInputDto {
  id: string;
  version: number;
  /** Those that have not ended yet, the first 200 of them. */
  overrides: OverrideDto[];
}

/** A page of schedules. */
export class SchedulePageDto {
  items: ScheduleDto[];
  @ApiProperty({ type: String, nullable: true })
  nextCursor: string | null;
}

/** One person on call without a break. */
export class ShiftDto {
  responderId: string;
  start: string;
  end: string;
  @ApiProperty({ enum: ['layer', 'override'] })
  source: 'layer' | 'override';
}

/** Shifts, ordered, merged and cut to the window. */
export class ShiftsDto {
  items: ShiftDto[];
}

/** Shifts of a plan that is not saved. */
export class PreviewedShiftsDto extends ShiftsDto {
  /** Whom the plan would leave too little rest, one sentence each; the first 200 of them. */
  warnings: string[];
}

/** Nobody is on call. */
export class GapDto {
  start: string;
  end: string;
}

/** Gaps in the window. */
export class GapsDto {
  items: GapDto[];
}

/** Somebody who is on call, and their whole shift. */
export class OnCallDto {
  scheduleId: string;
  responderId: string;
  since: string;
  until: string;
}

/** Who is on call. */
export class OnCallListDto {
  items: OnCallDto[];
}

/** At which moment, and by which schedules. */
export class OnCallQuery {
  @IsOptional()
  @IsInstant()
  at?: string;

  @IsOptional()
  @Repeatable()
  @ArrayMaxSize(50)
  @IsUUID('all', { each: true })
  schedule?: string[];
}
