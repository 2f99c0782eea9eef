import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Running targets. What is over and met leaves the partial indexes, so that lists cost the same with any history behind them. */
export class Clocks1500000000000 implements MigrationInterface {
  name = 'Clocks1500000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE codegrey.clocks (
        id uuid PRIMARY KEY,
        kind text NOT NULL CHECK (kind IN ('service', 'legal')),
        name text NOT NULL,
        service text,
        ticket_id uuid NOT NULL,
        incident_id uuid NOT NULL,
        provider_id uuid NOT NULL,
        country text NOT NULL,
        tlp text NOT NULL,
        exercise boolean NOT NULL,
        subject_type text NOT NULL,
        subject_id uuid NOT NULL,
        subject_reference text NOT NULL,
        severity text NOT NULL,
        policy_id text NOT NULL,
        policy_version integer NOT NULL,
        state text NOT NULL CHECK (state IN ('running', 'warning', 'breached', 'met', 'paused', 'cancelled')),
        pausable boolean NOT NULL,
        started_at timestamptz(3) NOT NULL,
        target_ms bigint NOT NULL,
        due_at timestamptz(3) NOT NULL,
        paused_at timestamptz(3),
        paused_total_ms bigint NOT NULL,
        pause_reason text,
        warn_at double precision[] NOT NULL,
        warned_at timestamptz(3)[] NOT NULL,
        warnings_given double precision[] NOT NULL,
        breached_at timestamptz(3),
        met_at timestamptz(3)
      );
      CREATE INDEX clocks_ticket ON codegrey.clocks (ticket_id);
      CREATE INDEX clocks_open ON codegrey.clocks (ticket_id, due_at) WHERE met_at IS NULL AND state IN ('running', 'warning', 'breached');
      CREATE INDEX clocks_due ON codegrey.clocks (due_at, id) WHERE state IN ('running', 'warning', 'breached', 'paused');
      CREATE INDEX clocks_ended ON codegrey.clocks (due_at, id) WHERE state IN ('met', 'cancelled');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE codegrey.clocks');
  }
}
