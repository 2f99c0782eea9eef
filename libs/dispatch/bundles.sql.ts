import type { Statement } from '../platform/index.js';
import { ticketColumns } from '../cases/index.js';
import { pageColumns } from './page.js';

/**
 * Finds out for each person whether a page about a ticket of a storm goes at once or with others. The first does, and so does one after
 * the last message is long enough past; the rest gather. Answers nothing where the ticket belongs to no storm. In the order of the
 * people, so that two tickets at once cannot wait for each other.
 *
 * $1 ticket, $2 people with an id for a bundle each, $3 now, $4 for how many milliseconds a bundle gathers at first.
 * Indexes: the primary key of storm_tickets, page_bundles_gathering.
 */
export const gatherPages: Statement = {
  name: 'bundle-gather',
  text: `
    INSERT INTO codegrey.page_bundles AS gathering (id, storm_id, responder_id, due_at, gathers_ms)
    SELECT person.bundle_id, member.storm_id, person.responder_id, $3::timestamptz + $4::integer * interval '1 millisecond', $4
    FROM codegrey.storm_tickets AS member, jsonb_to_recordset($2::jsonb) AS person(bundle_id uuid, responder_id uuid)
    WHERE member.ticket_id = $1 ORDER BY person.responder_id
    ON CONFLICT (storm_id, responder_id) WHERE released_at IS NULL DO UPDATE SET
      pages = CASE WHEN gathering.pages = 0 AND gathering.due_at <= $3 THEN 0 ELSE gathering.pages + 1 END,
      due_at = CASE WHEN gathering.pages = 0 AND gathering.due_at <= $3 THEN excluded.due_at ELSE gathering.due_at END,
      gathers_ms = CASE WHEN gathering.pages = 0 AND gathering.due_at <= $3 THEN excluded.gathers_ms ELSE gathering.gathers_ms END
    RETURNING id, responder_id AS "responderId", due_at AS "dueAt", pages`,
};

/**
 * Releases bundles, and lets the next ones gather in their place, for twice as long: the storm goes on. Locked in the order in which
 * pages join them. $1 bundles, $2 now, $3 for how many milliseconds a bundle gathers at most.
 * Indexes: the primary key, page_bundles_gathering.
 */
export const releaseBundles: Statement = {
  name: 'bundles-release',
  text: `
    WITH due AS (
      SELECT id FROM codegrey.page_bundles WHERE id = ANY($1::uuid[]) AND released_at IS NULL
      ORDER BY storm_id, responder_id FOR UPDATE
    ), released AS (
      UPDATE codegrey.page_bundles AS bundle SET released_at = $2 FROM due WHERE bundle.id = due.id
      RETURNING storm_id, responder_id, least(2 * gathers_ms, $3::integer) AS next_ms
    )
    INSERT INTO codegrey.page_bundles (id, storm_id, responder_id, due_at, gathers_ms)
    SELECT gen_random_uuid(), storm_id, responder_id, $2::timestamptz + next_ms * interval '1 millisecond', next_ms FROM released
    ON CONFLICT DO NOTHING`,
};

/** One page of each of these bundles that still waits to be sent, with its ticket: the most urgent. $1 bundles. Index: pages_bundle. */
export const readDuePages: Statement = {
  name: 'bundles-due-pages',
  text: `
    SELECT DISTINCT ON (page.bundle_id) page.id AS "pageId", page.bundle_id AS "bundleId", page.responder_id AS "responderId", ${ticketColumns}
    FROM codegrey.pages AS page JOIN codegrey.tickets AS ticket ON ticket.id = page.ticket_id
    WHERE page.bundle_id = ANY($1::uuid[]) AND page.state = 'owed' ORDER BY page.bundle_id, ticket.severity_level, page.id`,
};

/**
 * The page that is sent for this one ($1), locked: itself, or the most urgent of its bundle that can still be answered, those that did
 * not fail first. Nothing while the bundle gathers, or when none is left. Indexes: the primary keys, pages_bundle.
 */
export const lockSentPage: Statement = {
  name: 'bundle-lock-sent-page',
  text: `
    SELECT ${pageColumns} FROM codegrey.pages AS page
    WHERE page.id = coalesce(
      (SELECT id FROM codegrey.pages WHERE id = $1 AND bundle_id IS NULL),
      (SELECT other.id FROM codegrey.pages AS given
        JOIN codegrey.page_bundles AS bundle ON bundle.id = given.bundle_id AND bundle.released_at IS NOT NULL
        JOIN codegrey.pages AS other ON other.bundle_id = bundle.id AND other.state IN ('owed', 'sent', 'delivered', 'failed')
        JOIN codegrey.tickets AS ticket ON ticket.id = other.ticket_id
        WHERE given.id = $1 ORDER BY other.state = 'failed', ticket.severity_level, other.id LIMIT 1))
    FOR UPDATE OF page`,
};

/** When a bundle was released, and what else is in it that can still be answered. $1 bundle, $2 the page that is sent. Index: pages_bundle. */
export const readBundle: Statement = {
  name: 'bundle-read',
  text: `
    SELECT bundle.released_at AS "releasedAt", count(other.id)::integer AS others,
      coalesce((array_agg(ticket.reference ORDER BY ticket.severity_level, other.id) FILTER (WHERE other.id IS NOT NULL))[1:100], '{}') AS references
    FROM codegrey.page_bundles AS bundle
    LEFT JOIN codegrey.pages AS other
      ON other.bundle_id = bundle.id AND other.id <> $2 AND other.state IN ('owed', 'sent', 'delivered', 'failed')
    LEFT JOIN codegrey.tickets AS ticket ON ticket.id = other.ticket_id
    WHERE bundle.id = $1 GROUP BY bundle.released_at`,
};

/**
 * Gives the other pages of a bundle the state of the one that was sent, where that says more. $1 bundle, $2 the page that was sent,
 * $3 state, $4 the states that say less, $5 now. Index: pages_bundle.
 */
export const markBundle: Statement = {
  name: 'bundle-mark',
  text: `
    UPDATE codegrey.pages AS page SET state = $3, updated_at = $5 FROM codegrey.tickets AS ticket
    WHERE page.bundle_id = $1 AND page.id <> $2 AND page.state = ANY($4::text[]) AND ticket.id = page.ticket_id
    RETURNING ${pageColumns}, jsonb_build_object('ticketId', ticket.id, 'incidentId', ticket.incident_id, 'providerId', ticket.provider_id,
      'country', ticket.country, 'tlp', ticket.tlp, 'reference', ticket.reference) AS scope`,
};
