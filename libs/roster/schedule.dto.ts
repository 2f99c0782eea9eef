import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { IsInstant, IsPlainText, Repeatable } from '../platform/index.js';
import type { RestrictedDay, RotationUnit, ShiftSource, TurnMembers } from './domain/schedule.js';
import { languageMessage, languageTag, word, wordMessage } from './responder.dto.js';
import { AreTurnMembers, IsTurnLength } from './rotation.validators.js';

const units = ['hour', 'day', 'week', 'month'] as const;
const days = ['mo', 'tu', 'we', 'th', 'fr', 'sa', 'su', 'holiday'] as const;
const kinds = ['replace', 'add', 'remove'] as const;
const sources = ['layer', 'override', 'fallback', 'shadow'] as const satisfies ShiftSource[];
const members: ApiPropertyOptions = {
  type: 'array',
  items: { oneOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }, { type: 'null' }] },
};
const calendarCode = /^[A-Z]{2}(-[A-Z0-9]{1,3})?$/;
const calendarMessage = 'must be an ISO 3166 code in capitals, such as RO or DE-BY';

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
  @ApiProperty(members)
  @AreTurnMembers()
  members: TurnMembers[];

  /** Units wholly outside the restrictions do not count toward a turn. */
  @IsOptional()
  @IsBoolean()
  countOnlyServed?: boolean;
}

/** Turns that begin where a rule says. */
export class RecurrenceDto {
  /** Wall time from which on the rule names days, and at which every occurrence begins: YYYY-MM-DDTHH:mm. */
  @IsString()
  @MaxLength(16)
  start: string;

  /** How long each occurrence lasts on the wall, ISO 8601, at most 35 days. */
  @IsString()
  @MaxLength(40)
  duration: string;

  /** RFC 5545, section 3.3.10, by days, weeks, months or years: FREQ=WEEKLY;BYDAY=SA,SU. */
  @IsString()
  @MaxLength(500)
  rule: string;

  /** Occurrence after occurrence: a responder, several together, or null: nobody's. */
  @ApiProperty(members)
  @AreTurnMembers()
  members: TurnMembers[];
}

/** Hours of the week that a layer covers, in wall time. */
export class RestrictionDto {
  /** Days on which the hours begin; `holiday` is any public holiday of the calendar. */
  @ApiProperty({ enum: days, isArray: true })
  @IsIn(days, { each: true })
  @ArrayMaxSize(8)
  days: RestrictedDay[];

  @IsString()
  @MaxLength(5)
  from: string;

  @IsString()
  @MaxLength(5)
  to: string;

  /** The hours do not begin on a public holiday of the calendar. */
  @IsOptional()
  @IsBoolean()
  exceptHolidays?: boolean;
}

/** One rotation or recurrence within a schedule. A later layer wins over an earlier one wherever it has somebody. */
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

  /** IANA name of the zone in which this layer is read: the schedule's, when left out. */
  @IsOptional()
  @IsString()
  @MaxLength(100)
  timeZone?: string;

  /** ISO 3166 code of the place whose public holidays count: the schedule's, when left out. */
  @IsOptional()
  @Matches(calendarCode, { message: calendarMessage })
  calendar?: string;

  /** For people in training: they see and are told, are no cover, and are never asked. */
  @IsOptional()
  @IsBoolean()
  shadow?: boolean;

  /** Either this or a recurrence. */
  @ValidateIf(({ rotation, recurrence }: LayerDto) => rotation !== undefined || recurrence === undefined)
  @IsObject()
  @ValidateNested()
  @Type(() => RotationDto)
  rotation?: RotationDto;

  @ValidateIf(({ recurrence }: LayerDto) => recurrence !== undefined)
  @IsObject()
  @ValidateNested()
  @Type(() => RecurrenceDto)
  recurrence?: RecurrenceDto;

  @IsOptional()
  @IsArray()
  @ArrayMaxSize(50)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => RestrictionDto)
  restrictions?: RestrictionDto[];
}

/** What must be there at every moment at which somebody is on call: the roster watch tells when it is not. */
export class ScheduleNeedsDto {
  /** People at once. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(50)
  people?: number;

  @IsOptional()
  @IsArray()
  @ArrayMaxSize(50)
  @Matches(word, { each: true, message: wordMessage })
  skills?: string[];

  @IsOptional()
  @IsArray()
  @ArrayMaxSize(30)
  @Matches(languageTag, { each: true, message: languageMessage })
  languages?: string[];
}

/** What fills whatever would be a gap: one of the two. */
export class FallbackDto {
  @IsOptional()
  @IsUUID()
  responder?: string;

  /** It is on call by its own overrides and its own fallback. */
  @IsOptional()
  @IsUUID()
  schedule?: string;
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

  /** ISO 3166 code of the place whose public holidays count in restrictions: RO, DE-BY. */
  @IsOptional()
  @Matches(calendarCode, { message: calendarMessage })
  calendar?: string;

  @ValidateIf(({ fallback }: ScheduleInputDto) => fallback !== undefined)
  @IsObject()
  @ValidateNested()
  @Type(() => FallbackDto)
  fallback?: FallbackDto;

  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(20)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => LayerDto)
  layers: LayerDto[];

  /** Responders and coordinators who are told of gaps and thin spots; nobody: every coordinator. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(20)
  @ArrayUnique()
  @IsUUID('all', { each: true })
  owners?: string[];

  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => ScheduleNeedsDto)
  requires?: ScheduleNeedsDto;
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

/** A window, now or as it was known at a past moment. */
export class KnownWindowQuery extends WindowQuery {
  /** What the schedule and its overrides said at that moment, whatever was changed since. */
  @IsOptional()
  @IsInstant()
  asOf?: string;
}

/** Which shifts. */
export class ShiftsQuery extends KnownWindowQuery {
  /** Also those of people in training, with the source `shadow`. */
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value))
  @IsBoolean()
  shadow?: boolean;
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
  @ApiProperty({ enum: sources })
  source: ShiftSource;
}

/** Shifts, ordered, merged and cut to the window. */
export class ShiftsDto {
  items: ShiftDto[];
}

/** Time for which an edit puts somebody on call, or takes them off. */
export class ShiftChangeDto {
  responderId: string;
  @ApiProperty({ enum: ['gains', 'loses'] })
  change: 'gains' | 'loses';
  start: string;
  end: string;
  /** It is about a shift of somebody in training. */
  shadow: boolean;
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

/** What an edit would come to, with the overrides as they are. */
export class ScheduleEffectsDto {
  /** What changes for whom, compared with the schedule as it is. */
  changes: ShiftChangeDto[];
  shifts: ShiftDto[];
  gaps: GapDto[];
}

/** Somebody who is on call, and their whole shift. */
export class OnCallDto {
  scheduleId: string;
  responderId: string;
  since: string;
  until: string;
  /** Only with `?shadow=true`: somebody in training, who is no cover. */
  shadow?: boolean;
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

  /** Also people in training. */
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value))
  @IsBoolean()
  shadow?: boolean;
}
