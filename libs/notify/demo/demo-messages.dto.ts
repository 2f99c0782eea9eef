import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import { PageQuery } from '../../platform/index.js';
import { channelNames, type ChannelName } from '../domain/channel-name.js';

/** Which of the demo's messages to list. */
export class DemoMessageQuery extends PageQuery {
  @ApiProperty({ enum: channelNames, required: false })
  @IsOptional()
  @IsIn(channelNames)
  channel?: ChannelName;

  /** An e-mail address, or the address or the name of a demo phone. */
  @IsOptional()
  @IsString()
  @MaxLength(2_000)
  to?: string;

  /** Id or reference of the ticket that the message is about. */
  @IsOptional()
  @IsString()
  @MaxLength(40)
  ticket?: string;
}

/** A message that a demo phone or the demo inbox has received. */
export class DemoMessageDto {
  id: string;
  channel: string;
  to: string;
  /** Whose address it is, where somebody has it among their contact methods. */
  @ApiProperty({ type: String, nullable: true })
  responderId: string | null;
  @ApiProperty({ type: String, nullable: true })
  ticketId: string | null;
  subject: string;
  text: string;
  links: string[];
  at: string;
}

/** A page of demo messages. */
export class DemoMessagePageDto {
  items: DemoMessageDto[];
  @ApiProperty({ type: String, nullable: true })
  nextCursor: string | null;
}
