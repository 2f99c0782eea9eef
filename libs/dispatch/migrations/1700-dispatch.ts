import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Where the paging of each ticket stands, the pages owed, and who declined. */
export class Dispatch1700000000000 implements MigrationInterface {
  name = 'Dispatch1700000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE codegrey.dispatches (
        ticket_id uuid PRIMARY KEY,
        -- As it was when the paging began; a change of the policy does not move a ticket that is on its way.
        policy jsonb,
        -- 0 before the first step.
        step integer NOT NULL,
        round integer NOT NULL,
        exhausted boolean NOT NULL,
        started_at timestamptz(3) NOT NULL,
        -- Who held the ticket and gave it back.
        gave_back uuid[] NOT NULL DEFAULT '{}',
        updated_at timestamptz(3) NOT NULL
      );

      CREATE TABLE codegrey.pages (
        id uuid PRIMARY KEY,
        ticket_id uuid NOT NULL,
        responder_id uuid NOT NULL,
        purpose text NOT NULL CHECK (purpose IN ('claim', 'reinforce', 'notice')),
        step integer NOT NULL,
        -- 0 for a page that belongs to no step of the escalation.
        round integer NOT NULL,
        state text NOT NULL CHECK (state IN ('owed', 'sent', 'delivered', 'failed', 'acknowledged', 'withdrawn')),
        response text CHECK (response IN ('claimed', 'declined', 'joined')),
        reasons text[] NOT NULL,
        created_at timestamptz(3) NOT NULL,
        updated_at timestamptz(3) NOT NULL,
        acknowledged_at timestamptz(3)
      );
      CREATE INDEX pages_ticket ON codegrey.pages (ticket_id, id);
      CREATE INDEX pages_responder ON codegrey.pages (responder_id, created_at DESC);
      CREATE UNIQUE INDEX pages_live ON codegrey.pages (ticket_id, responder_id, purpose) WHERE state IN ('owed', 'sent', 'delivered');

      CREATE TABLE codegrey.declines (
        ticket_id uuid NOT NULL,
        responder_id uuid NOT NULL,
        reason text NOT NULL,
        note text,
        at timestamptz(3) NOT NULL,
        PRIMARY KEY (ticket_id, responder_id)
      );

      CREATE TABLE codegrey.policy_turns (
        policy_id uuid NOT NULL,
        step integer NOT NULL,
        turn bigint NOT NULL DEFAULT 0,
        PRIMARY KEY (policy_id, step)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE codegrey.policy_turns, codegrey.declines, codegrey.pages, codegrey.dispatches');
  }
}
