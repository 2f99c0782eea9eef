import { Injectable } from '@nestjs/common';
import type { DeliveryDto } from '../dispatch/index.js';
import { Clock, Database, isId, newId, SecretBox, UnitOfWork } from '../platform/index.js';
import type { OutgoingMessage } from './channels/channel.js';
import type { MessageParts } from './contact-method-message.js';
import { ContactMethod } from './contact-method.entity.js';
import { finishDeliveries, finished, insertDeliveries, presentDelivery, type Delivery } from './delivery.js';
import { openSecret } from './open-secret.js';
import { Sender } from './sender.service.js';

/** Sends messages that concern a contact method itself, while somebody waits for what comes of it: codes, tests, answers. */
@Injectable()
export class MethodMessages {
  constructor(
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
    private readonly sender: Sender,
    private readonly secrets: SecretBox,
    private readonly clock: Clock,
  ) {}

  /** Sends a message by a method, and answers what came of it; null when the method is gone. Not for use inside a transaction. */
  async send(methodId: string, compose: (parts: MessageParts) => OutgoingMessage): Promise<DeliveryDto | null> {
    const { manager } = this.database.dataSource;
    const method = isId(methodId) ? await manager.findOneBy(ContactMethod, { id: methodId }) : null;
    return method && this.sendBy(method, compose);
  }

  /** The same by a method at hand. */
  async sendBy(method: ContactMethod, compose: (parts: MessageParts) => OutgoingMessage): Promise<DeliveryDto> {
    const now = this.clock.now();
    const delivery = deliveryTo(method, now);
    await this.unitOfWork.run((work) => insertDeliveries(work, [delivery]));
    const secret = openSecret(this.secrets, method.sealedSecret);
    const message = compose({ deliveryId: delivery.id, attemptId: delivery.id, method, secret, now });
    const results = await Promise.all(this.sender.send([{ delivery, message }]));
    await this.unitOfWork.run((work) => finishDeliveries(work, results, this.clock.now()));
    const [ended] = results.map(({ result }) => finished(delivery, result));
    return presentDelivery(ended ?? delivery, now);
  }
}

function deliveryTo(method: ContactMethod, at: Date): Delivery {
  return {
    id: newId(),
    pageId: null,
    providerUpdateId: null,
    personalNoticeId: null,
    contactMethodId: method.id,
    responderId: method.responderId,
    ticketId: null,
    channel: method.channel,
    address: null,
    attempt: 1,
    state: 'sending',
    permanent: false,
    at,
    providerMessageId: null,
    provider: null,
    error: null,
  };
}
