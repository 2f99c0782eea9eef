import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Deliveries that carry a personal notice. */
export class NoticeDeliveries1801000000000 implements MigrationInterface {
  name = 'NoticeDeliveries1801000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE codegrey.deliveries ADD COLUMN personal_notice_id uuid;
      CREATE INDEX deliveries_notice ON codegrey.deliveries (personal_notice_id, at) WHERE personal_notice_id IS NOT NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE codegrey.deliveries DROP COLUMN personal_notice_id');
  }
}
