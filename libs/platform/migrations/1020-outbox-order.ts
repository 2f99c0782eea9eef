import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The order in which messages are acted on: by priority, and in turn among the lanes of one priority. */
export class OutboxOrder1020000000000 implements MigrationInterface {
  name = 'OutboxOrder1020000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE codegrey.outbox
        -- 0 first.
        ADD COLUMN priority smallint NOT NULL DEFAULT 1,
        -- Whose messages share one turn; null is a lane too.
        ADD COLUMN lane uuid`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE codegrey.outbox DROP COLUMN priority, DROP COLUMN lane');
  }
}
