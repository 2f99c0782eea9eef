import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Finds the schedules that fall back on another one. */
export class Roster1410000000000 implements MigrationInterface {
  name = 'Roster1410000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE INDEX schedules_fallback ON codegrey.schedules ((definition #>> '{fallback,schedule}'))
        WHERE definition #>> '{fallback,schedule}' IS NOT NULL`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX codegrey.schedules_fallback`);
  }
}
