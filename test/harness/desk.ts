import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, type Json, type RequestHeaders } from './client.js';
import { eventually } from './eventually.js';
import { PostgresFiles } from './postgres.js';
import { Program } from './program.js';

/** Who the demo desk has credentials for. */
export type Person =
  | 'provider'
  | 'provider2'
  | 'responder'
  | 'responder2'
  | 'responder3'
  | 'coordinator'
  | 'auditor'
  | 'admin'
  | 'integration';

/** The credentials of the demo desk, as `demo-keys.json` holds them. */
export type Keys = Record<Person, { key: string; id: string; providerId?: string }>;

/** What makes a ticket SEV1: people in danger of life depend on it. */
export const sev1 = { impact: { services: [{ service: 'emergency', status: 'down' }] } };

/** What makes a ticket SEV2. */
export const sev2 = { impact: { services: [{ service: 'ehr', status: 'down' }] } };

/** How to start a desk. */
export interface DeskOptions {
  /** Lets `advance` move the time. */
  movableClock?: boolean;
  env?: Record<string, string>;
}

/** A whole desk as `npm start` runs it, in a directory of its own, spoken to from outside. */
export class Desk {
  readonly dataDir = mkdtempSync(join(tmpdir(), 'codegrey-desk-'));
  readonly database = new PostgresFiles(this.dataDir);
  keys: Keys;
  private program: Program;

  private constructor(private readonly env: Record<string, string>) {}

  /** Starts a desk and waits until it is ready. */
  static async start({ movableClock = false, env = {} }: DeskOptions = {}): Promise<Desk> {
    const desk = new Desk({ ...(movableClock ? { CODEGREY_MOVABLE_CLOCK: '1' } : {}), ...env });
    await desk.restart();
    return desk;
  }

  get url(): string {
    return this.program.url;
  }

  get isRunning(): boolean {
    return this.program.isRunning;
  }

  /** The end of what it wrote to its standard output and error. */
  get log(): string {
    return this.program.log;
  }

  /** Speaks to the desk with the credential of this person. */
  as(person: Person): Client {
    return this.withKey(this.keys[person].key);
  }

  /** Speaks to the desk with this key, or without any. */
  withKey(key: string | undefined): Client {
    return new Client(() => this.url, key);
  }

  /** Asks for help as the first hospital, at SEV2 unless the ticket says otherwise. Answers the ticket. */
  async open(ticket: object = {}, headers?: RequestHeaders): Promise<Json> {
    const body = { summary: 'EHR unreachable', ...sev2, ...ticket };
    const answer = await this.as('provider').post('/v1/tickets', body, headers);
    if (answer.status !== 201) throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  /** The ticket as the coordinator sees it now. */
  async ticket(id: string): Promise<Json> {
    return (await this.as('coordinator').get(`/v1/tickets/${id}`)).body;
  }

  /** The pages about a ticket, oldest first. */
  async pages(ticketId: string): Promise<Json[]> {
    return (await this.as('coordinator').get(`/v1/tickets/${ticketId}/pages`)).body.items;
  }

  /** Waits until somebody has been paged about the ticket `count` times, and every page has gone out. */
  paged(ticketId: string, count = 1): Promise<Json[]> {
    return eventually(async () => {
      const pages = await this.pages(ticketId);
      const owed = pages.filter(({ state }) => state === 'owed').length;
      if (pages.length < count || owed > 0) throw new Error(`${pages.length} pages, ${owed} owed, of ${count}.`);
      return pages;
    });
  }

  /** The types of what happened to a ticket, in order. */
  async timeline(ticketId: string): Promise<Json[]> {
    return (await this.as('coordinator').get(`/v1/tickets/${ticketId}/timeline?limit=200`)).body.items;
  }

  /** What the demo phones and the demo inbox received. */
  async messages(filter: { ticket?: string; to?: string; channel?: string }): Promise<Json[]> {
    const query = new URLSearchParams(filter);
    return (await this.as('coordinator').get(`/v1/demo/messages?${query.toString()}`)).body.items;
  }

  /** Moves the time of the whole desk forward by an ISO 8601 duration. */
  async advance(by: string): Promise<Date> {
    const answer = await this.as('admin').post('/v1/clock/advance', { by });
    if (answer.status >= 300) throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`);
    return new Date(answer.body.now);
  }

  /** Ends the process. After SIGKILL its database is left behind, as in earnest. */
  kill(signal: NodeJS.Signals): Promise<void> {
    return this.program.kill(signal);
  }

  /** Starts it on the data directory it has, after its end where it still runs, and reads its keys and its new address. */
  async restart(): Promise<void> {
    await this.program?.kill('SIGTERM');
    this.program = await Program.start('standalone', { ...this.env, CODEGREY_DATA_DIR: this.dataDir });
    this.keys = JSON.parse(readFileSync(join(this.dataDir, 'demo-keys.json'), 'utf8')) as Keys;
  }

  /** Ends it and removes all that it leaves behind. */
  async stop(): Promise<void> {
    await this.program.kill('SIGTERM');
    await this.database.end();
    rmSync(this.dataDir, { recursive: true, force: true });
  }
}
