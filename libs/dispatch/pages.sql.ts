import type { Statement } from '../platform/index.js';
import { pageColumns } from './page.js';

/** One page. Index: the primary key. */
export const findPage: Statement = {
  name: 'page-find',
  text: `SELECT ${pageColumns} FROM codegrey.pages AS page WHERE page.id = $1`,
};

/** The same, locked. */
export const lockPage: Statement = { name: 'page-lock', text: `${findPage.text} FOR UPDATE` };

/** Whether somebody has been paged about a ticket for a purpose and has not answered. Index: pages_ticket. */
export const findUnanswered: Statement = {
  name: 'page-asked',
  text: `
    SELECT FROM codegrey.pages
    WHERE ticket_id = $1 AND responder_id = $2 AND purpose = $3 AND state IN ('owed', 'sent', 'delivered', 'failed') LIMIT 1`,
};

/** The newest pages of a ticket, oldest first. Index: pages_ticket. */
export const listPages: Statement = {
  name: 'pages-of-ticket',
  text: `
    SELECT * FROM (SELECT ${pageColumns} FROM codegrey.pages AS page WHERE page.ticket_id = $1 ORDER BY page.id DESC LIMIT 1000) AS newest
    ORDER BY id`,
};

/** Writes the state of a locked page. Index: the primary key. */
export const markPage: Statement = {
  name: 'page-mark',
  text: 'UPDATE codegrey.pages SET state = $2, updated_at = $3 WHERE id = $1',
};

/** Who may see the case of a page, and how people call it. Index: the primary key. */
export const scopeOfPage: Statement = {
  name: 'page-scope',
  text: `
    SELECT reference, id AS "ticketId", incident_id AS "incidentId", provider_id AS "providerId", country, tlp
    FROM codegrey.tickets WHERE id = $1`,
};

/**
 * Withdraws the live pages of a ticket for some purposes ($2), of one person ($3) or, where that is null, of everybody. $4 now.
 * Index: pages_live.
 */
export const withdrawPages: Statement = {
  name: 'pages-withdraw',
  text: `
    UPDATE codegrey.pages AS page SET state = 'withdrawn', updated_at = $4
    WHERE page.ticket_id = $1 AND page.state IN ('owed', 'sent', 'delivered') AND page.purpose = ANY($2::text[])
      AND ($3::uuid IS NULL OR page.responder_id = $3)
    RETURNING ${pageColumns}`,
};

/**
 * Answers the pages of one person about a ticket, those too that never reached them; says of each whether it was live.
 * Index: pages_ticket.
 */
export const answerPages: Statement = {
  name: 'pages-answer',
  text: `
    WITH known AS (
      SELECT id, state FROM codegrey.pages
      WHERE ticket_id = $1 AND responder_id = $2 AND state IN ('owed', 'sent', 'delivered', 'failed') AND purpose = ANY($5::text[])
      FOR UPDATE
    )
    UPDATE codegrey.pages AS page SET state = 'acknowledged', response = $3, acknowledged_at = $4, updated_at = $4
    FROM known WHERE page.id = known.id
    RETURNING ${pageColumns}, known.state <> 'failed' AS "wasLive"`,
};

/**
 * What becomes of the pages of a ticket when somebody claims it, in one round trip: theirs are answered, all others that ask
 * for a claim are withdrawn, and they are let into the case. $1 ticket, $2 who, $3 now. Index: pages_ticket.
 */
export const settlePages: Statement = {
  name: 'pages-settle',
  text: `
    WITH let_in AS (
      INSERT INTO codegrey.case_participants (ticket_id, principal_id) VALUES ($1, $2) ON CONFLICT DO NOTHING
    )
    UPDATE codegrey.pages AS page SET
      state = CASE WHEN page.responder_id = $2 THEN 'acknowledged' ELSE 'withdrawn' END,
      response = CASE WHEN page.responder_id = $2 THEN 'claimed' END,
      acknowledged_at = CASE WHEN page.responder_id = $2 THEN $3::timestamptz END,
      updated_at = $3
    WHERE page.ticket_id = $1 AND CASE WHEN page.responder_id = $2
      THEN page.state IN ('owed', 'sent', 'delivered', 'failed')
      ELSE page.purpose = 'claim' AND page.state IN ('owed', 'sent', 'delivered') END
    RETURNING ${pageColumns}`,
};
