import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Knows mails that have come in before. */
export class ReceivedMails1821000000000 implements MigrationInterface {
  name = 'ReceivedMails1821000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE codegrey.received_mails (
        digest bytea PRIMARY KEY,
        ticket_id uuid NOT NULL,
        received_at timestamptz(3) NOT NULL
      );
      CREATE INDEX received_mails_age ON codegrey.received_mails (received_at);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE codegrey.received_mails');
  }
}
