import type { Statement } from '../platform/index.js';
import type { AskedPerson } from './domain/answers.js';

/**
 * Whom the steps of a ticket have reached since its paging began, with when each was paged last and whether they have answered;
 * the holder has. Whoever could not be reached is left to those who replace them. $1 ticket. Indexes: the primary key of
 * dispatches and declines, pages_ticket.
 */
export const readAsked: Statement = {
  name: 'answers-asked',
  text: `
    SELECT page.step, page.round, page.responder_id AS "responderId", max(page.created_at) AS "lastPagedAt",
      bool_or(page.response IS NOT NULL) OR page.responder_id = ticket.claimed_by
        OR EXISTS (SELECT FROM codegrey.declines WHERE ticket_id = $1 AND responder_id = page.responder_id) AS answered
    FROM codegrey.dispatches AS dispatch
    JOIN codegrey.tickets AS ticket ON ticket.id = dispatch.ticket_id
    JOIN codegrey.pages AS page ON page.ticket_id = dispatch.ticket_id
    WHERE dispatch.ticket_id = $1 AND page.round > 0 AND page.created_at >= dispatch.started_at
    GROUP BY page.step, page.round, page.responder_id, ticket.claimed_by
    HAVING bool_or(page.state <> 'failed')
    ORDER BY page.round, page.step, page.responder_id`,
};

/** The policy by which a ticket is paged. $1 ticket. Index: the primary key. */
export const readPolicy: Statement = {
  name: 'answers-policy',
  text: 'SELECT policy FROM codegrey.dispatches WHERE ticket_id = $1',
};

/** Somebody whom a step has reached. */
export interface AskedRow extends AskedPerson, Record<string, unknown> {
  step: number;
  round: number;
}
