import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Secret addresses of calendars of shifts. Of the secret only its hash is kept. */
export class CalendarFeeds1432000000000 implements MigrationInterface {
  name = 'CalendarFeeds1432000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE codegrey.calendar_feeds (
        id uuid PRIMARY KEY,
        token_hash bytea NOT NULL UNIQUE,
        schedule_id uuid REFERENCES codegrey.schedules (id) ON DELETE CASCADE,
        responder_id uuid REFERENCES codegrey.responders (id),
        created_by uuid NOT NULL,
        created_at timestamptz(3) NOT NULL,
        last_read_at timestamptz(3),
        CHECK (num_nonnulls(schedule_id, responder_id) = 1)
      );
      CREATE INDEX calendar_feeds_creator ON codegrey.calendar_feeds (created_by, id DESC);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE codegrey.calendar_feeds');
  }
}
