import type { Statement } from '../platform/index.js';

/** The most recent tickets that are looked at for a common cause: enough for any storm, and the same work in the greatest. */
const mostRecent = 1_000;

/**
 * What a ticket has in common with the recent ones that are open or claimed, and the storms that are about any of it. An exercise is
 * no part of an emergency. $1 ticket, $2 since when. Indexes: the primary keys, tickets_open, storms_live.
 */
export const readSharedCauses: Statement = {
  name: 'storm-shared-causes',
  text: `
    WITH given AS (
      SELECT ticket.*, lower(ticket.ransom ->> 'family') AS family, provider.products
      FROM codegrey.tickets AS ticket LEFT JOIN codegrey.providers AS provider ON provider.id = ticket.provider_id WHERE ticket.id = $1
    ), recent AS (
      SELECT other.provider_id, other.classification, other.created_by, other.created_by_role, lower(other.ransom ->> 'family') AS family
      FROM codegrey.tickets AS other
      WHERE other.state IN ('open', 'claimed') AND other.created_at > $2 AND other.exercise = (SELECT exercise FROM given)
      ORDER BY other.created_at DESC, other.id DESC LIMIT ${mostRecent}
    ), causes AS (
      SELECT 'provider' AS cause, given.provider_id::text AS value FROM given
      UNION ALL SELECT 'classification', classification FROM given WHERE classification IS NOT NULL
      UNION ALL SELECT 'ransom-family', family FROM given WHERE family IS NOT NULL
      UNION ALL SELECT 'source', created_by::text FROM given WHERE created_by_role = 'integration'
      UNION ALL SELECT 'product', unnest(products) FROM given
    ), shared AS (
      SELECT cause, value, CASE cause
        WHEN 'provider' THEN (SELECT count(*) FROM recent WHERE provider_id = given.provider_id)
        WHEN 'classification' THEN (SELECT count(*) FROM recent WHERE classification = given.classification)
        WHEN 'ransom-family' THEN (SELECT count(*) FROM recent WHERE family = given.family)
        WHEN 'source' THEN (SELECT count(*) FROM recent WHERE created_by = given.created_by AND created_by_role = 'integration')
        WHEN 'product' THEN (SELECT count(*) FROM recent JOIN codegrey.providers AS provider ON provider.id = recent.provider_id
          WHERE value = ANY(provider.products))
        END::integer AS tickets
      FROM causes, given
    )
    SELECT (SELECT jsonb_agg(shared) FROM shared) AS shared,
      (SELECT coalesce(jsonb_agg(jsonb_build_object('id', storm.id, 'cause', storm.cause)), '[]')
        FROM codegrey.storms AS storm JOIN causes USING (cause, value)
        WHERE storm.ended_at IS NULL AND storm.exercise = (SELECT exercise FROM given)) AS live`,
};

/** Begins a storm, unless somebody else has just done so. Index: storms_live. */
export const beginStorm: Statement = {
  name: 'storm-begin',
  text: `
    INSERT INTO codegrey.storms (id, cause, value, exercise, began_at) VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (cause, value, exercise) WHERE ended_at IS NULL DO NOTHING RETURNING id`,
};

/** The live storm about something. Index: storms_live. */
export const findLiveStorm: Statement = {
  name: 'storm-find-live',
  text: 'SELECT id FROM codegrey.storms WHERE cause = $1 AND value = $2 AND exercise = $3 AND ended_at IS NULL',
};

/** Puts a ticket into a storm; it stays in the one it is in. $1 ticket, $2 storm, $3 when it was opened. Index: the primary key. */
export const joinStorm: Statement = {
  name: 'storm-join',
  text: 'INSERT INTO codegrey.storm_tickets (ticket_id, storm_id, at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
};

/**
 * Puts all recent tickets of a cause into a storm that begins. $1 storm, $2 cause, $3 value, $4 exercise, $5 since when.
 * In the order of their ids, so that two storms that begin at once cannot wait for each other. Index: tickets_open.
 */
export const gatherStorm: Statement = {
  name: 'storm-gather',
  text: `
    INSERT INTO codegrey.storm_tickets (ticket_id, storm_id, at)
    SELECT ticket.id, $1, ticket.created_at
    FROM codegrey.tickets AS ticket LEFT JOIN codegrey.providers AS provider ON provider.id = ticket.provider_id
    WHERE ticket.state IN ('open', 'claimed') AND ticket.created_at > $5 AND ticket.exercise = $4 AND CASE $2
      WHEN 'provider' THEN ticket.provider_id::text = $3
      WHEN 'classification' THEN ticket.classification = $3
      WHEN 'ransom-family' THEN lower(ticket.ransom ->> 'family') = $3
      WHEN 'source' THEN ticket.created_by_role = 'integration' AND ticket.created_by::text = $3
      WHEN 'product' THEN $3 = ANY(provider.products) END
    ORDER BY ticket.id
    ON CONFLICT DO NOTHING`,
};

/** How it stands with live storms. $1 storms. Indexes: the primary key, storm_tickets_storm. */
export const readStormStandings: Statement = {
  name: 'storm-standings',
  text: `
    SELECT storm.id, storm.cause, storm.value, storm.told_tickets AS "toldTickets", tickets.count AS tickets, tickets.last AS "lastTicketAt"
    FROM codegrey.storms AS storm
    CROSS JOIN LATERAL (
      SELECT count(*)::integer AS count, max(at) AS last FROM codegrey.storm_tickets WHERE storm_id = storm.id) AS tickets
    WHERE storm.id = ANY($1::uuid[]) AND storm.ended_at IS NULL FOR UPDATE OF storm`,
};

/** Writes down of how many tickets storms were told. $1 storms with their numbers. Index: the primary key. */
export const noteStormsTold: Statement = {
  name: 'storms-told',
  text: `
    UPDATE codegrey.storms AS storm SET told_tickets = told.tickets
    FROM jsonb_to_recordset($1::jsonb) AS told(id uuid, tickets integer) WHERE storm.id = told.id`,
};

/** Ends storms, with the bundles in which nothing waits. $1 storms, $2 now. Indexes: the primary key, page_bundles_gathering. */
export const endStorms: Statement = {
  name: 'storms-end',
  text: `
    WITH emptied AS (
      DELETE FROM codegrey.page_bundles WHERE storm_id = ANY($1::uuid[]) AND released_at IS NULL AND pages = 0)
    UPDATE codegrey.storms SET ended_at = $2 WHERE id = ANY($1::uuid[])`,
};

/**
 * The tickets of storms by country, for whoever may see those of that country: the first of them, the strictest of their labels, and
 * the newest by their references. $1 storms. Index: storm_tickets_storm.
 */
export const readStormCountries: Statement = {
  name: 'storm-countries',
  text: `
    SELECT member.storm_id AS "stormId", ticket.country, count(*)::integer AS tickets,
      (array_agg(ticket.id ORDER BY ticket.id))[1] AS "ticketId",
      (array_agg(ticket.incident_id ORDER BY ticket.id))[1] AS "incidentId",
      (array_agg(ticket.tlp ORDER BY array_position(
        ARRAY['TLP:RED', 'TLP:AMBER+STRICT', 'TLP:AMBER', 'TLP:GREEN', 'TLP:CLEAR'], ticket.tlp)))[1] AS tlp,
      (array_agg(ticket.reference ORDER BY ticket.id DESC))[1:100] AS newest
    FROM codegrey.storm_tickets AS member JOIN codegrey.tickets AS ticket ON ticket.id = member.ticket_id
    WHERE member.storm_id = ANY($1::uuid[]) GROUP BY member.storm_id, ticket.country ORDER BY member.storm_id, ticket.country`,
};
