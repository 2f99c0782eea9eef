import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Responders, teams, schedules with their overrides, escalation policies, and the revision that tells when any of them changed. */
export class Roster1400000000000 implements MigrationInterface {
  name = 'Roster1400000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE codegrey.roster_revision (
        only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
        revision bigint NOT NULL DEFAULT 0
      );
      INSERT INTO codegrey.roster_revision DEFAULT VALUES;

      CREATE TABLE codegrey.responders (
        id uuid PRIMARY KEY,
        name text NOT NULL,
        desk_role text NOT NULL CHECK (desk_role IN ('responder', 'coordinator')),
        skills text[] NOT NULL,
        languages text[] NOT NULL,
        countries text[] NOT NULL,
        max_open_tickets integer NOT NULL,
        time_zone text NOT NULL,
        active boolean NOT NULL DEFAULT true,
        created_at timestamptz(3) NOT NULL,
        version integer NOT NULL DEFAULT 1
      );

      CREATE TABLE codegrey.teams (
        id uuid PRIMARY KEY,
        name text NOT NULL,
        members uuid[] NOT NULL,
        version integer NOT NULL DEFAULT 1
      );

      CREATE TABLE codegrey.schedules (
        id uuid PRIMARY KEY,
        name text NOT NULL,
        definition jsonb NOT NULL,
        version integer NOT NULL DEFAULT 1
      );

      CREATE TABLE codegrey.schedule_overrides (
        id uuid PRIMARY KEY,
        schedule_id uuid NOT NULL REFERENCES codegrey.schedules (id) ON DELETE CASCADE,
        kind text NOT NULL CHECK (kind IN ('replace', 'add', 'remove')),
        responder_id uuid NOT NULL,
        replaces uuid,
        starts_at timestamptz(3) NOT NULL,
        ends_at timestamptz(3) NOT NULL CHECK (ends_at > starts_at),
        reason text,
        created_by uuid NOT NULL
      );
      CREATE INDEX schedule_overrides_schedule ON codegrey.schedule_overrides (schedule_id, ends_at);

      CREATE TABLE codegrey.escalation_policies (
        id uuid PRIMARY KEY,
        name text NOT NULL,
        definition jsonb NOT NULL,
        version integer NOT NULL DEFAULT 1
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE codegrey.escalation_policies, codegrey.schedule_overrides, codegrey.schedules, codegrey.teams, codegrey.responders, codegrey.roster_revision`);
  }
}
