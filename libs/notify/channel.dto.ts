import { ApiProperty } from '@nestjs/swagger';
import { channelNames, type ChannelName } from './domain/channel-name.js';
import type { ChannelTrust } from './domain/disclosure.js';

/** A channel, as this desk has it. */
export class ChannelDto {
  @ApiProperty({ enum: channelNames })
  name: ChannelName;
  /** Whether people can have contact methods on it. */
  available: boolean;
  /** `confidential`: messages carry what the label of the case permits. `public`: reference, severity and the number to call. */
  @ApiProperty({ enum: ['confidential', 'public'] })
  trust: ChannelTrust;
  /** The providers that messages go by, the preferred one first; empty where there is nothing to choose. */
  providers: string[];
}

/** Every channel of the contract. */
export class ChannelPageDto {
  items: ChannelDto[];
  @ApiProperty({ type: String, nullable: true })
  nextCursor: string | null;
}

/** The desk's public key for Web Push. */
export class PushKeyDto {
  /** An uncompressed point of P-256, base64url (RFC 8292). */
  publicKey: string;
}
