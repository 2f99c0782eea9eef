import { ApiProperty, PartialType } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsISO31661Alpha2,
  IsOptional,
  IsTimeZone,
  IsUUID,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateIf,
} from 'class-validator';
import { IsPlainText, PageQuery, Repeatable } from '../platform/index.js';
import type { DeskRole } from './roster.entity.js';

const word = /^[a-z0-9][a-z0-9-]{0,63}$/;
const wordMessage = 'must be a word of lower-case letters, digits and hyphens';
const languageTag = /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/;
const languageMessage = 'must be a language tag (BCP 47), such as ro or pt-BR';
const zoneName = /^[A-Za-z][A-Za-z0-9_+/-]{0,63}$/;
const zoneMessage =
  'must be the name of a zone, such as Europe/Bucharest: an offset does not follow a change of clocks';
const deskRoles = ['responder', 'coordinator'] as const;

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

  /** Providers with which they have a conflict of interest. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(200)
  @ArrayUnique()
  @IsUUID('all', { each: true })
  conflictsWith?: string[];

  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(1_000)
  maxOpenTickets?: number;

  @IsOptional()
  @Matches(zoneName, { message: zoneMessage })
  @IsTimeZone()
  timeZone?: string;
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
  languages: string[];
  countries: string[];
  conflictsWith: string[];
  maxOpenTickets: number;
  timeZone: string;
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
