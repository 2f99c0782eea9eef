import { consequencesSql, type Statement } from '../platform/index.js';
import { insertClocksSql } from '../clocks/index.js';

/**
 * Everything that a request for help writes, in one statement and so in one round trip: ticket, incident, services,
 * clocks, journal, messages, timers, and the answer under its idempotency key. Only inserts by primary key.
 *
 * $1 incident and ticket, $2 services, $3 clocks, $4 to $7 the consequences, $8 caller and $9 key (null without one),
 * $10 the answer to keep under it, $11 somebody to let into the case (null: nobody).
 */
export const openCase: Statement = {
  name: 'open-case',
  text: `
WITH given AS (
  SELECT * FROM jsonb_to_record($1::jsonb) AS ticket(
    id uuid, reference text, incident_id uuid, incident_reference text, provider_id uuid, country text, tlp text, exercise boolean,
    summary text, description text, classification text, detected_at timestamptz, aware_at timestamptz, impact jsonb, ransom jsonb,
    needs jsonb, contact jsonb, severity_level text, severity_reasons text[], created_by_role text, created_by uuid, created_at timestamptz)
), incident_row AS (
  INSERT INTO codegrey.incidents (id, reference, provider_id, country, tlp, exercise, phase, opened_at)
  SELECT incident_id, incident_reference, provider_id, country, tlp, exercise, 'triage', created_at FROM given
), ticket_row AS (
  INSERT INTO codegrey.tickets (id, reference, state, incident_id, provider_id, country, tlp, exercise, summary, description, classification,
    detected_at, aware_at, impact, ransom, needs, contact, severity_level, severity_rated, severity_reasons, dispatch_status,
    created_by_role, created_by, created_at, updated_at)
  SELECT id, reference, 'open', incident_id, provider_id, country, tlp, exercise, summary, description, classification,
    detected_at, aware_at, impact, ransom, needs, contact, severity_level, severity_level, severity_reasons, 'paging',
    created_by_role, created_by, created_at, created_at FROM given
), service_rows AS (
  INSERT INTO codegrey.incident_services (incident_id, service, status, down_since, changed_at)
  SELECT * FROM jsonb_to_recordset($2::jsonb) AS service(incident_id uuid, service text, status text, down_since timestamptz, changed_at timestamptz)
), ${insertClocksSql(3)}, ${consequencesSql(4)}, kept_answer AS (
  UPDATE codegrey.idempotency_keys SET status = 201, headers = $10::jsonb -> 'headers', body = $10::jsonb -> 'body'
  WHERE caller_id = $8::uuid AND key = $9::text
), participant_row AS (
  INSERT INTO codegrey.case_participants (ticket_id, principal_id) SELECT id, $11::uuid FROM given WHERE $11::uuid IS NOT NULL
)
SELECT 1`,
};
