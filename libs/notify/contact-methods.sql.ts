import type { Statement } from '../platform/index.js';
import type { AvailableChannel } from './domain/address.js';
import type { PageAttempt } from './domain/notification-plan.js';
import type { NotificationRule } from './domain/notification-schedule.js';

/** A verified contact method, as sending needs it. */
export interface VerifiedMethod {
  id: string;
  channel: AvailableChannel;
  address: string;
  sealedSecret: string | null;
  position: number;
}

/** The verified methods of a responder, in their order. Index: contact_methods_address. */
export const verifiedMethods: Statement = {
  name: 'contact-methods-verified',
  text: `
    SELECT id, channel, address, sealed_secret AS "sealedSecret", position
    FROM codegrey.contact_methods WHERE responder_id = $1 AND verified_at IS NOT NULL ORDER BY position, id`,
};

/** The rules of a responder, in their order. Index: the primary key. */
export const notificationRules: Statement = {
  name: 'notification-rules',
  text: `
    SELECT severities, contact_method_id AS "contactMethodId", after_ms AS "afterMs"
    FROM codegrey.notification_rules WHERE responder_id = $1 ORDER BY position`,
};

/** The attempts by the methods of a responder about one page, in the order in which they were begun. Index: deliveries_page. */
export const pageAttempts: Statement = {
  name: 'deliveries-of-page',
  text: `
    SELECT contact_method_id AS "contactMethodId", state, permanent, at
    FROM codegrey.deliveries
    WHERE contact_method_id IS NOT NULL AND page_id IN (
      SELECT $1::uuid UNION ALL
      SELECT other.id FROM codegrey.pages AS given JOIN codegrey.pages AS other ON other.bundle_id = given.bundle_id AND other.id <> $1
      WHERE given.id = $1)
    ORDER BY at, id`,
};

export type VerifiedMethodRow = VerifiedMethod & Record<string, unknown>;
export type NotificationRuleRow = NotificationRule & Record<string, unknown>;
export type PageAttemptRow = PageAttempt & Record<string, unknown>;
