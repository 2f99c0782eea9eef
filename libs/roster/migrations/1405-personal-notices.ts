import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What people are told about the roster and about themselves. */
export class PersonalNotices1405000000000 implements MigrationInterface {
  name = 'PersonalNotices1405000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE codegrey.personal_notices (
        id uuid PRIMARY KEY,
        responder_id uuid NOT NULL,
        kind text NOT NULL,
        subject text NOT NULL,
        text text NOT NULL,
        created_at timestamptz(3) NOT NULL
      );
      CREATE INDEX personal_notices_responder ON codegrey.personal_notices (responder_id, id DESC);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE codegrey.personal_notices');
  }
}
