import type { DeliveryDto } from '../dispatch/index.js';
import type { Statement, Work } from '../platform/index.js';
import type { SendResult } from './channels/channel.js';
import { attemptLastsMs } from './domain/notification-plan.js';

/** One attempt to hand a message to a channel: a row of `codegrey.deliveries`. */
export interface Delivery {
  id: string;
  /** What it carries: a page, an update to the provider, a personal notice, or (none of them) a code or a test for a contact method. */
  pageId: string | null;
  providerUpdateId: string | null;
  personalNoticeId: string | null;
  contactMethodId: string | null;
  responderId: string | null;
  ticketId: string | null;
  channel: string;
  /** Where no contact method holds it: the provider's address. */
  address: string | null;
  /** Counted from 1: by the same method about the same matter. */
  attempt: number;
  /** `sending`: nobody knows yet. */
  state: 'sending' | 'sent' | 'delivered' | 'failed';
  /** Of a failure: it would be the same again. */
  permanent: boolean;
  at: Date;
  providerMessageId: string | null;
  /** One line, without the address. */
  error: string | null;
}

/** What came of an attempt. */
export interface DeliveryResult {
  delivery: Delivery;
  result: SendResult;
}

/** The columns of `codegrey.deliveries AS delivery` under the names of `Delivery`. */
export const deliveryColumns = `delivery.id, delivery.page_id AS "pageId", delivery.provider_update_id AS "providerUpdateId",
  delivery.personal_notice_id AS "personalNoticeId",
  delivery.contact_method_id AS "contactMethodId", delivery.responder_id AS "responderId", delivery.ticket_id AS "ticketId",
  delivery.channel, delivery.address, delivery.attempt, delivery.state, delivery.permanent, delivery.at,
  delivery.provider_message_id AS "providerMessageId", delivery.error`;

const insert: Statement = {
  name: 'deliveries-insert',
  text: `
    INSERT INTO codegrey.deliveries (id, page_id, provider_update_id, personal_notice_id, contact_method_id, responder_id, ticket_id, channel, address, attempt, state, at)
    SELECT "id", "pageId", "providerUpdateId", "personalNoticeId", "contactMethodId", "responderId", "ticketId", "channel", "address", "attempt", "state", "at"
    FROM jsonb_to_recordset($1::jsonb) AS delivery("id" uuid, "pageId" uuid, "providerUpdateId" uuid, "personalNoticeId" uuid, "contactMethodId" uuid,
      "responderId" uuid, "ticketId" uuid, "channel" text, "address" text, "attempt" integer, "state" text, "at" timestamptz)`,
};

/** Writes what came of attempts, and how it stands with the methods they were made by. Indexes: the primary keys. */
const finish: Statement = {
  name: 'deliveries-finish',
  text: `
    WITH result AS (
      SELECT * FROM jsonb_to_recordset($1::jsonb) AS result(
        "id" uuid, "contactMethodId" uuid, "state" text, "permanent" boolean, "providerMessageId" text, "error" text)
    ), methods AS (
      UPDATE codegrey.contact_methods AS method
      SET failing_since = CASE WHEN result."state" = 'failed' THEN coalesce(method.failing_since, $2) END
      FROM result
      WHERE method.id = result."contactMethodId" AND (result."state" = 'failed') = (method.failing_since IS NULL))
    UPDATE codegrey.deliveries AS delivery
    SET state = result."state", permanent = result."permanent", provider_message_id = result."providerMessageId", error = result."error"
    FROM result WHERE delivery.id = result."id"`,
};

/** Writes down attempts that are about to be made. */
export async function insertDeliveries(work: Work, deliveries: readonly Delivery[]): Promise<void> {
  if (deliveries.length > 0) await work.query(insert, [JSON.stringify(deliveries)]);
}

/** Writes down what came of attempts. */
export async function finishDeliveries(work: Work, results: readonly DeliveryResult[], now: Date): Promise<void> {
  if (results.length === 0) return;
  const rows = results.map(({ delivery, result }) => {
    const { id, contactMethodId, state, permanent, providerMessageId, error } = finished(delivery, result);
    return { id, contactMethodId, state, permanent, providerMessageId, error };
  });
  await work.query(finish, [JSON.stringify(rows), now]);
}

/** Writes down attempts that were not made after all. It says nothing about the methods. Index: the primary key. */
const abandon: Statement = {
  name: 'deliveries-abandon',
  text: `
    UPDATE codegrey.deliveries SET state = 'failed', permanent = true, error = 'Withdrawn before it was sent.'
    WHERE id = ANY($1::uuid[]) AND state = 'sending'`,
};

/** Writes down attempts that were not made, since what they carry was withdrawn. */
export async function abandonDeliveries(work: Work, deliveries: readonly Delivery[]): Promise<void> {
  await work.query(abandon, [deliveries.map(({ id }) => id)]);
}

/** The attempt after its end. */
export function finished(delivery: Delivery, result: SendResult): Delivery {
  if (result.outcome === 'failed')
    return { ...delivery, state: 'failed', permanent: result.permanent, error: result.error };
  return { ...delivery, state: result.outcome, providerMessageId: result.providerMessageId ?? null };
}

/** An attempt as the API shows it. One of which nothing was heard in time has failed: whoever made it is gone. */
export function presentDelivery(
  { channel, attempt, state, at, providerMessageId, error }: Delivery,
  now: Date,
): DeliveryDto {
  const shown = { channel, attempt, at: at.toISOString(), providerMessageId };
  if (state === 'sending' && at.getTime() + attemptLastsMs <= now.getTime()) {
    return { ...shown, state: 'failed', error: 'Nothing was heard of this attempt.' };
  }
  return { ...shown, state, error };
}
