import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Finds attempts by the id that the provider gave them, and mails that have come in before. */
export class Receipts1821000000000 implements MigrationInterface {
  name = 'Receipts1821000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE INDEX deliveries_provider_message ON codegrey.deliveries (provider_message_id) WHERE provider_message_id IS NOT NULL;

      CREATE TABLE codegrey.received_mails (
        digest bytea PRIMARY KEY,
        ticket_id uuid NOT NULL,
        received_at timestamptz(3) NOT NULL
      );
      CREATE INDEX received_mails_age ON codegrey.received_mails (received_at);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE codegrey.received_mails;
      DROP INDEX codegrey.deliveries_provider_message;`);
  }
}
