import type { Statement } from '../platform/index.js';
import { pageColumns } from './page.js';

/** What must be known to decide whom to page, in one round trip. Indexes: dispatches and declines by key, pages_ticket, tickets_held, policy_turns by key. */
export const readSituation: Statement = {
  name: 'dispatch-situation',
  text: `
    SELECT
      (SELECT to_jsonb(dispatch) FROM codegrey.dispatches AS dispatch WHERE dispatch.ticket_id = $1) AS dispatch,
      ARRAY(SELECT responder_id FROM codegrey.declines WHERE ticket_id = $1)::text[] AS declined,
      ARRAY(SELECT DISTINCT responder_id FROM codegrey.pages WHERE ticket_id = $1 AND purpose = 'claim')::text[] AS "alreadyPaged",
      ARRAY(SELECT responder_id FROM codegrey.pages WHERE ticket_id = $1 AND purpose = 'claim' AND state IN ('owed', 'sent', 'delivered'))::text[] AS live,
      (SELECT coalesce(jsonb_object_agg(held.claimed_by, held.count), '{}') FROM (
        SELECT claimed_by, count(*) FROM codegrey.tickets WHERE state = 'claimed' GROUP BY claimed_by) AS held) AS "openTickets",
      (SELECT coalesce(jsonb_agg(turns), '[]') FROM codegrey.policy_turns AS turns) AS turns`,
};

/**
 * Writes a step in one round trip: earlier pages to the same people give way, the new ones are owed, everybody paged is
 * let into the case, and the ticket shows where its paging stands. The ticket's version stays: nobody's edit is overtaken.
 *
 * $1 ticket, $2 pages, $3 policy, $4 step, $5 round, $6 exhausted, $7 status, $8 when the next step is due, $9 now
 */
export const writeStep: Statement = {
  name: 'dispatch-write-step',
  text: `
    WITH given AS (
      SELECT * FROM jsonb_to_recordset($2::jsonb) AS page(id uuid, responder_id uuid, purpose text, reasons text[])
    ), superseded AS (
      UPDATE codegrey.pages AS page SET state = 'withdrawn', updated_at = $9
      FROM given WHERE page.ticket_id = $1 AND page.responder_id = given.responder_id AND page.purpose = given.purpose
        AND page.state IN ('owed', 'sent', 'delivered')
    ), owed AS (
      INSERT INTO codegrey.pages (id, ticket_id, responder_id, purpose, step, round, state, reasons, created_at, updated_at)
      SELECT id, $1, responder_id, purpose, $4, $5, 'owed', reasons, $9, $9 FROM given
    ), let_in AS (
      INSERT INTO codegrey.case_participants (ticket_id, principal_id) SELECT $1, responder_id FROM given ON CONFLICT DO NOTHING
    ), turned AS (
      INSERT INTO codegrey.policy_turns AS known (policy_id, step, turn) SELECT ($3::jsonb ->> 'id')::uuid, $4, 1 WHERE $3::jsonb IS NOT NULL AND NOT $6
      ON CONFLICT (policy_id, step) DO UPDATE SET turn = known.turn + 1
    ), position AS (
      INSERT INTO codegrey.dispatches (ticket_id, policy, step, round, exhausted) VALUES ($1, $3, $4, $5, $6)
      ON CONFLICT (ticket_id) DO UPDATE SET policy = excluded.policy, step = excluded.step, round = excluded.round, exhausted = excluded.exhausted
    )
    UPDATE codegrey.tickets SET dispatch_status = $7, dispatch_step = $4, dispatch_next_step_at = $8 WHERE id = $1`,
};

/** Owes pages beside the present step. $1 ticket, $2 pages, $3 step, $4 round, $5 now */
export const owePages: Statement = {
  name: 'dispatch-owe-pages',
  text: `
    WITH given AS (
      SELECT * FROM jsonb_to_recordset($2::jsonb) AS page(id uuid, responder_id uuid, purpose text, reasons text[])
    ), let_in AS (
      INSERT INTO codegrey.case_participants (ticket_id, principal_id) SELECT $1, responder_id FROM given ON CONFLICT DO NOTHING
    )
    INSERT INTO codegrey.pages (id, ticket_id, responder_id, purpose, step, round, state, reasons, created_at, updated_at)
    SELECT id, $1, responder_id, purpose, $3, $4, 'owed', reasons, $5, $5 FROM given`,
};

/** Withdraws the live pages of a ticket, but for one person's ($2, null: nobody's); `$3`: purposes. Index: pages_live. */
export const withdrawPages: Statement = {
  name: 'pages-withdraw',
  text: `
    UPDATE codegrey.pages AS page SET state = 'withdrawn', updated_at = $4
    WHERE page.ticket_id = $1 AND page.state IN ('owed', 'sent', 'delivered') AND page.responder_id IS DISTINCT FROM $2 AND page.purpose = ANY($3::text[])
    RETURNING ${pageColumns}`,
};

/** Answers the live pages of one person about a ticket. Index: pages_live. */
export const answerPages: Statement = {
  name: 'pages-answer',
  text: `
    UPDATE codegrey.pages AS page SET state = 'acknowledged', response = $3, acknowledged_at = $4, updated_at = $4
    WHERE page.ticket_id = $1 AND page.responder_id = $2 AND page.state IN ('owed', 'sent', 'delivered', 'failed') AND page.purpose = ANY($5::text[])
    RETURNING ${pageColumns}`,
};
