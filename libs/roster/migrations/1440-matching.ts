import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How well responders know what they know, where they may act by law, when they sleep, and what they say of themselves for a while. */
export class Matching1440000000000 implements MigrationInterface {
  name = 'Matching1440000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE codegrey.responders
        -- Of the skills whose level was said: 1 to 5.
        ADD COLUMN skill_levels jsonb NOT NULL DEFAULT '{}',
        ADD COLUMN mandates text[] NOT NULL DEFAULT '{}',
        ADD COLUMN quiet_hours jsonb NOT NULL DEFAULT '[]';

      ALTER TABLE codegrey.conflicts_of_interest
        ADD COLUMN kind text NOT NULL DEFAULT 'other' CHECK (kind IN ('works-for', 'sells-to', 'competes-with', 'other'));

      CREATE TABLE codegrey.responder_standby (
        responder_id uuid PRIMARY KEY REFERENCES codegrey.responders (id) ON DELETE CASCADE,
        status text NOT NULL CHECK (status IN ('awake', 'driving', 'not-before')),
        until timestamptz(3) NOT NULL,
        set_by uuid NOT NULL,
        set_at timestamptz(3) NOT NULL
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE codegrey.responder_standby;
      ALTER TABLE codegrey.conflicts_of_interest DROP COLUMN kind;
      ALTER TABLE codegrey.responders DROP COLUMN skill_levels, DROP COLUMN mandates, DROP COLUMN quiet_hours;
    `);
  }
}
