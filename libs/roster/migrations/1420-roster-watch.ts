import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What schedules require and who owns them, and the gaps and thin spots that the watch has found ahead. */
export class RosterWatch1420000000000 implements MigrationInterface {
  name = 'RosterWatch1420000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE codegrey.schedules
        ADD COLUMN owners uuid[] NOT NULL DEFAULT '{}',
        ADD COLUMN requires jsonb NOT NULL DEFAULT '{"people": null, "skills": [], "languages": []}';

      CREATE TABLE codegrey.roster_findings (
        id uuid PRIMARY KEY,
        kind text NOT NULL,
        schedule_ids uuid[] NOT NULL,
        responder_ids uuid[] NOT NULL,
        about text,
        starts_at timestamptz(3) NOT NULL,
        ends_at timestamptz(3) NOT NULL CHECK (ends_at > starts_at),
        reason text NOT NULL,
        found_at timestamptz(3) NOT NULL,
        -- The shortest lead time at which its owners have been told of it.
        told_lead_ms bigint
      );
      CREATE INDEX roster_findings_start ON codegrey.roster_findings (starts_at, id);
      CREATE INDEX roster_findings_schedules ON codegrey.roster_findings USING gin (schedule_ids);

      CREATE TABLE codegrey.roster_watch (
        only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
        looked_at timestamptz(3),
        ahead_until timestamptz(3)
      );
      INSERT INTO codegrey.roster_watch DEFAULT VALUES;
      INSERT INTO codegrey.timers (kind, subject_id, due_at)
        VALUES ('roster-watch', '00000000-0000-7000-8000-000000001420', codegrey.now());
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DELETE FROM codegrey.timers WHERE kind IN ('roster-watch', 'roster-changed');
      DROP TABLE codegrey.roster_watch, codegrey.roster_findings;
      ALTER TABLE codegrey.schedules DROP COLUMN owners, DROP COLUMN requires;
    `);
  }
}
