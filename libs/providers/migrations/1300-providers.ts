import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Hospitals and other healthcare providers, with their contacts verified in peacetime. */
export class Providers1300000000000 implements MigrationInterface {
  name = 'Providers1300000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE codegrey.providers (
        id uuid PRIMARY KEY,
        name text NOT NULL,
        country text NOT NULL,
        region text,
        time_zone text NOT NULL,
        kind text NOT NULL,
        languages text[] NOT NULL,
        contacts jsonb NOT NULL,
        products text[] NOT NULL,
        created_at timestamptz(3) NOT NULL,
        version integer NOT NULL DEFAULT 1
      );
      CREATE INDEX providers_country ON codegrey.providers (country, id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE codegrey.providers');
  }
}
