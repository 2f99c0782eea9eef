import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tickets, incidents, what is down, and what was said to the provider. Open tickets have indexes of their own. */
export class Cases1600000000000 implements MigrationInterface {
  name = 'Cases1600000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE codegrey.incidents (
        id uuid PRIMARY KEY,
        reference text NOT NULL UNIQUE,
        provider_id uuid NOT NULL,
        country text NOT NULL,
        tlp text NOT NULL,
        exercise boolean NOT NULL,
        phase text NOT NULL CHECK (phase IN ('triage', 'containment', 'eradication', 'recovery', 'post-incident', 'closed')),
        opened_at timestamptz(3) NOT NULL,
        contained_at timestamptz(3),
        recovered_at timestamptz(3),
        closed_at timestamptz(3),
        review jsonb,
        version integer NOT NULL DEFAULT 1
      );

      CREATE TABLE codegrey.tickets (
        id uuid PRIMARY KEY,
        reference text NOT NULL UNIQUE,
        state text NOT NULL CHECK (state IN ('open', 'claimed', 'resolved', 'closed', 'rejected', 'merged')),
        incident_id uuid NOT NULL REFERENCES codegrey.incidents (id),
        provider_id uuid NOT NULL,
        country text NOT NULL,
        tlp text NOT NULL CHECK (tlp IN ('TLP:RED', 'TLP:AMBER+STRICT', 'TLP:AMBER', 'TLP:GREEN', 'TLP:CLEAR')),
        exercise boolean NOT NULL,
        summary text NOT NULL,
        description text,
        classification text,
        detected_at timestamptz(3),
        aware_at timestamptz(3),
        impact jsonb,
        ransom jsonb,
        needs jsonb,
        contact jsonb,
        severity_level text NOT NULL,
        severity_rated text NOT NULL,
        severity_reasons text[] NOT NULL,
        severity_override text,
        dispatch_status text NOT NULL CHECK (dispatch_status IN ('paging', 'claimed', 'exhausted', 'held')),
        dispatch_step integer NOT NULL DEFAULT 1,
        dispatch_next_step_at timestamptz(3),
        claimed_by uuid,
        claimed_at timestamptz(3),
        joined uuid[] NOT NULL DEFAULT '{}',
        handover jsonb,
        first_response_at timestamptz(3),
        callback_verified boolean NOT NULL DEFAULT false,
        resolved_at timestamptz(3),
        merged_into uuid REFERENCES codegrey.tickets (id),
        state_before_merge text,
        created_by_role text NOT NULL,
        created_by uuid NOT NULL,
        created_at timestamptz(3) NOT NULL,
        updated_at timestamptz(3) NOT NULL,
        version integer NOT NULL DEFAULT 1
      );
      CREATE INDEX tickets_open ON codegrey.tickets (created_at, id) WHERE state IN ('open', 'claimed');
      CREATE INDEX tickets_newest ON codegrey.tickets (id DESC);
      CREATE INDEX tickets_provider ON codegrey.tickets (provider_id, id DESC);
      CREATE INDEX tickets_holder ON codegrey.tickets (claimed_by, id DESC) WHERE claimed_by IS NOT NULL;
      CREATE INDEX tickets_held ON codegrey.tickets (claimed_by) WHERE state = 'claimed';
      CREATE INDEX tickets_incident ON codegrey.tickets (incident_id);
      CREATE INDEX tickets_merged ON codegrey.tickets (merged_into) WHERE merged_into IS NOT NULL;
      CREATE INDEX tickets_text ON codegrey.tickets USING gin (to_tsvector('simple', summary || ' ' || coalesce(description, '')));

      CREATE TABLE codegrey.incident_services (
        incident_id uuid NOT NULL REFERENCES codegrey.incidents (id),
        service text NOT NULL,
        status text NOT NULL CHECK (status IN ('down', 'degraded', 'ok')),
        down_since timestamptz(3),
        restored_at timestamptz(3),
        changed_at timestamptz(3) NOT NULL,
        PRIMARY KEY (incident_id, service)
      );

      CREATE TABLE codegrey.provider_updates (
        id uuid PRIMARY KEY,
        ticket_id uuid NOT NULL REFERENCES codegrey.tickets (id),
        text text NOT NULL,
        tlp text NOT NULL,
        author_role text NOT NULL,
        author_id uuid NOT NULL,
        created_at timestamptz(3) NOT NULL
      );
      CREATE INDEX provider_updates_ticket ON codegrey.provider_updates (ticket_id, id);

      CREATE TABLE codegrey.reported_alerts (
        principal_id uuid NOT NULL,
        fingerprint text NOT NULL,
        group_key text NOT NULL,
        ticket_id uuid NOT NULL REFERENCES codegrey.tickets (id),
        status text NOT NULL CHECK (status IN ('firing', 'resolved')),
        changed_at timestamptz(3) NOT NULL,
        PRIMARY KEY (principal_id, fingerprint)
      );
      CREATE INDEX reported_alerts_group ON codegrey.reported_alerts (principal_id, group_key);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE codegrey.reported_alerts, codegrey.provider_updates, codegrey.incident_services, codegrey.tickets, codegrey.incidents`);
  }
}
