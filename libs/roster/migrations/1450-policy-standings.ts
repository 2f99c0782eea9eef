import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What each escalation policy comes to at the worst, and since when it could end in silence. */
export class PolicyStandings1450000000000 implements MigrationInterface {
  name = 'PolicyStandings1450000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE codegrey.escalation_policy_standings (
        policy_id uuid PRIMARY KEY REFERENCES codegrey.escalation_policies (id) ON DELETE CASCADE,
        worst_path jsonb NOT NULL,
        -- Who saved the policy last.
        owner_id uuid,
        silent_since timestamptz(3)
      );
      CREATE INDEX escalation_policy_standings_silent ON codegrey.escalation_policy_standings (silent_since)
        WHERE silent_since IS NOT NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE codegrey.escalation_policy_standings');
  }
}
