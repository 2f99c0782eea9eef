import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis as RedisClient } from 'ioredis';
import { eventually } from './eventually.js';
import { freePort } from './free-port.js';

/** A real Redis of a test's own, that keeps nothing on disk. */
export class Redis {
  private readonly directory = mkdtempSync(join(tmpdir(), 'codegrey-redis-'));
  private child: ChildProcess;

  private constructor(private readonly port: number) {}

  static async start(): Promise<Redis> {
    const redis = new Redis(await freePort());
    await redis.restart();
    return redis;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  /** Forgets everything, as a failed-over or restarted Redis does. */
  async flush(): Promise<void> {
    await this.with((client) => client.flushall());
  }

  /** Ends it at once. */
  async kill(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill('SIGKILL');
    await ended;
  }

  /** Starts it again, empty, on the port it had. */
  async restart(): Promise<void> {
    const options = { port: this.port, bind: '127.0.0.1', save: '', appendonly: 'no', dir: this.directory };
    const given = Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]);
    this.child = spawn('redis-server', given, { stdio: 'ignore' });
    const missing = new Promise<never>((_, reject) => this.child.once('error', reject));
    await Promise.race([missing, eventually(() => this.with((client) => client.ping()))]);
  }

  async stop(): Promise<void> {
    await this.kill();
    rmSync(this.directory, { recursive: true, force: true });
  }

  private async with<Result>(act: (client: RedisClient) => Promise<Result>): Promise<Result> {
    const client = new RedisClient(this.url, { lazyConnect: true, maxRetriesPerRequest: 0, retryStrategy: () => null });
    client.on('error', () => undefined);
    try {
      await client.connect();
      return await act(client);
    } finally {
      client.disconnect();
    }
  }
}
