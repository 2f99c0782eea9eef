import type { DeliveryDto } from '../dispatch/index.js';
import type { Statement, Work } from '../platform/index.js';
import type { SendResult } from './channels/channel.js';
import { certainty } from './domain/delivery-receipt.js';
import type { AttemptOutcome } from './domain/method-health.js';
import type { ChannelName } from './domain/channel-name.js';
import { attemptLastsMs } from './domain/notification-plan.js';
import { methodHealthColumns, writeHealth, type MethodHealthRow } from './method-health.js';

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
  channel: ChannelName;
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
  /** The one of several providers by which it was made, as the channels' file names it. */
  provider: string | null;
  /** One line, without the address. */
  error: string | null;
}

/** What came of an attempt. */
export interface DeliveryResult {
  delivery: Delivery;
  result: SendResult;
  /** Of a failure: nobody picked up, which is no fault of the method. */
  unanswered?: boolean;
}

/** The columns of `codegrey.deliveries AS delivery` under the names of `Delivery`. */
export const deliveryColumns = `delivery.id, delivery.page_id AS "pageId", delivery.provider_update_id AS "providerUpdateId",
  delivery.personal_notice_id AS "personalNoticeId",
  delivery.contact_method_id AS "contactMethodId", delivery.responder_id AS "responderId", delivery.ticket_id AS "ticketId",
  delivery.channel, delivery.address, delivery.attempt, delivery.state, delivery.permanent, delivery.at,
  delivery.provider_message_id AS "providerMessageId", delivery.provider, delivery.error`;

const insert: Statement = {
  name: 'deliveries-insert',
  text: `
    INSERT INTO codegrey.deliveries (id, page_id, provider_update_id, personal_notice_id, contact_method_id, responder_id, ticket_id, channel, address, attempt, state, at)
    SELECT "id", "pageId", "providerUpdateId", "personalNoticeId", "contactMethodId", "responderId", "ticketId", "channel", "address", "attempt", "state", "at"
    FROM jsonb_to_recordset($1::jsonb) AS delivery("id" uuid, "pageId" uuid, "providerUpdateId" uuid, "personalNoticeId" uuid, "contactMethodId" uuid,
      "responderId" uuid, "ticketId" uuid, "channel" text, "address" text, "attempt" integer, "state" text, "at" timestamptz)`,
};

/** `isNews` as SQL: a receipt may have come before what it is a receipt for was written down. */
const isNewsSql = [`result."state"`, 'delivery.state']
  .map((state) => `array_position(ARRAY['${certainty.join("', '")}'], ${state})`)
  .join(' > ');

/**
 * Writes what came of attempts, and answers the methods whose health that may change, locked in one order: those that failed, and
 * those that had failed before. What is no news of an attempt, since its receipt was faster, is none of its method. Indexes: the
 * primary keys.
 */
const finish: Statement = {
  name: 'deliveries-finish',
  text: `
    WITH result AS (
      SELECT * FROM jsonb_to_recordset($1::jsonb) AS result(
        "id" uuid, "contactMethodId" uuid, "state" text, "permanent" boolean, "providerMessageId" text, "error" text, "provider" text)
    ), deliveries AS (
      UPDATE codegrey.deliveries AS delivery
      SET state = CASE WHEN ${isNewsSql} THEN result."state" ELSE delivery.state END,
        permanent = CASE WHEN ${isNewsSql} THEN result."permanent" ELSE delivery.permanent END,
        error = CASE WHEN ${isNewsSql} THEN result."error" ELSE delivery.error END,
        provider_message_id = coalesce(result."providerMessageId", delivery.provider_message_id),
        provider = coalesce(result."provider", delivery.provider)
      FROM result WHERE delivery.id = result."id")
    SELECT ${methodHealthColumns}, result."id" AS "deliveryId"
    FROM result JOIN codegrey.deliveries AS delivery ON delivery.id = result."id"
      JOIN codegrey.contact_methods AS method ON method.id = result."contactMethodId"
    WHERE ${isNewsSql} AND (result."state" = 'failed' OR method.failures > 0) ORDER BY method.id FOR UPDATE OF method`,
};

/** Writes down attempts that are about to be made. */
export async function insertDeliveries(work: Work, deliveries: readonly Delivery[]): Promise<void> {
  if (deliveries.length > 0) await work.query(insert, [JSON.stringify(deliveries)]);
}

/** Writes down what came of attempts, and how the methods fare by which they were made. */
export async function finishDeliveries(work: Work, results: readonly DeliveryResult[], now: Date): Promise<void> {
  if (results.length === 0) return;
  const ended = results.map(({ delivery, result }) => finished(delivery, result));
  const rows = ended.map((delivery) => {
    const { id, contactMethodId, state, permanent, providerMessageId, provider, error } = delivery;
    return { id, contactMethodId, state, permanent, providerMessageId, provider, error };
  });
  const methods = await work.query<MethodHealthRow>(finish, [JSON.stringify(rows)]);
  if (methods.length === 0) return;
  const outcomes = new Map(
    results.flatMap(({ delivery, result, unanswered }): [string, AttemptOutcome][] =>
      // It had been written down as taken over before this was said of it.
      unanswered ? [] : [[delivery.id, outcomeOf(finished(delivery, result), delivery.state === 'sent')]],
    ),
  );
  await writeHealth(work, methods, outcomes, now);
}

function outcomeOf({ state, permanent, error }: Delivery, returned: boolean): AttemptOutcome {
  if (state !== 'failed') return { failed: false, delivered: state === 'delivered' };
  return { failed: true, permanent, error, returned };
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
  const provider = result.provider ?? null;
  if (result.outcome === 'failed')
    return { ...delivery, provider, state: 'failed', permanent: result.permanent, error: result.error };
  return { ...delivery, provider, state: result.outcome, providerMessageId: result.providerMessageId ?? null };
}

/** An attempt as the API shows it. One of which nothing was heard in time has failed: whoever made it is gone. */
export function presentDelivery(
  { channel, attempt, state, at, providerMessageId, provider, error }: Delivery,
  now: Date,
): DeliveryDto {
  const shown = { channel, attempt, at: at.toISOString(), providerMessageId, provider };
  if (state === 'sending' && at.getTime() + attemptLastsMs <= now.getTime()) {
    return { ...shown, state: 'failed', error: 'Nothing was heard of this attempt.' };
  }
  return { ...shown, state, error };
}
