import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { EmbeddedPostgres } from '../../apps/standalone/embedded-postgres.js';
import { eventually } from './eventually.js';

/** What a test may do to the PostgreSQL in a data directory, whoever started it. */
export class PostgresFiles {
  constructor(readonly dataDir: string) {}

  /** The process id of the server, when there is a server. */
  get pid(): number | undefined {
    return Number(this.lockFile()[0]) || undefined;
  }

  /** The address of the database, as its superuser. */
  get url(): string {
    const password = readFileSync(join(this.dataDir, 'postgres-password'), 'utf8');
    return `postgres://codegrey:${password}@127.0.0.1:${this.lockFile()[3]}/codegrey`;
  }

  /** Runs one statement as the superuser of the database. */
  async query<Row extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<Row[]> {
    const client = new pg.Client({ connectionString: this.url });
    await client.connect();
    try {
      return (await client.query<Row>(text, values)).rows;
    } finally {
      await client.end();
    }
  }

  /** Stops the server at once, as a power cut does, and waits until nothing of it is left. */
  async end(): Promise<void> {
    const { pid } = this;
    if (pid === undefined || !isAlive(pid)) return;
    process.kill(pid, 'SIGQUIT');
    await eventually(() => {
      if (isAlive(pid)) throw new Error(`PostgreSQL ${pid} still runs.`);
    });
  }

  private lockFile(): string[] {
    try {
      return readFileSync(join(this.dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n');
    } catch {
      return [];
    }
  }
}

/** A PostgreSQL of a test's own, for desks of several processes, and for taking it away from them. */
export class Postgres {
  private constructor(
    readonly dataDir: string,
    readonly url: string,
    private readonly server: EmbeddedPostgres,
    private readonly files: PostgresFiles,
  ) {}

  static async start(): Promise<Postgres> {
    const dataDir = mkdtempSync(join(tmpdir(), 'codegrey-postgres-'));
    const server = new EmbeddedPostgres(dataDir);
    return new Postgres(dataDir, await server.start(), server, new PostgresFiles(dataDir));
  }

  query<Row extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<Row[]> {
    return this.files.query<Row>(text, values);
  }

  /** Stops the server and all its sessions at once, as a power cut does. */
  crash(): Promise<void> {
    return this.files.end();
  }

  /** Starts it again on the port it had. */
  async restart(): Promise<void> {
    await this.server.start(Number(new URL(this.url).port));
  }

  /** Stops answering without closing a connection, as a frozen host does. Answers what lets it go on. */
  freeze(): () => void {
    const pids = [...sessionsOf(this.files.pid ?? 0)];
    for (const pid of pids) signal(pid, 'SIGSTOP');
    return () => {
      for (const pid of pids.reverse()) signal(pid, 'SIGCONT');
    };
  }

  async stop(): Promise<void> {
    await this.files.end();
    rmSync(this.dataDir, { recursive: true, force: true });
  }
}

/** The server and the processes of its sessions. */
function* sessionsOf(server: number): Generator<number> {
  yield server;
  const children = readFileSync(`/proc/${server}/task/${server}/children`, 'utf8').trim();
  if (children !== '') yield* children.split(' ').map(Number);
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // A session that ended in between needs no signal.
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  // A server that nobody has reaped after the end of its parent stays listed, but runs no more.
  const status = `/proc/${pid}/status`;
  return !existsSync(status) || !/^State:\s+Z/m.test(readFileSync(status, 'utf8'));
}
