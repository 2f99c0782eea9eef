import { ApiProperty, PartialType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsISO31661Alpha2,
  IsObject,
  IsOptional,
  IsTimeZone,
  IsUUID,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { IsPlainText, PageQuery, Repeatable } from '../platform/index.js';
import { conflictKinds, type ConflictKind } from './domain/matching.js';
import { weekdays, type Weekday } from './domain/schedule.js';
import type { DeskRole } from './roster.entity.js';
import { AreSkillLevels } from './skill-levels.validator.js';

const word = /^[a-z0-9][a-z0-9-]{0,63}$/;
const wordMessage = 'must be a word of lower-case letters, digits and hyphens';
const languageTag = /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/;
const languageMessage = 'must be a language tag (BCP 47), such as ro or pt-BR';
const zoneName = /^[A-Za-z][A-Za-z0-9_+/-]{0,63}$/;
const zoneMessage =
  'must be the name of a zone, such as Europe/Bucharest: an offset does not follow a change of clocks';
const timeOfDay = /^([01]\d|2[0-3]):[0-5]\d$/;
const timeMessage = 'must be a time of day from 00:00 to 23:59';
const deskRoles = ['responder', 'coordinator'] as const;

/** What stands between a responder and a provider. */
export class ConflictDto {
  @IsUUID()
  providerId: string;

  /** Whether they work for it, sell to it, compete with it, or something else stands between them. */
  @ApiProperty({ enum: conflictKinds })
  @IsIn(conflictKinds)
  kind: ConflictKind;
}

/** Hours of the week in which somebody is not paged about tickets of SEV3 and SEV4 while anybody else can be, in their zone. */
export class QuietHoursDto {
  /** HH:mm. */
  @Matches(timeOfDay, { message: timeMessage })
  from: string;

  /** HH:mm. Earlier than from: the hours cross midnight and belong to the day they begin on. The same: all day. */
  @Matches(timeOfDay, { message: timeMessage })
  to: string;

  /** Every day, when left out. */
  @ApiProperty({ enum: weekdays, isArray: true, required: false })
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(7)
  @ArrayUnique()
  @IsIn(weekdays, { each: true })
  days?: Weekday[];
}

/** An expert for the roster, or a coordinator of the desk. */
export class CreateResponderDto {
  @IsPlainText()
  @MaxLength(200)
  name: string;

  /** `responder` takes tickets; `coordinator` is told when something goes wrong. */
  @ApiProperty({ enum: deskRoles, default: 'responder' })
  @IsOptional()
  @IsIn(deskRoles)
  deskRole?: DeskRole;

  @IsOptional()
  @IsArray()
  @ArrayMaxSize(50)
  @Matches(word, { each: true, message: wordMessage })
  skills?: string[];

  /** How well they know those of their skills, from 1 (has seen it) to 5 (teaches it); 3 for a skill that is left out. */
  @AreSkillLevels()
  skillLevels?: Record<string, number>;

  @IsOptional()
  @IsArray()
  @ArrayMaxSize(30)
  @Matches(languageTag, { each: true, message: languageMessage })
  languages?: string[];

  /** Countries that they cover; none: every country. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(60)
  @IsISO31661Alpha2({ each: true })
  countries?: string[];

  /** Countries in which they may act by law. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(60)
  @IsISO31661Alpha2({ each: true })
  mandates?: string[];

  /** Providers with which they have a conflict of interest, of whatever kind. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(200)
  @ArrayUnique()
  @IsUUID('all', { each: true })
  conflictsWith?: string[];

  /** The same with what the conflict is. What both name is added up. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(200)
  @ArrayUnique(({ providerId }: ConflictDto) => providerId, { message: 'must name each provider once' })
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => ConflictDto)
  conflicts?: ConflictDto[];

  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(1_000)
  maxOpenTickets?: number;

  @IsOptional()
  @Matches(zoneName, { message: zoneMessage })
  @IsTimeZone()
  timeZone?: string;

  /** When a page about SEV3 or SEV4 goes to others, if there are any. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(20)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => QuietHoursDto)
  quietHours?: QuietHoursDto[];
}

/** What is to change; what is left out stays. Null sets back what need not be said, and nothing else. */
export class UpdateResponderDto extends PartialType(CreateResponderDto, { skipNullProperties: false }) {
  /** Whether they can be paged at all. */
  @ValidateIf((_input, value) => value !== undefined)
  @IsBoolean()
  active?: boolean;
}

/** Which responders to list. */
export class ResponderQuery extends PageQuery {
  @IsOptional()
  @Repeatable()
  @ArrayMaxSize(50)
  @Matches(word, { each: true, message: wordMessage })
  skill?: string[];

  @IsOptional()
  @Repeatable()
  @ArrayMaxSize(50)
  @Matches(languageTag, { each: true, message: languageMessage })
  language?: string[];
}

/** Somebody on the roster. */
export class ResponderDto {
  id: string;
  name: string;
  @ApiProperty({ enum: deskRoles })
  deskRole: DeskRole;
  skills: string[];
  /** Of the skills whose level was said; 3 for the others. */
  @ApiProperty({ type: 'object', additionalProperties: { type: 'integer' } })
  skillLevels: Record<string, number>;
  languages: string[];
  countries: string[];
  mandates: string[];
  conflictsWith: string[];
  conflicts: ConflictDto[];
  maxOpenTickets: number;
  timeZone: string;
  quietHours: QuietHoursDto[];
  active: boolean;
  createdAt: string;
  version: number;
}

/** A page of responders. */
export class ResponderPageDto {
  items: ResponderDto[];
  @ApiProperty({ type: String, nullable: true })
  nextCursor: string | null;
}
