import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Holders who were asked whether they are still on it, where nobody was on duty, and answers that claim nothing. */
export class Watching1710000000000 implements MigrationInterface {
  name = 'Watching1710000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE codegrey.pages DROP CONSTRAINT pages_purpose_check, DROP CONSTRAINT pages_response_check,
        ADD CONSTRAINT pages_purpose_check CHECK (purpose IN ('claim', 'reinforce', 'notice', 'lease')),
        ADD CONSTRAINT pages_response_check CHECK (response IN ('claimed', 'declined', 'joined', 'confirmed'));

      CREATE TABLE codegrey.leases (
        ticket_id uuid PRIMARY KEY,
        holder_id uuid NOT NULL,
        -- The clock whose warning it was asked upon.
        clock text NOT NULL,
        asked_at timestamptz(3) NOT NULL,
        due_at timestamptz(3) NOT NULL
      );

      CREATE TABLE codegrey.duty_gaps (
        ticket_id uuid NOT NULL,
        step integer NOT NULL,
        schedule_id uuid NOT NULL,
        at timestamptz(3) NOT NULL,
        PRIMARY KEY (ticket_id, step, schedule_id)
      );

      CREATE TABLE codegrey.heartbeat (
        only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
        -- By the server's own clock, which nobody moves: when the next sign of life is due, and when one was last taken.
        due_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
        sent_at timestamptz(3),
        failed_at timestamptz(3),
        error text
      );
      INSERT INTO codegrey.heartbeat DEFAULT VALUES;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE codegrey.heartbeat, codegrey.duty_gaps, codegrey.leases;
      DELETE FROM codegrey.pages WHERE purpose = 'lease';
      UPDATE codegrey.pages SET response = NULL WHERE response = 'confirmed';
      ALTER TABLE codegrey.pages DROP CONSTRAINT pages_purpose_check, DROP CONSTRAINT pages_response_check,
        ADD CONSTRAINT pages_purpose_check CHECK (purpose IN ('claim', 'reinforce', 'notice')),
        ADD CONSTRAINT pages_response_check CHECK (response IN ('claimed', 'declined', 'joined'))`);
  }
}
