import { randomUUID } from 'node:crypto';
import { Client, type Answer, type Json } from './client.js';
import { Credentials } from './credentials.js';
import { eventually } from './eventually.js';
import { Postgres } from './postgres.js';
import { Program } from './program.js';
import { WebhookPhone } from './webhook-phone.js';

/** A desk as it runs in earnest: an API and a worker as processes of their own, on a PostgreSQL, with one responder on call. */
export class SplitDesk {
  /** Receives what the responder is paged with by webhook. */
  readonly phone = new WebhookPhone();
  provider: Client;
  responder: Client;
  coordinator: Client;
  responderId: string;
  api: Program;
  worker: Program;

  private constructor(
    readonly postgres: Postgres,
    private readonly env: Record<string, string>,
  ) {}

  /** Starts the processes and makes a responder whom every ticket pages by webhook. `env` is for both processes. */
  static async start(env: Record<string, string> = {}): Promise<SplitDesk> {
    const desk = new SplitDesk(await Postgres.start(), env);
    await desk.phone.listen();
    desk.api = await Program.start('api', desk.shared);
    await desk.restartWorker();
    await desk.furnish();
    return desk;
  }

  /** Starts the worker, for the first time or after it was killed. */
  async restartWorker(): Promise<void> {
    this.worker = await Program.start('worker', this.shared);
  }

  private get shared(): Record<string, string> {
    return {
      DATABASE_URL: this.postgres.url,
      CODEGREY_DATA_DIR: this.postgres.dataDir,
      CODEGREY_EGRESS_ALLOW: '127.0.0.0/8',
      ...this.env,
    };
  }

  /** Asks for help because a service is down: at SEV2 for the health records. Answers what the API answered. */
  open(service = 'ehr', headers: Record<string, string> = {}): Promise<Answer> {
    const impact = { services: [{ service, status: 'down' }] };
    return this.provider.post('/v1/tickets', { summary: `No ${service}`, impact }, headers);
  }

  /** The pages about a ticket. */
  async pages(ticketId: string): Promise<Json[]> {
    return (await this.coordinator.get(`/v1/tickets/${ticketId}/pages`)).body.items;
  }

  /** Waits until the responder's phone has received the page about a ticket, named by its reference. */
  async reached(reference: string, withinMs = 20_000): Promise<void> {
    await eventually(() => {
      if (!this.phone.received.some((text) => text.includes(reference)))
        throw new Error(`${reference} reached nobody.`);
    }, withinMs);
  }

  async stop(): Promise<void> {
    await Promise.all([this.api?.kill('SIGKILL'), this.worker?.kill('SIGKILL')]);
    await this.phone.close();
    await this.postgres.stop();
  }

  private async furnish(): Promise<void> {
    const credentials = new Credentials(this.postgres);
    const client = (key: string) => new Client(() => this.api.url, key);
    const admin = client((await credentials.issue('admin')).key);
    this.provider = client((await credentials.issue('provider')).key);
    this.coordinator = client((await credentials.issue('coordinator')).key);
    const made = await admin.post('/v1/responders', { name: 'Responder on call', timeZone: 'Europe/Paris' });
    this.responderId = made.body.id;
    this.responder = client((await credentials.issue('responder', this.responderId)).key);
    await this.reachable(admin);
    const steps = [{ targets: [{ responder: this.responderId }], thenWait: 'PT5M' }];
    const policy = await admin.post('/v1/escalation-policies', { name: `Policy ${randomUUID()}`, steps, repeat: 1 });
    if (policy.status !== 201) throw new Error(JSON.stringify(policy.body));
  }

  /** A mailbox first where there is a mail server, then the phone; verified without the code, which the mailbox cannot tell. */
  private async reachable(admin: Client): Promise<void> {
    const path = `/v1/responders/${this.responderId}/contact-methods`;
    const phone = { channel: 'webhook', address: this.phone.url };
    const mailbox = { channel: 'email', address: 'responder@desk.example' };
    for (const method of this.env.SMTP_URL ? [mailbox, phone] : [phone]) {
      const made = await admin.post(path, method);
      if (made.status !== 201) throw new Error(JSON.stringify(made.body));
    }
    await this.postgres.query('UPDATE codegrey.contact_methods SET verified_at = now() WHERE verified_at IS NULL');
  }
}
