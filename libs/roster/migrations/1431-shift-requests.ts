import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Requests to take somebody's shift or to swap shifts, and who was asked. They go with their schedule; the journal keeps what happened. */
export class ShiftRequests1431000000000 implements MigrationInterface {
  name = 'ShiftRequests1431000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE codegrey.shift_requests (
        id uuid PRIMARY KEY,
        schedule_id uuid NOT NULL REFERENCES codegrey.schedules (id) ON DELETE CASCADE,
        kind text NOT NULL CHECK (kind IN ('cover', 'swap')),
        requester_id uuid REFERENCES codegrey.responders (id),
        starts_at timestamptz(3) NOT NULL,
        ends_at timestamptz(3) NOT NULL CHECK (ends_at > starts_at),
        theirs_starts_at timestamptz(3),
        theirs_ends_at timestamptz(3) CHECK (theirs_ends_at > theirs_starts_at),
        asked_one boolean NOT NULL,
        note text,
        state text NOT NULL CHECK (state IN ('open', 'accepted', 'refused', 'withdrawn', 'expired')),
        taker_id uuid REFERENCES codegrey.responders (id),
        created_by uuid NOT NULL,
        created_at timestamptz(3) NOT NULL,
        closed_at timestamptz(3),
        CHECK ((kind = 'swap') = (theirs_starts_at IS NOT NULL AND theirs_ends_at IS NOT NULL)),
        CHECK ((state = 'accepted') = (taker_id IS NOT NULL)),
        CHECK ((state = 'open') = (closed_at IS NULL))
      );
      CREATE INDEX shift_requests_schedule ON codegrey.shift_requests (schedule_id, id DESC);
      CREATE INDEX shift_requests_state ON codegrey.shift_requests (state, id DESC);
      CREATE INDEX shift_requests_requester ON codegrey.shift_requests (requester_id, id DESC);
      CREATE INDEX shift_requests_open_by ON codegrey.shift_requests (created_by) WHERE state = 'open';

      CREATE TABLE codegrey.shift_request_asked (
        request_id uuid NOT NULL REFERENCES codegrey.shift_requests (id) ON DELETE CASCADE,
        responder_id uuid NOT NULL REFERENCES codegrey.responders (id),
        refused_at timestamptz(3),
        PRIMARY KEY (request_id, responder_id)
      );
      CREATE INDEX shift_request_asked_responder ON codegrey.shift_request_asked (responder_id, request_id DESC);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE codegrey.shift_request_asked, codegrey.shift_requests');
  }
}
