import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Credentials, who has been let into which case, and conflicts of interest. */
export class Identity1100000000000 implements MigrationInterface {
  name = 'Identity1100000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE codegrey.api_keys (
        id uuid PRIMARY KEY,
        name text NOT NULL,
        hash bytea NOT NULL UNIQUE,
        hint text NOT NULL,
        role text NOT NULL CHECK (role IN ('provider', 'responder', 'coordinator', 'auditor', 'admin', 'integration')),
        principal_id uuid NOT NULL,
        provider_id uuid,
        countries text[],
        created_at timestamptz(3) NOT NULL,
        expires_at timestamptz(3),
        revoked_at timestamptz(3),
        CHECK (role <> 'provider' OR provider_id IS NOT NULL)
      );

      CREATE TABLE codegrey.case_participants (
        ticket_id uuid NOT NULL,
        principal_id uuid NOT NULL,
        PRIMARY KEY (ticket_id, principal_id)
      );

      CREATE TABLE codegrey.conflicts_of_interest (
        principal_id uuid NOT NULL,
        provider_id uuid NOT NULL,
        PRIMARY KEY (principal_id, provider_id)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE codegrey.conflicts_of_interest, codegrey.case_participants, codegrey.api_keys');
  }
}
