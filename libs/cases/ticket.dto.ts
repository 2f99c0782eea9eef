import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsEmail,
  IsIn,
  IsOptional,
  IsUUID,
  Matches,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { ClockDto } from '../clocks/index.js';
import { IsInstant, IsPlainText } from '../platform/index.js';
import { AreSkillLevels } from '../roster/index.js';
import { SEVERITY_LEVELS, type SeverityLevel } from './domain/severity.js';
import { PATIENT_SAFETY, PERSONAL_DATA, SERVICE_STATUSES } from './domain/severity-conditions.js';
import {
  DISPATCH_STATUSES,
  TICKET_STATES,
  TLP_LABELS,
  type DispatchStatus,
  type TicketState,
  type Tlp,
} from './domain/ticket.js';

const word = /^[a-z0-9][a-z0-9-]{0,63}$/;
const wordMessage = 'must be a word of lower-case letters, digits and hyphens';
const languageTag = /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/;
const languageMessage = 'must be a language tag (BCP 47), such as ro or pt-BR';
const longText = 20_000;

/** A service of the provider, and whether it works. */
export class ServiceImpactDto {
  /** A code of config/taxonomy.yaml (ehr, emergency, laboratory …) or a word of the provider's own. */
  @Matches(word, { message: wordMessage })
  service: string;

  @ApiProperty({ enum: SERVICE_STATUSES })
  @IsIn(SERVICE_STATUSES)
  status: (typeof SERVICE_STATUSES)[number];
}

/** What the attack does to care. Everything may be left out: a shaken caller gives what they have. */
export class ImpactDto {
  @ApiProperty({ enum: PATIENT_SAFETY })
  @IsOptional()
  @IsIn(PATIENT_SAFETY)
  patientSafety?: (typeof PATIENT_SAFETY)[number];

  @IsOptional()
  @IsArray()
  @ArrayMaxSize(50)
  @ValidateNested({ each: true })
  @Type(() => ServiceImpactDto)
  services?: ServiceImpactDto[];

  @ApiProperty({ enum: PERSONAL_DATA })
  @IsOptional()
  @IsIn(PERSONAL_DATA)
  personalData?: (typeof PERSONAL_DATA)[number];

  /** Whether it spreads inside the provider. */
  @IsOptional()
  @IsBoolean()
  spreading?: boolean;
}

/** A sum demanded, as written in the note. */
export class DemandDto {
  @Matches(/^\d{1,18}(\.\d{1,18})?$/, { message: 'must be a decimal number as text' })
  amount: string;

  @Matches(/^[A-Z0-9]{2,10}$/, { message: 'must be a currency code, such as EUR or BTC' })
  currency: string;
}

/** What is known of a demand. It is recorded; nothing here helps to pay. */
export class RansomDto {
  @IsOptional()
  @IsBoolean()
  noteFound?: boolean;

  @IsOptional()
  @IsPlainText()
  @MaxLength(100)
  family?: string;

  @IsOptional()
  @ValidateNested()
  @Type(() => DemandDto)
  demand?: DemandDto;

  @IsOptional()
  @IsInstant()
  deadline?: string;
}

/** What the ticket asks of whoever helps. */
export class NeedsDto {
  /** Codes of config/taxonomy.yaml, such as active-directory-recovery. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(20)
  @Matches(word, { each: true, message: wordMessage })
  skills?: string[];

  /** How well each of those skills must be known, from 1 to 5; 3 for a skill that is left out. */
  @AreSkillLevels()
  skillLevels?: Record<string, number>;

  @IsOptional()
  @IsArray()
  @ArrayMaxSize(10)
  @Matches(languageTag, { each: true, message: languageMessage })
  languages?: string[];
}

/** Whom to call back. */
export class ContactDto {
  @IsOptional()
  @IsPlainText()
  @MaxLength(200)
  name?: string;

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
}

/** A request for emergency help. Only `summary` is needed. */
export class CreateTicketDto {
  /** The provider in need; may be left out when the credential belongs to one. */
  @IsOptional()
  @IsUUID()
  providerId?: string;

  @IsPlainText()
  @MaxLength(500)
  summary: string;

  @IsOptional()
  @IsPlainText()
  @MaxLength(longText)
  description?: string;

  /** Reference Security Incident Taxonomy, `class/type`. */
  @IsOptional()
  @Matches(/^[a-z0-9-]{1,64}\/[a-z0-9-]{1,64}$/, {
    message: 'must be class/type of the Reference Security Incident Taxonomy',
  })
  classification?: string;

  @IsOptional()
  @IsInstant()
  detectedAt?: string;

  /** When the provider became aware of it. */
  @IsOptional()
  @IsInstant()
  awareAt?: string;

  @IsOptional()
  @ValidateNested()
  @Type(() => ImpactDto)
  impact?: ImpactDto;

  @IsOptional()
  @ValidateNested()
  @Type(() => RansomDto)
  ransom?: RansomDto;

  @IsOptional()
  @ValidateNested()
  @Type(() => NeedsDto)
  needs?: NeedsDto;

  @IsOptional()
  @ValidateNested()
  @Type(() => ContactDto)
  contact?: ContactDto;

  @ApiProperty({ enum: TLP_LABELS, default: 'TLP:AMBER' })
  @IsOptional()
  @IsIn(TLP_LABELS)
  tlp?: Tlp;

  /** A drill: it runs the whole chain and stays out of every figure. */
  @IsOptional()
  @IsBoolean()
  exercise?: boolean;
}

/** A severity, and why. */
export class SeverityDto {
  @ApiProperty({ enum: SEVERITY_LEVELS })
  level: SeverityLevel;
  /** What the table rated, should somebody have overridden it. */
  @ApiProperty({ enum: SEVERITY_LEVELS })
  rated: SeverityLevel;
  reasons: string[];
  /** The reason of whoever overrode the rating. */
  @ApiProperty({ type: String, nullable: true })
  override: string | null;
}

/** Where the paging of a ticket stands. */
export class TicketDispatchDto {
  @ApiProperty({ enum: DISPATCH_STATUSES })
  status: DispatchStatus;
  step: number;
  @ApiProperty({ type: String, nullable: true })
  nextStepAt: string | null;
}

/** An offer of the ticket to another responder. */
export class HandoverOfferDto {
  to: string;
  from: string;
  offeredAt: string;
}

/** One request for help by one provider. */
export class TicketDto {
  id: string;
  /** To be read over a bad line: CG-XXXX-XXXX. */
  reference: string;
  @ApiProperty({ enum: TICKET_STATES })
  state: TicketState;
  severity: SeverityDto;
  providerId: string;
  incidentId: string;
  country: string;
  summary: string;
  @ApiProperty({ type: String, nullable: true })
  description: string | null;
  @ApiProperty({ type: String, nullable: true })
  classification: string | null;
  @ApiProperty({ type: String, nullable: true })
  detectedAt: string | null;
  @ApiProperty({ type: String, nullable: true })
  awareAt: string | null;
  @ApiProperty({ type: ImpactDto, nullable: true })
  impact: ImpactDto | null;
  @ApiProperty({ type: RansomDto, nullable: true })
  ransom: RansomDto | null;
  @ApiProperty({ type: NeedsDto, nullable: true })
  needs: NeedsDto | null;
  @ApiProperty({ type: ContactDto, nullable: true })
  contact: ContactDto | null;
  @ApiProperty({ enum: TLP_LABELS })
  tlp: Tlp;
  exercise: boolean;
  dispatch: TicketDispatchDto;
  /** The responder who holds it. */
  @ApiProperty({ type: String, nullable: true })
  claimedBy: string | null;
  @ApiProperty({ type: String, nullable: true })
  claimedAt: string | null;
  /** Responders who help the holder. */
  joined: string[];
  @ApiProperty({ type: HandoverOfferDto, nullable: true })
  handover: HandoverOfferDto | null;
  @ApiProperty({ type: String, nullable: true })
  firstResponseAt: string | null;
  /** Whether somebody called back a number verified in peacetime. Before that, nothing confidential is said. */
  callbackVerified: boolean;
  @ApiProperty({ type: String, nullable: true })
  resolvedAt: string | null;
  @ApiProperty({ type: String, nullable: true })
  mergedInto: string | null;
  createdAt: string;
  updatedAt: string;
  version: number;
  /** Left out in events that did not touch the clocks. */
  clocks?: ClockDto[];
}

/** A page of tickets. */
export class TicketPageDto {
  items: TicketDto[];
  @ApiProperty({ type: String, nullable: true })
  nextCursor: string | null;
}
