import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsString, Matches, MaxLength } from 'class-validator';
import { DeliveryDto } from '../dispatch/index.js';
import { availableChannels, channelNames, type AvailableChannel, type ChannelName } from './domain/address.js';

/** A way to reach a responder, to be added. */
export class CreateContactMethodDto {
  /** Which of them a desk has depends on how it is set up; the answer to another one names them. */
  @ApiProperty({ enum: channelNames })
  @IsIn(channelNames)
  channel: ChannelName;

  /** An e-mail address, or the URL of a webhook. */
  @IsString()
  @MaxLength(2_000)
  address: string;
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
  @ApiProperty({ enum: availableChannels })
  channel: AvailableChannel;
  address: string;
  /** The responder's own order, counted from 0. */
  position: number;
  @ApiProperty({ type: String, nullable: true })
  verifiedAt: string | null;
  /** Since when every attempt by it has failed; null: the last one worked, or there was none. */
  @ApiProperty({ type: String, nullable: true })
  failingSince: string | null;
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
