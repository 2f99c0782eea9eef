import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How contact methods fare: how often each has failed in a row, with what, and since when that is known to people. */
export class MethodHealth1822000000000 implements MigrationInterface {
  name = 'MethodHealth1822000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE codegrey.contact_methods
        ADD COLUMN failures integer NOT NULL DEFAULT 0,
        ADD COLUMN last_error text,
        ADD COLUMN returned boolean NOT NULL DEFAULT false,
        ADD COLUMN reported_failing_at timestamptz(3);
      UPDATE codegrey.contact_methods SET failures = 1 WHERE failing_since IS NOT NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE codegrey.contact_methods DROP COLUMN failures, DROP COLUMN last_error, DROP COLUMN returned, DROP COLUMN reported_failing_at`);
  }
}
