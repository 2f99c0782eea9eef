import { Injectable } from '@nestjs/common';
import { DeliveryRecords, type DeliveryDto, type PageReplyDto } from '../dispatch/index.js';
import { Clock, Database, type Statement } from '../platform/index.js';
import { deliveryColumns, presentDelivery, type Delivery } from './delivery.js';
import { repliesOfPages, type ReplyRow } from './replies.sql.js';

/** The attempts about pages, in the order in which they were begun. Index: deliveries_page. */
const ofPages: Statement = {
  name: 'deliveries-of-pages',
  text: `
    SELECT ${deliveryColumns} FROM codegrey.deliveries AS delivery
    WHERE delivery.page_id = ANY($1::uuid[]) ORDER BY delivery.at, delivery.id`,
};

/** Tells dispatch how its pages were sent. */
@Injectable()
export class PageDeliveryRecords extends DeliveryRecords {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {
    super();
  }

  /** The attempts by page. The caller must already be known to see the pages. */
  async ofPages(pageIds: string[]): Promise<Map<string, DeliveryDto[]>> {
    const rows = await this.database.query<Delivery & Record<string, unknown>>(ofPages, [pageIds]);
    const now = this.clock.now();
    const byPage = Map.groupBy(rows, ({ pageId }) => String(pageId));
    return new Map(
      [...byPage].map(([pageId, deliveries]) => [pageId, deliveries.map((delivery) => presentDelivery(delivery, now))]),
    );
  }

  /** What was answered to them in replies. The same holds. */
  async repliesTo(pageIds: string[]): Promise<Map<string, PageReplyDto[]>> {
    const rows = await this.database.query<ReplyRow>(repliesOfPages, [pageIds]);
    const byPage = Map.groupBy(rows, ({ pageId }) => pageId);
    return new Map([...byPage].map(([pageId, replies]) => [pageId, replies.map(presentReply)]));
  }
}

function presentReply({ channel, command, changed, at }: ReplyRow): PageReplyDto {
  return { channel, command, changed, at: at.toISOString() };
}
