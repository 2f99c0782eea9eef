import { runMigrations } from 'bullmq';
import { Client } from 'pg';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { deskRole, queueSchema, schema } from './schema.js';

type MigrationClasses = Exclude<DataSourceOptions['migrations'], undefined>;

const lockKey = 0x6367_7265;

/** The database cannot be worked with as it is; the message says what to do. */
export class UnusableDatabase extends Error {}

/** What the process must know of the database before it opens its pool. */
export interface PreparedDatabase {
  /** The role to work as, or undefined where the server did not let it be made. */
  role: string | undefined;
}

/**
 * Brings the database to the present schema. Any number of processes may start at once: one works, the others wait.
 * Needs a direct connection (session locks do not pass through a transaction pooler).
 */
export async function migrate(databaseUrl: string, migrations: MigrationClasses): Promise<PreparedDatabase> {
  const client = new Client({
    connectionString: databaseUrl,
    connectionTimeoutMillis: 5_000,
    application_name: 'codegrey-migrate',
  });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [lockKey]);
    await client.query(`CREATE SCHEMA IF NOT EXISTS ${schema}`);
    await client.query(`CREATE SCHEMA IF NOT EXISTS ${queueSchema}`);
    await runMigrations(client, queueSchema);
    const role = await ensureDeskRole(client);
    await runDeskMigrations(databaseUrl, migrations);
    await refuseLogicalCopy(client);
    if (role !== undefined) await grantToDesk(client);
    return { role };
  } finally {
    await client.end();
  }
}

async function runDeskMigrations(databaseUrl: string, migrations: MigrationClasses): Promise<void> {
  const dataSource = new DataSource({
    type: 'postgres',
    url: databaseUrl,
    schema,
    migrations,
    migrationsTableName: 'migrations',
    poolSize: 1,
  });
  await dataSource.initialize();
  try {
    await dataSource.runMigrations({ transaction: 'each' });
  } finally {
    await dataSource.destroy();
  }
}

/** A role without the right to alter the journal. Where the server does not let us make it, the journal's trigger alone guards it. */
async function ensureDeskRole(client: Client): Promise<string | undefined> {
  try {
    const { rows } = await client.query<{ exists: boolean }>(
      'SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = $1) AS exists',
      [deskRole],
    );
    if (!rows[0]?.exists) await client.query(`CREATE ROLE ${deskRole} NOLOGIN`);
    await client.query(`GRANT ${deskRole} TO CURRENT_USER`);
    return deskRole;
  } catch (error) {
    const refused = (error as { code?: string }).code === '42501';
    if (refused) return undefined;
    throw error;
  }
}

/**
 * The journal is ordered by transaction ids, which a dump does not carry over: in a copy that was restored from one, what is
 * written next would be sorted before what is there already, and neither the stream nor the audit chain would go on.
 */
async function refuseLogicalCopy(client: Client): Promise<void> {
  const { rows } = await client.query<{ last: string; next: string }>(
    `SELECT journal.xid AS last, pg_snapshot_xmax(pg_current_snapshot()) AS next
     FROM ${schema}.journal WHERE journal.xid >= pg_snapshot_xmax(pg_current_snapshot()) ORDER BY journal.xid DESC LIMIT 1`,
  );
  const [ahead] = rows;
  if (!ahead) return;
  throw new UnusableDatabase(
    `The journal knows transaction ${ahead.last}, and this server is only at ${ahead.next}: the database was restored from a dump. ` +
      'Restore a base backup, or raise the counter of the stopped server first (docs/operations.md, Back up).',
  );
}

async function grantToDesk(client: Client): Promise<void> {
  await client.query(`GRANT USAGE ON SCHEMA ${schema} TO ${deskRole}`);
  await client.query(`GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${schema} TO ${deskRole}`);
  await client.query(`GRANT USAGE ON ALL SEQUENCES IN SCHEMA ${schema} TO ${deskRole}`);
  await client.query(`REVOKE UPDATE, DELETE, TRUNCATE ON ${schema}.journal, ${schema}.journal_seals FROM ${deskRole}`);
  await client.query(`REVOKE INSERT, UPDATE, DELETE ON ${schema}.migrations FROM ${deskRole}`);
}
