import { administration, system } from '../identity/index.js';
import type { Statement, Work } from '../platform/index.js';
import { addressHint } from './domain/address.js';
import type { ChannelName } from './domain/channel-name.js';
import { healthAfter, type AttemptOutcome, type MethodHealth } from './domain/method-health.js';
import { methodFailing } from './notify-events.js';

/** A contact method of which it is decided how it fares. */
export interface WatchedMethod extends MethodHealth {
  id: string;
  responderId: string;
  channel: ChannelName;
  address: string;
  verifiedAt: Date | null;
}

/** The same beside the attempt that was made by it. */
export type MethodHealthRow = WatchedMethod & { deliveryId: string } & Record<string, unknown>;

/** The columns of `codegrey.contact_methods AS method` under the names of `WatchedMethod`. */
export const methodHealthColumns = `method.id, method.responder_id AS "responderId", method.channel, method.address,
  method.verified_at AS "verifiedAt", method.failures, method.failing_since AS "failingSince", method.last_error AS "lastError",
  method.returned,  method.reported_failing_at AS "reportedFailingAt"`;

/** Writes how methods fare. Index: the primary key. */
const write: Statement = {
  name: 'contact-methods-health',
  text: `
    UPDATE codegrey.contact_methods AS method
    SET failures = health."failures", failing_since = health."failingSince", last_error = health."lastError", returned = health."returned",
      reported_failing_at = health."reportedFailingAt", verified_at = health."verifiedAt"
    FROM jsonb_to_recordset($1::jsonb) AS health("id" uuid, "failures" integer, "failingSince" timestamptz, "lastError" text, "returned" boolean,
      "reportedFailingAt" timestamptz, "verifiedAt" timestamptz)
    WHERE method.id = health."id"`,
};

/** Decides and writes how locked methods fare after their attempts (by the attempt's id), and says what is news of it. */
export async function writeHealth(
  work: Work,
  methods: readonly MethodHealthRow[],
  outcomes: ReadonlyMap<string, AttemptOutcome>,
  now: Date,
): Promise<void> {
  const after = new Map<string, WatchedMethod>();
  for (const { deliveryId, ...row } of methods) {
    const outcome = outcomes.get(deliveryId);
    if (outcome) after.set(row.id, fareOn(work, after.get(row.id) ?? row, outcome, now));
  }
  await work.query(write, [JSON.stringify([...after.values()])]);
}

function fareOn(work: Work, method: WatchedMethod, outcome: AttemptOutcome, now: Date): WatchedMethod {
  const { health, news } = healthAfter(method, outcome, method.verifiedAt !== null, now);
  // A subscription that is gone does not come back (RFC 8030 section 7.3): its owner subscribes again, and verifies the new one.
  const isGone = outcome.failed && outcome.permanent && method.channel === 'push';
  const after = { ...method, ...health, verifiedAt: isGone ? null : method.verifiedAt };
  if (news !== null) record(work, news === 'failing' ? methodFailing : 'contact-method.recovered', method, after);
  if (isGone && method.verifiedAt !== null) record(work, 'contact-method.unverified', method, after);
  return after;
}

function record(work: Work, type: string, before: WatchedMethod, after: WatchedMethod): void {
  const { id, responderId, channel, address } = after;
  const time = (instant: Date | null) => instant?.toISOString() ?? null;
  work.record({
    type,
    subject: { type: 'contact-method', id },
    actor: system,
    scope: administration,
    audience: 'administration',
    changes: {
      failingSince: { from: time(before.failingSince), to: time(after.failingSince) },
      verifiedAt: { from: time(before.verifiedAt), to: time(after.verifiedAt) },
    },
    data: { id, responderId, channel, address: addressHint(channel, address), error: after.lastError },
  });
}
