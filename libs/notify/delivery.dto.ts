import { ApiProperty } from '@nestjs/swagger';

export const deliveryStates = ['sending', 'sent', 'delivered', 'failed'] as const;

export type DeliveryState = (typeof deliveryStates)[number];

/** One attempt to hand a message to a channel. */
export class DeliveryDto {
  channel: string;
  /** Counted from 1. */
  attempt: number;
  @ApiProperty({ enum: deliveryStates })
  state: DeliveryState;
  at: string;
  /** The id that the channel's server gave the message. */
  @ApiProperty({ type: String, nullable: true })
  providerMessageId: string | null;
  @ApiProperty({ type: String, nullable: true })
  error: string | null;
}
