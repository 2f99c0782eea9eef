import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When responders are away. What is taken back is marked and kept, so that what was known at a past moment can be told. */
export class Absences1430000000000 implements MigrationInterface {
  name = 'Absences1430000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE codegrey.absences (
        id uuid PRIMARY KEY,
        responder_id uuid NOT NULL REFERENCES codegrey.responders (id),
        kind text NOT NULL CHECK (kind IN ('vacation', 'illness', 'training', 'other')),
        starts_at timestamptz(3) NOT NULL,
        ends_at timestamptz(3) NOT NULL CHECK (ends_at > starts_at),
        note text,
        created_by uuid NOT NULL,
        created_at timestamptz(3) NOT NULL,
        removed_at timestamptz(3)
      );
      CREATE INDEX absences_responder ON codegrey.absences (responder_id, ends_at) WHERE removed_at IS NULL;
      CREATE INDEX absences_ends ON codegrey.absences (ends_at) WHERE removed_at IS NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE codegrey.absences');
  }
}
