import { spawn, type ChildProcess } from 'node:child_process';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { EmbeddedPostgres } from '../../apps/standalone/embedded-postgres.js';
import { nextFreePort } from '../../libs/platform/index.js';

const dist = join(import.meta.dirname, '..', '..');

/** A program that was started, and where it says it listens. */
export interface Started {
  url: string;
  process: ChildProcess;
}

/** A PostgreSQL, and processes of the desk on it, for one measurement. */
export class Stage {
  readonly dataDir = mkdtempSync(join(tmpdir(), 'codegrey-bench-'));
  private readonly postgres = new EmbeddedPostgres(this.dataDir);
  private readonly started: ChildProcess[] = [];
  databaseUrl = '';
  redisUrl: string | undefined;
  pool: pg.Pool;

  /** Starts the database, and a Redis where the queues are to lie on one. */
  static async open(withRedis = false): Promise<Stage> {
    const stage = new Stage();
    stage.databaseUrl = await stage.postgres.start();
    stage.pool = new pg.Pool({ connectionString: stage.databaseUrl, max: 10, options: '-c search_path=codegrey' });
    if (withRedis) stage.redisUrl = await stage.startRedis();
    return stage;
  }

  /** Starts one of the desk's programs, or one of this folder's, and waits until it listens. */
  async start(program: string, env: Record<string, string> = {}): Promise<Started> {
    const child = spawn(process.execPath, [join(dist, program)], {
      env: {
        ...process.env,
        PORT: '0',
        DATABASE_URL: this.databaseUrl,
        ...(this.redisUrl ? { REDIS_URL: this.redisUrl } : {}),
        CODEGREY_DATA_DIR: this.dataDir,
        CODEGREY_LOG_LEVEL: 'error',
        ...env,
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.started.push(child);
    return { url: await readyUrl(child), process: child };
  }

  /** Adds a provider and a credential of this role; answers the key and the ids. */
  async credential(
    role: string,
    principalId = randomUUID(),
  ): Promise<{ key: string; principalId: string; providerId: string }> {
    const key = `cgk_${randomBytes(32).toString('base64url')}`;
    const providerId = randomUUID();
    await this.pool.query(
      `INSERT INTO providers (id, name, country, time_zone, kind, languages, contacts, products, created_at)
       VALUES ($1, 'Bench hospital', 'RO', 'Europe/Bucharest', 'hospital', '{}', '[]', '{}', now())`,
      [providerId],
    );
    await this.pool.query(
      `INSERT INTO api_keys (id, name, hash, hint, role, principal_id, provider_id, created_at) VALUES ($1, 'bench', $2, 'xxxx', $3, $4, $5, now())`,
      [
        randomUUID(),
        createHash('sha256').update(key).digest(),
        role,
        principalId,
        role === 'provider' ? providerId : null,
      ],
    );
    return { key, principalId, providerId };
  }

  async close(): Promise<void> {
    await this.pool.end();
    for (const child of this.started) await stopped(child);
    await this.postgres.stop();
    rmSync(this.dataDir, { recursive: true, force: true });
  }

  private async startRedis(): Promise<string> {
    const port = await nextFreePort('127.0.0.1', 16379);
    const child = spawn(
      'redis-server',
      ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', this.dataDir],
      {
        stdio: 'ignore',
      },
    );
    this.started.push(child);
    return `redis://127.0.0.1:${port}`;
  }
}

function readyUrl(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    child.once('exit', (code) => reject(new Error(`It ended with ${code} before it was ready: ${output}`)));
    child.stdout?.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      const url = /ready at (\S+)/.exec(output)?.[1];
      if (url) resolve(url);
    });
  });
}

async function stopped(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await ended;
}
