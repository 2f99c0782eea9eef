import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What auditors look the journal through by. */
export class JournalFilters1010000000000 implements MigrationInterface {
  name = 'JournalFilters1010000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Entries come in the order of their time, so that a summary of each range of pages is enough, and costs nothing to write.
      CREATE INDEX journal_at ON codegrey.journal USING brin (at) WITH (pages_per_range = 16, autosummarize = on);
      CREATE INDEX journal_actor ON codegrey.journal (actor_id, xid, sequence) WHERE actor_id IS NOT NULL;
      CREATE INDEX journal_type ON codegrey.journal (type, xid, sequence);
      CREATE INDEX journal_subject ON codegrey.journal (subject_id, xid, sequence);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX codegrey.journal_at, codegrey.journal_actor, codegrey.journal_type, codegrey.journal_subject`);
  }
}
