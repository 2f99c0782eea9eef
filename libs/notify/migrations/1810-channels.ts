import type { MigrationInterface, QueryRunner } from 'typeorm';

const names = `'email', 'sms', 'voice', 'push', 'ntfy', 'matrix', 'slack', 'mattermost', 'teams', 'webhook'`;

/** Every channel of the contract, and by which provider an attempt was made. */
export class Channels1810000000000 implements MigrationInterface {
  name = 'Channels1810000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE codegrey.contact_methods
        DROP CONSTRAINT contact_methods_channel_check,
        DROP CONSTRAINT contact_methods_check,
        ADD CONSTRAINT contact_methods_channel_check CHECK (channel IN (${names})),
        ADD CONSTRAINT contact_methods_secret_check CHECK (channel NOT IN ('webhook', 'push') OR sealed_secret IS NOT NULL);
      ALTER TABLE codegrey.deliveries ADD COLUMN provider text;
      -- A demo phone is on this machine: what goes there does not cross a network, which the scheme now says.
      UPDATE codegrey.contact_methods SET address = 'https' || substr(address, 5) WHERE address LIKE 'http://demo-phone.invalid/%';
      UPDATE codegrey.demo_messages SET to_address = 'https' || substr(to_address, 5)
        WHERE to_address LIKE 'http://demo-phone.invalid/%';

      CREATE TABLE codegrey.push_keys (
        single boolean PRIMARY KEY DEFAULT true CHECK (single),
        public_key text NOT NULL,
        sealed_private_key text NOT NULL,
        created_at timestamptz(3) NOT NULL
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE codegrey.push_keys;
      ALTER TABLE codegrey.deliveries DROP COLUMN provider;
      UPDATE codegrey.contact_methods SET address = 'http' || substr(address, 6) WHERE address LIKE 'https://demo-phone.invalid/%';
      UPDATE codegrey.demo_messages SET to_address = 'http' || substr(to_address, 6)
        WHERE to_address LIKE 'https://demo-phone.invalid/%';
      DELETE FROM codegrey.contact_methods WHERE channel NOT IN ('email', 'webhook');
      ALTER TABLE codegrey.contact_methods
        DROP CONSTRAINT contact_methods_channel_check,
        DROP CONSTRAINT contact_methods_secret_check,
        ADD CONSTRAINT contact_methods_channel_check CHECK (channel IN ('email', 'webhook')),
        ADD CONSTRAINT contact_methods_check CHECK (channel <> 'webhook' OR sealed_secret IS NOT NULL);
    `);
  }
}
