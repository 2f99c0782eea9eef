import type { Statement } from '../platform/index.js';
import type { Lease, WarningClock } from './domain/lease.js';

/** What follows by itself from what somebody did says nothing of its own: only what they did themselves is a word of theirs. */
const byThemselves = `entry.type NOT LIKE 'page.%' AND entry.type NOT LIKE 'clock.%'`;

/**
 * What decides whether a holder is asked after: the clock, whether they are being asked, and whether anything was heard of them
 * since they claimed the ticket and the clock began. What began the clock is not counted: it is the word that is now long ago.
 * $1 clock. Indexes: the primary keys, journal_ticket, journal_incident.
 */
export const readWarning: Statement = {
  name: 'lease-warning',
  text: `
    SELECT clock.name, clock.state, clock.warnings_given AS "warningsGiven", ticket.id AS "ticketId",
      EXISTS (SELECT FROM codegrey.leases WHERE ticket_id = ticket.id AND holder_id = ticket.claimed_by) AS "isAsked",
      EXISTS (
        SELECT FROM codegrey.journal AS entry
        WHERE (entry.ticket_id = ticket.id OR entry.incident_id = ticket.incident_id) AND entry.actor_id = ticket.claimed_by
          AND entry.at > greatest(ticket.claimed_at, clock.started_at) AND ${byThemselves}
          AND entry.type NOT IN ('ticket.claimed', 'ticket.handover-accepted', 'ticket.responded', 'ticket.update-posted')
      ) AS "ofHolder"
    FROM codegrey.clocks AS clock JOIN codegrey.tickets AS ticket ON ticket.id = clock.ticket_id
    WHERE clock.id = $1`,
};

/** A warning with what was heard of the holder. */
export interface WarningRow extends WarningClock, Record<string, unknown> {
  ticketId: string;
  isAsked: boolean;
  ofHolder: boolean;
}

/** Notes that a holder was asked. $1 ticket, $2 holder, $3 clock, $4 now, $5 due. Index: the primary key. */
export const askHolder: Statement = {
  name: 'lease-ask',
  text: `
    INSERT INTO codegrey.leases (ticket_id, holder_id, clock, asked_at, due_at) VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (ticket_id) DO UPDATE SET holder_id = excluded.holder_id, clock = excluded.clock,
      asked_at = excluded.asked_at, due_at = excluded.due_at`,
};

/** The question that a holder was asked. $1 ticket. Index: the primary key. */
export const findLease: Statement = {
  name: 'lease-find',
  text: `
    SELECT holder_id AS "holderId", clock, asked_at AS "askedAt", due_at AS "dueAt"
    FROM codegrey.leases WHERE ticket_id = $1`,
};

/** Takes a question away, answered or not. $1 ticket. Index: the primary key. */
export const endLease: Statement = {
  name: 'lease-end',
  text: `
    DELETE FROM codegrey.leases WHERE ticket_id = $1
    RETURNING holder_id AS "holderId", clock, asked_at AS "askedAt", due_at AS "dueAt"`,
};

/** A question that was asked. */
export interface LeaseRow extends Lease, Record<string, unknown> {
  /** The clock whose warning it was asked upon. */
  clock: string;
}

/** Whether anything was heard of somebody about a case since a moment. $1 ticket, $2 incident, $3 who, $4 since. Indexes: as above. */
export const heardSince: Statement = {
  name: 'lease-heard',
  text: `
    SELECT EXISTS (
      SELECT FROM codegrey.journal AS entry
      WHERE (entry.ticket_id = $1 OR entry.incident_id = $2) AND entry.actor_id = $3 AND entry.at >= $4 AND ${byThemselves}
    ) AS heard`,
};
