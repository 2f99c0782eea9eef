import { Injectable } from '@nestjs/common';
import { deliveries as deliveryCount } from '../platform/index.js';
import { Channels } from './channels.service.js';
import type { OutgoingMessage, SendResult } from './channels/channel.js';
import type { Delivery, DeliveryResult } from './delivery.js';

/** An attempt that is written down, and what is to be sent. */
export interface Outgoing {
  delivery: Delivery;
  message: OutgoingMessage;
}

/** Hands messages to their channels. Needs the network, so never inside a transaction. */
@Injectable()
export class Sender {
  constructor(private readonly channels: Channels) {}

  /** Makes all attempts at once; none takes longer than its channel's deadline of 5 s. The promises never reject. */
  send(outgoing: readonly Outgoing[]): Promise<DeliveryResult>[] {
    return outgoing.map(async (one) => ({ delivery: one.delivery, result: await this.attempt(one) }));
  }

  private async attempt({ delivery, message }: Outgoing): Promise<SendResult> {
    const channel = this.channels.get(delivery.channel);
    const result: SendResult = channel
      ? await channel.send(message)
      : { outcome: 'failed', permanent: true, error: `The channel ${delivery.channel} is not set up on this desk.` };
    deliveryCount.inc({ channel: delivery.channel, outcome: result.outcome });
    return result;
  }
}
