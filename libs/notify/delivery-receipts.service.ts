import { Injectable } from '@nestjs/common';
import { Clock, UnitOfWork, type Statement, type Work } from '../platform/index.js';
import { Pages } from '../dispatch/index.js';
import { deliveryColumns, finishDeliveries, type Delivery } from './delivery.js';
import type { SentMessage } from './domain/delivery-report.js';
import { isNews, type Receipt } from './domain/delivery-receipt.js';
import { PageRounds } from './page-rounds.service.js';

/** One attempt. Index: the primary key. */
const byId: Statement = {
  name: 'receipt-delivery',
  text: `SELECT ${deliveryColumns} FROM codegrey.deliveries AS delivery WHERE delivery.id = $1`,
};

/** The last attempt about a page by a method. Index: deliveries_page. */
const lastOfPage: Statement = {
  name: 'receipt-delivery-of-page',
  text: `
    SELECT ${deliveryColumns} FROM codegrey.deliveries AS delivery
    WHERE delivery.page_id = $1 AND delivery.contact_method_id = $2 ORDER BY delivery.at DESC, delivery.id DESC LIMIT 1`,
};

const lockDelivery: Statement = { name: 'receipt-delivery-lock', text: `${byId.text} FOR UPDATE` };

type DeliveryRow = Delivery & Record<string, unknown>;

/** Takes what providers say of messages after they have taken them over. */
@Injectable()
export class DeliveryReceipts {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly pages: Pages,
    private readonly rounds: PageRounds,
    private readonly clock: Clock,
  ) {}

  /** Writes a receipt down, and what follows from it for the page. Answers whether it was news about a message of ours. */
  take(of: SentMessage, receipt: Receipt): Promise<boolean> {
    return this.unitOfWork.run(async (work) => {
      const named = await find(work, of);
      if (!named) return false;
      // The page first, as whoever sends does, so that the two never wait for each other.
      if (named.pageId !== null) await this.pages.lock(work, named.pageId);
      const [delivery] = await work.query<DeliveryRow>(lockDelivery, [named.id]);
      if (!delivery || !isNews(delivery.state, receipt)) return false;
      // Whoever gives a receipt had taken the message over, whether that is written down yet or not.
      const takenOver: Delivery = { ...delivery, state: 'sent' };
      const ended = { delivery: takenOver, result: resultOf(receipt, delivery), unanswered: receipt.unanswered };
      await finishDeliveries(work, [ended], this.clock.now());
      if (delivery.pageId !== null) await this.rounds.end(work, delivery.pageId, []);
      return true;
    });
  }
}

async function find(work: Work, of: SentMessage): Promise<Delivery | undefined> {
  if ('deliveryId' in of) return (await work.query<DeliveryRow>(byId, [of.deliveryId]))[0];
  return (await work.query<DeliveryRow>(lastOfPage, [of.pageId, of.contactMethodId]))[0];
}

function resultOf({ state, permanent, error }: Receipt, { providerMessageId }: Delivery) {
  if (state === 'failed') return { outcome: state, permanent, error: error ?? 'It was not delivered.' };
  return { outcome: state, providerMessageId: providerMessageId ?? undefined };
}
