import type { Statement } from '../platform/index.js';
import { pageColumns } from './page.js';

const live = `state IN ('owed', 'sent', 'delivered')`;

/**
 * What must be known to decide whom to page, in one round trip. Indexes: dispatches, declines and policy_turns by key,
 * pages_ticket, pages_live, pages_responder, tickets_held, tickets_known_holders, and the primary key of paged_nights.
 * $1 ticket, $2 the first of the nights that are looked at.
 */
export const readSituation: Statement = {
  name: 'dispatch-situation',
  text: `
    WITH dispatch AS (SELECT * FROM codegrey.dispatches WHERE ticket_id = $1)
    SELECT
      (SELECT to_jsonb(dispatch) FROM dispatch) AS dispatch,
      ARRAY(SELECT responder_id FROM codegrey.declines WHERE ticket_id = $1)::text[] AS declined,
      ARRAY(SELECT DISTINCT responder_id FROM codegrey.pages WHERE ticket_id = $1 AND purpose = 'claim')::text[] AS "everPaged",
      (SELECT coalesce(jsonb_agg(DISTINCT jsonb_build_object('responderId', page.responder_id, 'round', page.round)), '[]')
        FROM codegrey.pages AS page, dispatch
        WHERE page.ticket_id = $1 AND page.round > 0 AND page.created_at >= dispatch.started_at) AS asked,
      (SELECT coalesce(jsonb_agg(jsonb_build_object(
          'responderId', responder_id, 'purpose', purpose, 'step', step, 'round', round)), '[]')
        FROM codegrey.pages WHERE ticket_id = $1 AND ${live}) AS live,
      (SELECT coalesce(jsonb_object_agg(held.claimed_by, held.count), '{}') FROM (
        SELECT claimed_by, count(*) FROM codegrey.tickets WHERE state = 'claimed' GROUP BY claimed_by) AS held) AS "openTickets",
      (SELECT coalesce(jsonb_object_agg(responder.id, last.created_at), '{}') FROM codegrey.responders AS responder
        CROSS JOIN LATERAL (
          SELECT created_at FROM codegrey.pages WHERE responder_id = responder.id ORDER BY created_at DESC LIMIT 1) AS last
        WHERE responder.active) AS "lastPagedAt",
      (SELECT coalesce(jsonb_agg(turns), '[]') FROM codegrey.policy_turns AS turns) AS turns,
      (SELECT coalesce(jsonb_object_agg(recent.responder_id, recent.nights), '{}') FROM (
        SELECT responder_id, count(*) AS nights FROM codegrey.paged_nights WHERE night >= $2 GROUP BY responder_id) AS recent) AS "recentNights",
      ARRAY(SELECT DISTINCT known.claimed_by FROM codegrey.tickets AS known, codegrey.tickets AS ticket
        WHERE ticket.id = $1 AND known.provider_id = ticket.provider_id AND known.claimed_by IS NOT NULL AND known.id <> $1
      )::text[] AS "knowProvider"`,
};

const givenPages = `
    given AS (
      SELECT * FROM jsonb_to_recordset($2::jsonb) AS page(
        id uuid, responder_id uuid, purpose text, reasons text[], bundle_id uuid, night integer)
    ), broken_nights AS (
      INSERT INTO codegrey.paged_nights (night, responder_id) SELECT night, responder_id FROM given WHERE night IS NOT NULL
      ON CONFLICT DO NOTHING
    ), superseded AS (
      UPDATE codegrey.pages AS page SET state = 'withdrawn', updated_at = $5
      FROM given WHERE page.ticket_id = $1 AND page.responder_id = given.responder_id AND page.purpose = given.purpose
        AND page.${live}
      RETURNING ${pageColumns}
    ), owed AS (
      INSERT INTO codegrey.pages (id, ticket_id, responder_id, purpose, step, round, state, reasons, bundle_id, created_at, updated_at)
      SELECT id, $1, responder_id, purpose, $3, $4, 'owed', reasons, bundle_id, $5, $5 FROM given
      -- Reading all of it makes room first: there is one live page for each person and purpose.
      WHERE (SELECT count(*) FROM superseded) >= 0
    ), let_in AS (
      INSERT INTO codegrey.case_participants (ticket_id, principal_id) SELECT $1, responder_id FROM given ON CONFLICT DO NOTHING
    )`;

/**
 * Owes pages: earlier ones to the same people for the same purpose give way and are answered, and everybody paged is let
 * into the case. $1 ticket, $2 pages, $3 step, $4 round, $5 now. Index: pages_live.
 */
export const owePages: Statement = {
  name: 'dispatch-owe-pages',
  text: `WITH ${givenPages} SELECT * FROM superseded`,
};

/**
 * The same for a step of the escalation, and where the paging stands, in one round trip. The ticket's version stays: what
 * the desk does by itself must not turn away somebody who claims or edits with the version they have read.
 *
 * $1 ticket, $2 pages, $3 step, $4 round, $5 now, $6 policy, $7 exhausted, $8 when the next step is due, $9 begins anew, $10 takes turns
 */
export const writeStep: Statement = {
  name: 'dispatch-write-step',
  text: `
    WITH ${givenPages}, turned AS (
      INSERT INTO codegrey.policy_turns AS known (policy_id, step, turn) SELECT ($6::jsonb ->> 'id')::uuid, $3, 1 WHERE $10::boolean
      ON CONFLICT (policy_id, step) DO UPDATE SET turn = known.turn + 1
    ), position AS (
      INSERT INTO codegrey.dispatches AS known (ticket_id, policy, step, round, exhausted, started_at, updated_at)
      VALUES ($1, $6, $3, $4, $7, $5, $5)
      ON CONFLICT (ticket_id) DO UPDATE SET policy = excluded.policy, step = excluded.step, round = excluded.round,
        exhausted = excluded.exhausted, updated_at = excluded.updated_at,
        started_at = CASE WHEN $9::boolean THEN excluded.started_at ELSE known.started_at END
    ), shown AS (
      UPDATE codegrey.tickets SET dispatch_status = CASE WHEN $7 THEN 'exhausted' ELSE 'paging' END, dispatch_step = $3, dispatch_next_step_at = $8
      WHERE id = $1
    )
    SELECT * FROM superseded`,
};

/** Remembers who gave a ticket back, so that others are asked first. $1 ticket, $2 who, $3 now. Index: the primary key. */
export const rememberGiver: Statement = {
  name: 'dispatch-remember-giver',
  text: `
    INSERT INTO codegrey.dispatches AS known (ticket_id, step, round, exhausted, started_at, gave_back, updated_at)
    VALUES ($1, 0, 1, false, $3, ARRAY[$2::uuid], $3)
    ON CONFLICT (ticket_id) DO UPDATE
    SET gave_back = array_append(array_remove(known.gave_back, $2::uuid), $2::uuid), updated_at = excluded.updated_at`,
};

/** Writes down why somebody will not come; the last reason stands. Index: the primary key. */
export const writeDecline: Statement = {
  name: 'decline-write',
  text: `
    INSERT INTO codegrey.declines (ticket_id, responder_id, reason, note, at) VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (ticket_id, responder_id) DO UPDATE SET reason = excluded.reason, note = excluded.note, at = excluded.at`,
};
