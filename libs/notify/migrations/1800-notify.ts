import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How people are reached, what was sent to them, and what the demo phones and inbox received. */
export class Notify1800000000000 implements MigrationInterface {
  name = 'Notify1800000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE codegrey.contact_methods (
        id uuid PRIMARY KEY,
        responder_id uuid NOT NULL,
        channel text NOT NULL CHECK (channel IN ('email', 'webhook')),
        address text NOT NULL,
        sealed_secret text,
        position integer NOT NULL,
        verified_at timestamptz(3),
        failing_since timestamptz(3),
        created_at timestamptz(3) NOT NULL,
        version integer NOT NULL DEFAULT 1,
        CHECK (channel <> 'webhook' OR sealed_secret IS NOT NULL)
      );
      CREATE UNIQUE INDEX contact_methods_address ON codegrey.contact_methods (responder_id, channel, lower(address));
      CREATE INDEX contact_methods_owner ON codegrey.contact_methods (lower(address));

      CREATE TABLE codegrey.verification_codes (
        contact_method_id uuid PRIMARY KEY REFERENCES codegrey.contact_methods (id) ON DELETE CASCADE,
        digest bytea NOT NULL,
        created_at timestamptz(3) NOT NULL,
        expires_at timestamptz(3) NOT NULL,
        attempts integer NOT NULL DEFAULT 0
      );

      CREATE TABLE codegrey.notification_rule_sets (
        responder_id uuid PRIMARY KEY,
        version integer NOT NULL
      );

      CREATE TABLE codegrey.notification_rules (
        responder_id uuid NOT NULL REFERENCES codegrey.notification_rule_sets (responder_id),
        position integer NOT NULL,
        severities text[] NOT NULL,
        contact_method_id uuid NOT NULL REFERENCES codegrey.contact_methods (id) ON DELETE CASCADE,
        after_ms integer NOT NULL CHECK (after_ms >= 0),
        PRIMARY KEY (responder_id, position)
      );
      CREATE INDEX notification_rules_method ON codegrey.notification_rules (contact_method_id);

      CREATE TABLE codegrey.deliveries (
        id uuid PRIMARY KEY,
        page_id uuid,
        provider_update_id uuid,
        contact_method_id uuid,
        responder_id uuid,
        ticket_id uuid,
        channel text NOT NULL,
        address text,
        attempt integer NOT NULL,
        state text NOT NULL CHECK (state IN ('sending', 'sent', 'delivered', 'failed')),
        permanent boolean NOT NULL DEFAULT false,
        at timestamptz(3) NOT NULL,
        provider_message_id text,
        error text
      ) WITH (fillfactor = 70);
      CREATE INDEX deliveries_page ON codegrey.deliveries (page_id, at) WHERE page_id IS NOT NULL;
      CREATE INDEX deliveries_update ON codegrey.deliveries (provider_update_id, at) WHERE provider_update_id IS NOT NULL;

      CREATE TABLE codegrey.page_links (
        token_hash bytea PRIMARY KEY,
        page_id uuid NOT NULL,
        delivery_id uuid NOT NULL,
        created_at timestamptz(3) NOT NULL,
        expires_at timestamptz(3) NOT NULL
      );
      CREATE INDEX page_links_expiry ON codegrey.page_links (expires_at);

      CREATE TABLE codegrey.demo_messages (
        id uuid PRIMARY KEY,
        channel text NOT NULL,
        to_address text NOT NULL,
        responder_id uuid,
        ticket_id uuid,
        subject text NOT NULL,
        text text NOT NULL,
        links text[] NOT NULL,
        at timestamptz(3) NOT NULL DEFAULT codegrey.now()
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE codegrey.demo_messages, codegrey.page_links, codegrey.deliveries, codegrey.notification_rules,
        codegrey.notification_rule_sets, codegrey.verification_codes, codegrey.contact_methods`);
  }
}
