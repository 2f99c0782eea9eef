import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsInt,
  IsNotEmpty,
  IsObject,
  IsOptional,
  IsString,
  MaxLength,
  ValidateNested,
} from 'class-validator';

/** Labels and annotations of Prometheus: names and texts. */
type Labels = Record<string, string>;

/** One alert of a notification. */
export class AlertDto {
  @ApiProperty({ enum: ['firing', 'resolved'] })
  @IsIn(['firing', 'resolved'])
  status: 'firing' | 'resolved';

  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' } })
  @IsObject()
  labels: Labels;

  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' } })
  @IsOptional()
  @IsObject()
  annotations?: Labels;

  @IsOptional()
  @IsString()
  @MaxLength(100)
  startsAt?: string;

  @IsOptional()
  @IsString()
  @MaxLength(100)
  endsAt?: string;

  @IsOptional()
  @IsString()
  @MaxLength(2_000)
  generatorURL?: string;

  /** The same for every repetition of one alert. */
  @IsString()
  @IsNotEmpty()
  @MaxLength(200)
  fingerprint: string;
}

/** Prometheus Alertmanager's webhook, version 4, as it comes. */
export class AlertmanagerNotificationDto {
  @IsOptional() @IsString() @MaxLength(10) version?: string;
  @IsString() @IsNotEmpty() @MaxLength(4_000) groupKey: string;
  @IsOptional() @IsInt() truncatedAlerts?: number;
  @IsIn(['firing', 'resolved']) status: 'firing' | 'resolved';
  @IsOptional() @IsString() @MaxLength(500) receiver?: string;

  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' } })
  @IsOptional()
  @IsObject()
  groupLabels?: Labels;

  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' } })
  @IsOptional()
  @IsObject()
  commonLabels?: Labels;

  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' } })
  @IsOptional()
  @IsObject()
  commonAnnotations?: Labels;

  @IsOptional() @IsString() @MaxLength(2_000) externalURL?: string;

  /** Why Alertmanager notifies now; sent by newer versions. */
  @IsOptional() @IsString() @MaxLength(200) notificationReason?: string;

  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(500)
  @ValidateNested({ each: true })
  @Type(() => AlertDto)
  alerts: AlertDto[];
}

/** What became of a notification. */
export class AlertmanagerAnswerDto {
  @ApiProperty({ enum: ['opened', 'joined', 'nothing-to-do'] })
  outcome: 'opened' | 'joined' | 'nothing-to-do';
  @ApiProperty({ type: String, nullable: true })
  ticketId: string | null;
  @ApiProperty({ type: String, nullable: true })
  reference: string | null;
}
