import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The desk's time, the journal, messages, timers and idempotency keys. */
export class Platform1000000000000 implements MigrationInterface {
  name = 'Platform1000000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE codegrey.desk_clock (
        only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
        moved_by interval NOT NULL DEFAULT interval '0',
        generation bigint NOT NULL DEFAULT 0
      );
      INSERT INTO codegrey.desk_clock DEFAULT VALUES;

      CREATE FUNCTION codegrey.now() RETURNS timestamptz LANGUAGE sql STABLE
        RETURN clock_timestamp() + (SELECT moved_by FROM codegrey.desk_clock);

      CREATE TABLE codegrey.processes (
        id uuid PRIMARY KEY,
        kind text NOT NULL,
        seen_at timestamptz NOT NULL,
        clock_generation bigint NOT NULL
      );

      CREATE TABLE codegrey.journal (
        xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
        sequence bigint GENERATED ALWAYS AS IDENTITY,
        id uuid NOT NULL,
        at timestamptz(3) NOT NULL DEFAULT codegrey.now(),
        type text NOT NULL,
        subject_type text NOT NULL,
        subject_id uuid NOT NULL,
        subject_reference text,
        ticket_id uuid,
        incident_id uuid,
        provider_id uuid,
        country text,
        tlp text,
        audience text NOT NULL,
        actor_type text NOT NULL,
        actor_id uuid,
        changes jsonb,
        data jsonb,
        PRIMARY KEY (xid, sequence)
      );
      CREATE INDEX journal_ticket ON codegrey.journal (ticket_id, sequence) WHERE ticket_id IS NOT NULL;
      CREATE INDEX journal_incident ON codegrey.journal (incident_id, sequence) WHERE incident_id IS NOT NULL;

      CREATE TABLE codegrey.journal_seals (
        number bigint PRIMARY KEY,
        xid xid8 NOT NULL,
        sequence bigint NOT NULL,
        entry_id uuid NOT NULL,
        hash bytea NOT NULL,
        UNIQUE (xid, sequence)
      );

      CREATE FUNCTION codegrey.refuse_change() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege'; END $$;
      CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON codegrey.journal
        FOR EACH STATEMENT EXECUTE FUNCTION codegrey.refuse_change();
      CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON codegrey.journal_seals
        FOR EACH STATEMENT EXECUTE FUNCTION codegrey.refuse_change();

      CREATE TABLE codegrey.outbox (
        id uuid PRIMARY KEY,
        queue text NOT NULL,
        event text NOT NULL,
        subject_id uuid NOT NULL,
        ticket_id uuid,
        attempt integer NOT NULL DEFAULT 0,
        due_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        leased_until timestamptz
      ) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_cost_delay = 0);
      CREATE INDEX outbox_due ON codegrey.outbox (due_at);

      CREATE TABLE codegrey.timers (
        kind text NOT NULL,
        subject_id uuid NOT NULL,
        due_at timestamptz(3) NOT NULL,
        attempt integer NOT NULL DEFAULT 0,
        PRIMARY KEY (kind, subject_id)
      ) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_cost_delay = 0);
      CREATE INDEX timers_due ON codegrey.timers (due_at);

      CREATE TABLE codegrey.idempotency_keys (
        caller_id uuid NOT NULL,
        key text NOT NULL,
        request_hash bytea NOT NULL,
        locked_until timestamptz NOT NULL,
        created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        status integer,
        headers jsonb,
        body jsonb,
        PRIMARY KEY (caller_id, key)
      );
      CREATE INDEX idempotency_keys_age ON codegrey.idempotency_keys (created_at);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE codegrey.idempotency_keys, codegrey.timers, codegrey.outbox, codegrey.journal_seals, codegrey.journal, codegrey.processes;
      DROP FUNCTION codegrey.refuse_change;
      DROP FUNCTION codegrey.now;
      DROP TABLE codegrey.desk_clock;
    `);
  }
}
