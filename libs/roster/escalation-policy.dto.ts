import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsDefined,
  IsInt,
  IsISO31661Alpha2,
  IsIn,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateBy,
  ValidateNested,
} from 'class-validator';
import { IsPlainText } from '../platform/index.js';
import { WorstPathDto } from './worst-path.dto.js';

const severities = ['SEV1', 'SEV2', 'SEV3', 'SEV4'] as const;

/** Whom a step pages: exactly one of its members. */
export class TargetDto {
  /** Who is on call by this schedule. */
  @IsOptional()
  @IsUUID()
  schedule?: string;

  @IsOptional()
  @IsUUID()
  responder?: string;

  @IsOptional()
  @IsUUID()
  team?: string;

  /** So many of the best fits for the ticket. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(50)
  bestFit?: number;

  /** The desk on duty. */
  @ApiProperty({ enum: ['coordinator'] })
  @IsOptional()
  @IsIn(['coordinator'])
  role?: 'coordinator';
}

/** One step: page its targets, then wait before the next. */
export class EscalationStepDto {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(10)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => TargetDto)
  targets: TargetDto[];

  /** One target at a time, in turn from ticket to ticket, instead of all of them. */
  @IsOptional()
  @IsBoolean()
  roundRobin?: boolean;

  /**
   * How many of those whom it reaches have to answer: `all` or a number of them are paged again until they do. `first`, and
   * when left out: nobody has to. The first claim stops the escalation all the same.
   */
  @ApiProperty({ oneOf: [{ enum: ['first', 'all'] }, { type: 'integer', minimum: 1, maximum: 50 }] })
  @IsOptional()
  @ValidateBy({
    name: 'isAnswers',
    validator: {
      validate: (value) =>
        value === 'first' || value === 'all' || (Number.isInteger(value) && value >= 1 && value <= 50),
      defaultMessage: () => 'must be first, all, or a whole number from 1 to 50',
    },
  })
  answers?: 'first' | 'all' | number;

  /** Passes by those who drive or are not to be paged yet, while anybody else can be asked. Left out: for SEV3 and SEV4 only. */
  @IsOptional()
  @IsBoolean()
  respectStandby?: boolean;

  /** ISO 8601 duration, PT10S to PT24H. */
  @IsString()
  @MaxLength(30)
  thenWait: string;
}

/** Which tickets a policy is for; an empty list means any. */
export class PolicyScopeDto {
  @ApiProperty({ enum: severities, isArray: true })
  @IsOptional()
  @IsIn(severities, { each: true })
  @ArrayMaxSize(4)
  severity?: string[];

  @IsOptional()
  @IsISO31661Alpha2({ each: true })
  @ArrayMaxSize(60)
  countries?: string[];

  /** Codes of config/taxonomy.yaml: a class, or class/type. */
  @IsOptional()
  @Matches(/^[a-z0-9-]{1,64}(\/[a-z0-9-]{1,64})?$/, { each: true })
  @ArrayMaxSize(60)
  classification?: string[];
}

/** Who is paged about an unclaimed ticket, in which order and for how long. */
export class EscalationPolicyInputDto {
  @IsPlainText()
  @MaxLength(200)
  name: string;

  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => PolicyScopeDto)
  appliesTo?: PolicyScopeDto;

  @IsDefined()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(20)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => EscalationStepDto)
  steps: EscalationStepDto[];

  /** How often the steps are gone through again after the first time. */
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(20)
  repeat?: number;
}

/** An escalation policy. */
export class EscalationPolicyDto extends EscalationPolicyInputDto {
  id: string;
  version: number;
  /** What it comes to at the worst, as it was found when it was tested last; null: it has not been tested yet. */
  @ApiProperty({ type: WorstPathDto, nullable: true })
  worstPath: WorstPathDto | null;
  /** Since when it could end in silence; null: it cannot. */
  @ApiProperty({ type: String, nullable: true })
  silentSince: string | null;
}

/** A page of escalation policies. */
export class EscalationPolicyPageDto {
  items: EscalationPolicyDto[];
  @ApiProperty({ type: String, nullable: true })
  nextCursor: string | null;
}
