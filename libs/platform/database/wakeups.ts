import { EventEmitter } from 'node:events';
import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { Client } from 'pg';
import type { Logger } from 'pino';
import { Database } from './database.js';
import { DATABASE_URL, LOGGER } from '../tokens.js';

/** What may have work to do after a commit. */
export type Wake = 'journal' | 'outbox' | 'timers' | 'clock' | 'credentials';

const channel = 'codegrey_wake';
const coalesceMs = 10;
const probeEveryMs = 10_000;
const probeDeadlineMs = 3_000;
const reconnectAfterMs = 500;

/**
 * Tells every process, after a commit, that there is something to do. It is only ever a hint: each loop also looks
 * by itself once in a while, so that a lost hint costs a second. It is sent after the commit and at most once in
 * 10 ms, because a NOTIFY inside the transaction takes a lock of the whole instance at commit.
 */
@Injectable()
export class Wakeups implements OnModuleInit, OnApplicationShutdown {
  private readonly emitter = new EventEmitter().setMaxListeners(50);
  private readonly pending = new Set<Wake>();
  private sending: NodeJS.Timeout | undefined;
  private lastSentMs = 0;
  private listener: Client | undefined;
  private probe: NodeJS.Timeout | undefined;
  private reconnect: NodeJS.Timeout | undefined;
  private stopped = false;

  constructor(
    private readonly database: Database,
    @Inject(DATABASE_URL) private readonly databaseUrl: string,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onModuleInit(): void {
    void this.listen();
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.sending);
    clearTimeout(this.reconnect);
    clearInterval(this.probe);
    await this.listener?.end().catch(() => undefined);
  }

  /** Calls `heard` whenever there may be work of this kind. */
  on(wake: Wake, heard: () => void): void {
    this.emitter.on(wake, heard);
  }

  /** Stops calling it. */
  off(wake: Wake, heard: () => void): void {
    this.emitter.off(wake, heard);
  }

  /** Wakes this process at once, and the others within 10 ms. */
  wake(wakes: readonly Wake[]): void {
    if (wakes.length === 0 || this.stopped) return;
    for (const wake of wakes) {
      this.emitter.emit(wake);
      this.pending.add(wake);
    }
    if (this.sending) return;
    const waitMs = Math.max(0, this.lastSentMs + coalesceMs - performance.now());
    this.sending = setTimeout(() => this.send(), waitMs);
  }

  private send(): void {
    this.sending = undefined;
    this.lastSentMs = performance.now();
    const payload = [...this.pending].join(',');
    this.pending.clear();
    const notify = { name: 'wake', text: 'SELECT pg_notify($1, $2)' };
    this.database.query(notify, [channel, payload]).catch(() => this.logger.debug('a wake-up was not sent'));
  }

  private async listen(): Promise<void> {
    if (this.stopped) return;
    const client = new Client({
      connectionString: this.databaseUrl,
      keepAlive: true,
      connectionTimeoutMillis: 3_000,
      application_name: 'codegrey-listen',
    });
    const lost = () => this.lose(client);
    client.on('error', lost).on('end', lost);
    client.on('notification', ({ payload }) => {
      for (const wake of (payload ?? '').split(',')) this.emitter.emit(wake);
    });
    this.listener = client;
    try {
      await client.connect();
      await client.query(`LISTEN ${channel}`);
      // What was said while nobody listened is looked up now.
      for (const wake of ['journal', 'outbox', 'timers', 'clock', 'credentials']) this.emitter.emit(wake);
      clearInterval(this.probe);
      this.probe = setInterval(() => this.prove(client, lost), probeEveryMs);
    } catch {
      lost();
    }
  }

  /** A connection that died without a word is found by asking it something. */
  private prove(client: Client, lost: () => void): void {
    const deadline = setTimeout(lost, probeDeadlineMs);
    client.query('SELECT 1').then(
      () => clearTimeout(deadline),
      () => undefined,
    );
  }

  private lose(client: Client): void {
    if (this.listener !== client) return;
    this.listener = undefined;
    clearInterval(this.probe);
    client.removeAllListeners('end');
    client.on('error', () => undefined);
    (client as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy();
    if (!this.stopped) this.reconnect = setTimeout(() => void this.listen(), reconnectAfterMs);
  }
}
