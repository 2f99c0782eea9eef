import type { Statement } from '../platform/index.js';

/** As many of each kind are counted, and as many tickets named, as anybody reads. */
const most = 1_000;
const mostNamed = 20;

/**
 * What is late by more than $1 milliseconds; messages whose id is lower than $2 were written before that. Indexes: timers_due, the
 * primary keys of outbox and timers, tickets_open, pages_ticket.
 */
export const readSigns: Statement = {
  name: 'heartbeat-signs',
  text: `
    WITH overdue AS (SELECT codegrey.now() - $1 * interval '1 millisecond' AS before),
    open AS (
      SELECT ticket.id, ticket.reference FROM codegrey.tickets AS ticket, overdue
      WHERE ticket.state = 'open' AND ticket.dispatch_status <> 'held'
        AND greatest(ticket.created_at, ticket.updated_at) < overdue.before
      ORDER BY ticket.created_at, ticket.id
    )
    SELECT
      (SELECT count(*)::integer FROM (
        SELECT FROM codegrey.timers, overdue WHERE due_at < overdue.before LIMIT ${most}) AS late) AS "lateTimers",
      (SELECT count(*)::integer FROM (SELECT FROM codegrey.outbox WHERE id < $2::uuid LIMIT ${most}) AS late) AS "lateMessages",
      ARRAY(SELECT reference FROM open, overdue WHERE NOT EXISTS (
        SELECT FROM codegrey.timers WHERE kind = $3 AND subject_id = open.id AND due_at >= overdue.before) LIMIT ${mostNamed})
        AS "withoutNextStep",
      ARRAY(SELECT reference FROM open WHERE NOT EXISTS (
        SELECT FROM codegrey.pages WHERE ticket_id = open.id) LIMIT ${mostNamed}) AS unpaged`,
};

/** Takes the right to send one sign of life, when it is due: one process gets it. $1 milliseconds until the next. */
export const takeTurn: Statement = {
  name: 'heartbeat-turn',
  text: `
    UPDATE codegrey.heartbeat SET due_at = clock_timestamp() + $1 * interval '1 millisecond'
    WHERE due_at <= clock_timestamp() RETURNING true AS due`,
};

/** Notes that a sign of life was taken ($1 null), or why not. */
export const noteOutcome: Statement = {
  name: 'heartbeat-outcome',
  text: `
    UPDATE codegrey.heartbeat SET sent_at = CASE WHEN $1::text IS NULL THEN clock_timestamp() ELSE sent_at END,
      failed_at = CASE WHEN $1::text IS NULL THEN failed_at ELSE clock_timestamp() END, error = $1`,
};

/** How it went last. */
export const readOutcome: Statement = {
  name: 'heartbeat-last',
  text: 'SELECT sent_at AS "sentAt", failed_at AS "failedAt", error FROM codegrey.heartbeat',
};

/** How it went last. */
export interface HeartbeatOutcome extends Record<string, unknown> {
  sentAt: Date | null;
  failedAt: Date | null;
  error: string | null;
}
