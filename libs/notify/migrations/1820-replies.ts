import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The codes by which people answer pages in a reply, what they answered, and the self-tests that they confirm. */
export class Replies1820000000000 implements MigrationInterface {
  name = 'Replies1820000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE codegrey.reply_codes (
        digest bytea PRIMARY KEY,
        page_id uuid,
        self_test_id uuid,
        contact_method_id uuid NOT NULL,
        created_at timestamptz(3) NOT NULL,
        expires_at timestamptz(3) NOT NULL,
        used_at timestamptz(3),
        CHECK (num_nonnulls(page_id, self_test_id) = 1)
      );
      CREATE INDEX reply_codes_expiry ON codegrey.reply_codes (expires_at);

      CREATE TABLE codegrey.replies (
        id uuid PRIMARY KEY,
        page_id uuid,
        self_test_id uuid,
        contact_method_id uuid NOT NULL,
        channel text NOT NULL,
        command text NOT NULL,
        changed boolean NOT NULL,
        at timestamptz(3) NOT NULL,
        CHECK (num_nonnulls(page_id, self_test_id) = 1)
      );
      CREATE INDEX replies_page ON codegrey.replies (page_id, at) WHERE page_id IS NOT NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE codegrey.replies, codegrey.reply_codes');
  }
}
