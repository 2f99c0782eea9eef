import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who was asked, when an edited schedule put them on call at short notice, and what they answered. */
export class Roster1412000000000 implements MigrationInterface {
  name = 'Roster1412000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE codegrey.schedule_changes (
        id uuid PRIMARY KEY,
        schedule_id uuid NOT NULL REFERENCES codegrey.schedules (id) ON DELETE CASCADE,
        responder_id uuid NOT NULL,
        spans jsonb NOT NULL,
        state text NOT NULL CHECK (state IN ('asked', 'accepted', 'refused', 'superseded')),
        reason text,
        asked_at timestamptz(3) NOT NULL,
        answered_at timestamptz(3)
      );
      CREATE UNIQUE INDEX schedule_changes_asked ON codegrey.schedule_changes (schedule_id, responder_id)
        WHERE state = 'asked';
      CREATE INDEX schedule_changes_responder ON codegrey.schedule_changes (responder_id, id DESC);
      CREATE INDEX schedule_changes_state ON codegrey.schedule_changes (state, id DESC);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE codegrey.schedule_changes');
  }
}
