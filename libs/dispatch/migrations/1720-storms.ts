import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Nights in which people were paged, storms of tickets, and the bundles in which their pages are sent. */
export class Storms1720000000000 implements MigrationInterface {
  name = 'Storms1720000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE codegrey.paged_nights (
        -- The day on which the night begins in the zone of the responder, in days since 1970-01-01.
        night integer NOT NULL,
        responder_id uuid NOT NULL,
        PRIMARY KEY (night, responder_id)
      );

      CREATE TABLE codegrey.storms (
        id uuid PRIMARY KEY,
        cause text NOT NULL CHECK (cause IN ('ransom-family', 'provider', 'source', 'product', 'classification')),
        value text NOT NULL,
        exercise boolean NOT NULL,
        began_at timestamptz(3) NOT NULL,
        -- How many tickets it had when it was last told of.
        told_tickets integer NOT NULL DEFAULT 0,
        ended_at timestamptz(3)
      );
      CREATE UNIQUE INDEX storms_live ON codegrey.storms (cause, value, exercise) WHERE ended_at IS NULL;

      CREATE TABLE codegrey.storm_tickets (
        ticket_id uuid PRIMARY KEY,
        storm_id uuid NOT NULL REFERENCES codegrey.storms (id),
        at timestamptz(3) NOT NULL
      );
      CREATE INDEX storm_tickets_storm ON codegrey.storm_tickets (storm_id, at DESC);

      CREATE TABLE codegrey.page_bundles (
        id uuid PRIMARY KEY,
        storm_id uuid NOT NULL REFERENCES codegrey.storms (id),
        responder_id uuid NOT NULL,
        -- Until then their pages about the storm are gathered.
        due_at timestamptz(3) NOT NULL,
        gathers_ms integer NOT NULL,
        pages integer NOT NULL DEFAULT 0,
        released_at timestamptz(3)
      );
      CREATE UNIQUE INDEX page_bundles_gathering ON codegrey.page_bundles (storm_id, responder_id) WHERE released_at IS NULL;

      ALTER TABLE codegrey.pages ADD COLUMN bundle_id uuid;
      CREATE INDEX pages_bundle ON codegrey.pages (bundle_id) WHERE bundle_id IS NOT NULL;
      CREATE INDEX tickets_known_holders ON codegrey.tickets (provider_id, claimed_by) WHERE claimed_by IS NOT NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX codegrey.tickets_known_holders;
      ALTER TABLE codegrey.pages DROP COLUMN bundle_id;
      DROP TABLE codegrey.page_bundles, codegrey.storm_tickets, codegrey.storms, codegrey.paged_nights`);
  }
}
