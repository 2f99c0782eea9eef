import { Injectable } from '@nestjs/common';
import { ticketColumns, type TicketFacts, type Tlp } from '../cases/index.js';
import {
  BaseAddress,
  Clock,
  Database,
  newId,
  Outbox,
  UnitOfWork,
  type Statement,
  type Work,
} from '../platform/index.js';
import { Providers } from '../providers/index.js';
import type { OutgoingMessage } from './channels/channel.js';
import { finishDeliveries, insertDeliveries, type Delivery } from './delivery.js';
import { addressFault } from './domain/address.js';
import { renderUpdate } from './domain/page-message.js';
import { planUpdate, type UpdateAttempt, type UpdatePlan } from './domain/update-plan.js';
import { threadOf } from './page-messages.service.js';
import { Sender } from './sender.service.js';

/** The kind of timer that looks at an update again whose sending failed. */
export const updateFollowUpTimer = 'notify-update-follow-up';

/** An attempt's deadline, and time to write down what came of it. */
const leaseMs = 8_000;

/** An update with its ticket. Index: the primary keys. */
const findUpdate: Statement = {
  name: 'notify-update',
  text: `
    SELECT message.id AS "updateId", message.text AS "updateText", message.tlp AS "updateTlp", ${ticketColumns}
    FROM codegrey.provider_updates AS message JOIN codegrey.tickets AS ticket ON ticket.id = message.ticket_id
    WHERE message.id = $1`,
};

/** Locks an update: one who decides at a time. Index: the primary key. */
const lockUpdate: Statement = {
  name: 'notify-update-lock',
  text: 'SELECT id FROM codegrey.provider_updates WHERE id = $1 FOR UPDATE',
};

/** The attempts to send an update, in the order in which they were begun. Index: deliveries_update. */
const attemptsOfUpdate: Statement = {
  name: 'deliveries-of-update',
  text: `SELECT address, state, permanent, at FROM codegrey.deliveries WHERE provider_update_id = $1 ORDER BY at, id`,
};

type Update = TicketFacts & { updateId: string; updateText: string; updateTlp: Tlp };
type UpdateRow = Update & Record<string, unknown>;
type UpdateAttemptRow = UpdateAttempt & Record<string, unknown>;

/** Sends updates to the provider by e-mail: to whoever asked for help and to the provider's verified contacts. */
@Injectable()
export class ProviderUpdates {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly unitOfWork: UnitOfWork,
    private readonly providers: Providers,
    private readonly sender: Sender,
    private readonly base: BaseAddress,
    private readonly clock: Clock,
  ) {}

  /** Acts on one message about an update. A message that is in other hands, or gone, is left alone. */
  async handle(messageId: string): Promise<void> {
    const message = await this.outbox.lease(messageId, leaseMs);
    if (!message) return;
    const [update] = await this.database.query<UpdateRow>(findUpdate, [message.subjectId]);
    if (!update) return this.unitOfWork.run(async (work) => void (await this.outbox.take(work, messageId)));
    const addresses = await this.addressesOf(update);
    const deliveries = await this.unitOfWork.run((work) => this.begin(work, update, addresses));
    const outgoing = deliveries.map((delivery) => ({ delivery, message: this.write(update, delivery) }));
    const results = await Promise.all(this.sender.send(outgoing));
    await this.unitOfWork.run(async (work) => {
      await work.query(lockUpdate, [update.updateId]);
      await finishDeliveries(work, results, this.clock.now());
      const { plan } = await this.plan(work, update, addresses);
      if (plan.nextAt) work.arm({ kind: updateFollowUpTimer, subjectId: update.updateId, dueAt: plan.nextAt });
      await this.outbox.take(work, messageId);
    });
  }

  /** Writes down the attempts that are to be made now, so that nobody else makes them too. */
  private async begin(work: Work, update: Update, addresses: readonly string[]): Promise<Delivery[]> {
    await work.query(lockUpdate, [update.updateId]);
    const { plan, attempts } = await this.plan(work, update, addresses);
    const now = this.clock.now();
    const deliveries = plan.sendNow.map((address) => {
      const before = attempts.filter((attempt) => attempt.address === address).length;
      return newDelivery(update, address, before + 1, now);
    });
    await insertDeliveries(work, deliveries);
    return deliveries;
  }

  private async plan(
    work: Work,
    update: Update,
    addresses: readonly string[],
  ): Promise<{ plan: UpdatePlan; attempts: UpdateAttempt[] }> {
    const attempts = await work.query<UpdateAttemptRow>(attemptsOfUpdate, [update.updateId]);
    return { plan: planUpdate(addresses, attempts, this.clock.now()), attempts };
  }

  /** Whoever asked for help, and the provider's contacts that were verified in peacetime: each address once. */
  private async addressesOf({ contact, providerId }: Update): Promise<string[]> {
    const provider = await this.providers.find(providerId);
    const verified = provider?.contacts.filter(({ verifiedAt }) => verifiedAt !== undefined) ?? [];
    const addresses = [contact?.email, ...verified.map(({ email }) => email)];
    const usable = addresses.filter((address) => address !== undefined && addressFault('email', address) === null);
    return [...new Map(usable.map((address = '') => [address.toLowerCase(), address])).values()];
  }

  private write(update: Update, { id, address }: Delivery): OutgoingMessage {
    const { reference, severityLevel, exercise } = update;
    const link = `${this.base.url}/?ticket=${reference}`;
    const facts = { reference, text: update.updateText, tlp: update.updateTlp, exercise, link };
    const rendered = renderUpdate({ ...facts, channelTrust: 'confidential' });
    return {
      deliveryId: id,
      attemptId: id,
      to: address ?? '',
      ...rendered,
      links: [link],
      ticketReference: reference,
      severity: severityLevel,
      references: threadOf(reference),
    };
  }
}

function newDelivery(update: Update, address: string, attempt: number, at: Date): Delivery {
  return {
    id: newId(),
    pageId: null,
    providerUpdateId: update.updateId,
    personalNoticeId: null,
    contactMethodId: null,
    responderId: null,
    ticketId: update.id,
    channel: 'email',
    address,
    attempt,
    state: 'sending',
    permanent: false,
    at,
    providerMessageId: null,
    provider: null,
    error: null,
  };
}
