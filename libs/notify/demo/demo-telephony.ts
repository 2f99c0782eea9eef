import { randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TelephonyProvider } from '../channels-config.js';
import type { DemoMessage, DemoMessageHandler } from './demo-message.js';
import { boundedBody, HttpReply } from './demo-request.js';
import { linksIn } from './links.js';

/** Numbers of no subscriber, for use in films and examples (Ofcom, "Telephone numbers for drama use"). */
const smsNumber = '+447700900100';
const voiceNumber = '+447700900101';

/**
 * A telephone network on the loopback interface, which shows what a desk without a real provider would have sent and said. It
 * speaks as much of Twilio's REST API as the desk uses (`POST /2010-04-01/Accounts/{account}/Messages.json` and `…/Calls.json`).
 */
export class DemoTelephony {
  private readonly account = `AC${randomBytes(16).toString('hex')}`;
  private readonly token = randomBytes(16).toString('hex');
  private readonly server: Server;

  constructor(private readonly onMessage: DemoMessageHandler) {
    this.server = createServer({ requestTimeout: 10_000, headersTimeout: 8_000 }, (request, response) => {
      void this.answer(request, response);
    });
  }

  /** Listens on a free port, and answers how the desk reaches it. */
  async start(): Promise<TelephonyProvider> {
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject).listen(0, '127.0.0.1', resolve);
    });
    const { port } = this.server.address() as AddressInfo;
    const { account, token } = this;
    return { id: 'demo', baseUrl: `http://127.0.0.1:${port}`, account, token, sms: smsNumber, voice: voiceNumber };
  }

  /** Stops listening and drops all connections. */
  async stop(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    this.server.closeAllConnections();
    await closed;
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const body = JSON.stringify({ sid: await this.receive(request), status: 'queued' });
      response.writeHead(201, { 'content-type': 'application/json' }).end(body);
    } catch (error) {
      const status = error instanceof HttpReply ? error.status : 503;
      response.writeHead(status, { connection: 'close' }).end();
    }
  }

  private async receive(request: IncomingMessage): Promise<string> {
    const start = `/2010-04-01/Accounts/${this.account}/`;
    const resource = request.url?.startsWith(start) ? request.url.slice(start.length) : undefined;
    const isMessage = resource === 'Messages.json';
    if (!isMessage && resource !== 'Calls.json') throw new HttpReply(404);
    if (request.method !== 'POST') throw new HttpReply(405);
    if (!this.isSignedIn(request)) throw new HttpReply(401);
    const form = new URLSearchParams(await boundedBody(request));
    await this.onMessage(isMessage ? message(form) : call(form));
    return `${isMessage ? 'SM' : 'CA'}${randomBytes(16).toString('hex')}`;
  }

  private isSignedIn({ headers }: IncomingMessage): boolean {
    const expected = Buffer.from(`Basic ${Buffer.from(`${this.account}:${this.token}`).toString('base64')}`);
    const given = Buffer.from(headers.authorization ?? '');
    return given.length === expected.length && timingSafeEqual(given, expected);
  }
}

function message(form: URLSearchParams): DemoMessage {
  const text = needed(form, 'Body');
  return { ...common(form), channel: 'sms', subject: 'SMS', text, links: linksIn(text) };
}

/** What would be heard, without the instructions to the network around it. */
function call(form: URLSearchParams): DemoMessage {
  const said = [...needed(form, 'Twiml').matchAll(/<Say[^>]*>([^<]*)<\/Say>/g)].map(([, text = '']) => text);
  return { ...common(form), channel: 'voice', subject: 'Call', text: [...new Set(said)].join('\n'), links: [] };
}

function common(form: URLSearchParams): Pick<DemoMessage, 'to' | 'ticketReference' | 'deliveryId' | 'headers'> {
  const callback = form.get('StatusCallback') ?? '';
  const deliveryId = URL.canParse(callback) ? (new URL(callback).searchParams.get('delivery') ?? undefined) : undefined;
  return { to: needed(form, 'To'), ticketReference: null, deliveryId, headers: {} };
}

function needed(form: URLSearchParams, name: string): string {
  const value = form.get(name);
  if (value === null || value === '') throw new HttpReply(400);
  return value;
}
