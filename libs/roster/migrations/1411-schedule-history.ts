import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What schedules and their overrides said at any past moment. Triggers write it, in the transaction of each change and
 * whoever makes it; nothing in it is ever rewritten. What was changed before this migration is not known.
 */
export class Roster1411000000000 implements MigrationInterface {
  name = 'Roster1411000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE codegrey.schedule_history (
        sequence bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        schedule_id uuid NOT NULL,
        recorded_at timestamptz NOT NULL,
        definition jsonb
      );
      COMMENT ON COLUMN codegrey.schedule_history.definition IS 'NULL: deleted';
      CREATE INDEX schedule_history_schedule ON codegrey.schedule_history (schedule_id, recorded_at DESC, sequence DESC);

      CREATE TABLE codegrey.schedule_override_history (
        sequence bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        schedule_id uuid NOT NULL,
        override_id uuid NOT NULL,
        recorded_at timestamptz NOT NULL,
        override jsonb
      );
      COMMENT ON COLUMN codegrey.schedule_override_history.override IS 'NULL: taken back';
      CREATE INDEX schedule_override_history_schedule ON codegrey.schedule_override_history
        (schedule_id, override_id, recorded_at DESC, sequence DESC);

      INSERT INTO codegrey.schedule_history (schedule_id, recorded_at, definition)
        SELECT id, codegrey.now(), definition FROM codegrey.schedules;
      INSERT INTO codegrey.schedule_override_history (schedule_id, override_id, recorded_at, override)
        SELECT schedule_id, id, codegrey.now(), to_jsonb(made) FROM codegrey.schedule_overrides made;

      CREATE FUNCTION codegrey.keep_schedule() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF TG_OP = 'DELETE' THEN
            INSERT INTO codegrey.schedule_history (schedule_id, recorded_at) VALUES (OLD.id, codegrey.now());
          ELSE
            INSERT INTO codegrey.schedule_history (schedule_id, recorded_at, definition)
              VALUES (NEW.id, codegrey.now(), NEW.definition);
          END IF;
          RETURN NULL;
        END $$;
      CREATE TRIGGER keep_history AFTER INSERT OR UPDATE OR DELETE ON codegrey.schedules
        FOR EACH ROW EXECUTE FUNCTION codegrey.keep_schedule();

      CREATE FUNCTION codegrey.keep_schedule_override() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF TG_OP = 'DELETE' THEN
            INSERT INTO codegrey.schedule_override_history (schedule_id, override_id, recorded_at)
              VALUES (OLD.schedule_id, OLD.id, codegrey.now());
          ELSE
            INSERT INTO codegrey.schedule_override_history (schedule_id, override_id, recorded_at, override)
              VALUES (NEW.schedule_id, NEW.id, codegrey.now(), to_jsonb(NEW));
          END IF;
          RETURN NULL;
        END $$;
      CREATE TRIGGER keep_history AFTER INSERT OR UPDATE OR DELETE ON codegrey.schedule_overrides
        FOR EACH ROW EXECUTE FUNCTION codegrey.keep_schedule_override();

      CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON codegrey.schedule_history
        FOR EACH STATEMENT EXECUTE FUNCTION codegrey.refuse_change();
      CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON codegrey.schedule_override_history
        FOR EACH STATEMENT EXECUTE FUNCTION codegrey.refuse_change();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TRIGGER keep_history ON codegrey.schedule_overrides;
      DROP TRIGGER keep_history ON codegrey.schedules;
      DROP FUNCTION codegrey.keep_schedule_override, codegrey.keep_schedule;
      DROP TABLE codegrey.schedule_override_history, codegrey.schedule_history;
    `);
  }
}
