import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsObject, IsOptional, IsString, Matches, MaxLength, ValidateNested } from 'class-validator';
import { DeliveryDto } from '../dispatch/index.js';
import { channelNames, type ChannelName } from './domain/channel-name.js';

/** The keys of a push subscription, as the browser hands them out. */
export class PushKeysDto {
  /** The browser's public key: an uncompressed point of P-256, base64url. */
  @IsString()
  @MaxLength(200)
  p256dh: string;

  /** The secret that the browser shares with the desk: 16 bytes, base64url. */
  @IsString()
  @MaxLength(200)
  auth: string;
}

/** A way to reach a responder, to be added. */
export class CreateContactMethodDto {
  /** Which of them a desk has depends on how it is set up; the answer to another one names them. */
  @ApiProperty({ enum: channelNames })
  @IsIn(channelNames)
  channel: ChannelName;

  /**
   * E-mail: an address. SMS and voice: a number in E.164. Push: the subscription's endpoint. ntfy: the URL of a topic. Matrix: a
   * user, a room or an alias. Slack, Mattermost, Teams and webhook: the URL that messages are posted to.
   */
  @IsString()
  @MaxLength(2_000)
  address: string;

  /** Push only, and needed there. */
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => PushKeysDto)
  keys?: PushKeysDto;
}

/** The code that was sent to a contact method. */
export class VerifyContactMethodDto {
  @Matches(/^\d{6}$/, { message: 'must be the six digits that were sent' })
  code: string;
}

/** A way to reach a responder. Only verified ones are used for pages. */
export class ContactMethodDto {
  id: string;
  responderId: string;
  @ApiProperty({ enum: channelNames })
  channel: ChannelName;
  address: string;
  /** The responder's own order, counted from 0. */
  position: number;
  @ApiProperty({ type: String, nullable: true })
  verifiedAt: string | null;
  /** Since when every attempt by it has failed; null: the last one worked, or there was none. */
  @ApiProperty({ type: String, nullable: true })
  failingSince: string | null;
  /** How often it has failed since then. */
  failures: number;
  /** What the last failure was. */
  @ApiProperty({ type: String, nullable: true })
  lastError: string | null;
  createdAt: string;
  version: number;
}

/** A contact method just added, and what came of sending its code. */
export class CreatedContactMethodDto extends ContactMethodDto {
  /** Webhooks: the secret that messages are signed with (Standard Webhooks). It is shown this once. */
  @ApiProperty({ type: String, nullable: true })
  secret: string | null;
  verification: DeliveryDto;
}

/** The contact methods of a responder, in their order. */
export class ContactMethodPageDto {
  items: ContactMethodDto[];
  @ApiProperty({ type: String, nullable: true })
  nextCursor: string | null;
}
