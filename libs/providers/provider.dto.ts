import { ApiProperty, PartialType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsEmail,
  IsISO31661Alpha2,
  IsObject,
  IsOptional,
  IsTimeZone,
  Matches,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { IsInstant, IsPlainText, PageQuery, Repeatable } from '../platform/index.js';

const word = /^[a-z0-9][a-z0-9-]{0,63}$/;
const wordMessage = 'must be a word of lower-case letters, digits and hyphens';
const languageTag = /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/;
const languageMessage = 'must be a language tag (BCP 47), such as ro or pt-BR';
const zoneName = /^[A-Za-z][A-Za-z0-9_+/-]{0,63}$/;
const zoneMessage =
  'must be the name of a zone, such as Europe/Bucharest: an offset does not follow a change of clocks';

/** Somebody at the provider, under the name of their role. */
export class ProviderContactDto {
  @IsPlainText()
  @MaxLength(200)
  name: string;

  /** E.164. */
  @IsOptional()
  @Matches(/^\+[1-9]\d{6,14}$/, { message: 'must be a telephone number as E.164, such as +40210000000' })
  phone?: string;

  @IsOptional()
  @IsEmail()
  @MaxLength(254)
  email?: string;

  @IsOptional()
  @Matches(languageTag, { message: languageMessage })
  language?: string;

  /** When somebody last proved that it works. */
  @IsOptional()
  @IsInstant()
  verifiedAt?: string;
}

/** A provider to be known to the desk. */
export class CreateProviderDto {
  @IsPlainText()
  @MaxLength(200)
  name: string;

  /** ISO 3166-1 alpha-2. */
  @IsISO31661Alpha2()
  country: string;

  /** NUTS. */
  @IsOptional()
  @Matches(/^[A-Z]{2}[A-Z0-9]{0,3}$/, { message: 'must be a NUTS code, such as RO32' })
  region?: string;

  @Matches(zoneName, { message: zoneMessage })
  @IsTimeZone()
  timeZone: string;

  /** hospital, clinic, laboratory, dispatch-centre or another word. */
  @Matches(word, { message: wordMessage })
  kind: string;

  @IsOptional()
  @IsArray()
  @ArrayMaxSize(20)
  @Matches(languageTag, { each: true, message: languageMessage })
  languages?: string[];

  @IsOptional()
  @IsArray()
  @ArrayMaxSize(50)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => ProviderContactDto)
  contacts?: ProviderContactDto[];

  /** Products and suppliers in use, by which a warning finds those concerned. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(200)
  @IsPlainText({ each: true })
  @MaxLength(200, { each: true })
  products?: string[];
}

/** What is to change; what is left out stays. Null takes away what a provider need not have, and nothing else. */
export class UpdateProviderDto extends PartialType(CreateProviderDto, { skipNullProperties: false }) {}

/** Which providers to list. */
export class ProviderQuery extends PageQuery {
  @IsOptional()
  @Repeatable()
  @ArrayMaxSize(60)
  @IsISO31661Alpha2({ each: true })
  country?: string[];

  @IsOptional()
  @Repeatable()
  @ArrayMaxSize(20)
  @Matches(word, { each: true, message: wordMessage })
  kind?: string[];

  /** A part of the name. */
  @IsOptional()
  @IsPlainText()
  @MaxLength(100)
  q?: string;
}

/** A hospital or another healthcare provider. */
export class ProviderDto {
  id: string;
  name: string;
  country: string;
  @ApiProperty({ type: String, nullable: true })
  region: string | null;
  timeZone: string;
  kind: string;
  languages: string[];
  contacts: ProviderContactDto[];
  products: string[];
  createdAt: string;
  version: number;
}

/** A page of providers. */
export class ProviderPageDto {
  items: ProviderDto[];
  @ApiProperty({ type: String, nullable: true })
  nextCursor: string | null;
}
