import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { isSignedWebhook, signWebhook } from '../channels/webhook-signature.js';
import { type DemoMessage, type DemoMessageHandler } from './demo-message.js';
import { boundedBody, HttpReply } from './demo-request.js';
import { linksIn } from './links.js';

/** Receivers of webhooks on the loopback interface, which stand for the phones of a demo desk: `POST /phones/{name}`. */
export class DemoPhones {
  private readonly secrets = new Map<string, string>();
  private readonly server: Server;
  private baseUrl: string | undefined;

  /** `now` is the time by which signatures are judged: the desk's own, which a drill may have moved. */
  constructor(
    private readonly onMessage: DemoMessageHandler,
    private readonly now: () => Date,
  ) {
    this.server = createServer({ requestTimeout: 10_000, headersTimeout: 8_000 }, (request, response) => {
      void this.answer(request, response);
    });
  }

  /** Listens on a free port. */
  async start(): Promise<{ url: string }> {
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject).listen(0, '127.0.0.1', resolve);
    });
    const { port } = this.server.address() as AddressInfo;
    this.baseUrl = `http://127.0.0.1:${port}`;
    return { url: this.baseUrl };
  }

  /**
   * Adds a phone, or gives it a new secret, and answers the address to which its messages go.
   *
   * @throws Error before start(), and when the secret is not `whsec_` and base64.
   */
  register(name: string, secret: string): string {
    if (this.baseUrl === undefined) throw new Error('The phones have no address before start().');
    // A secret that cannot sign would otherwise show only when the first message is refused.
    signWebhook(name, this.now(), '', secret);
    this.secrets.set(name, secret);
    return `${this.baseUrl}/phones/${encodeURIComponent(name)}`;
  }

  /** Stops listening and drops all connections. */
  async stop(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    this.server.closeAllConnections();
    await closed;
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      await this.receive(request);
      response.writeHead(204).end();
    } catch (error) {
      // Some refusals come before the body is read, which leaves the connection of no use.
      const status = error instanceof HttpReply ? error.status : 503;
      response.writeHead(status, { connection: 'close' }).end();
    }
  }

  private async receive(request: IncomingMessage): Promise<void> {
    const name = phoneName(request.url ?? '');
    const secret = name === undefined ? undefined : this.secrets.get(name);
    if (name === undefined || secret === undefined) throw new HttpReply(404);
    if (request.method !== 'POST') throw new HttpReply(405);
    const headers = plainHeaders(request);
    const body = await boundedBody(request);
    if (!isSignedWebhook(headers, body, secret, this.now())) throw new HttpReply(401);
    await this.onMessage({ channel: 'webhook', to: name, ...read(body), headers });
  }
}

function phoneName(path: string): string | undefined {
  const encoded = /^\/phones\/([^/?#]+)$/.exec(path)?.[1];
  try {
    return encoded === undefined ? undefined : decodeURIComponent(encoded);
  } catch {
    return undefined;
  }
}

function plainHeaders(request: IncomingMessage): Record<string, string> {
  return Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
}

/** What a CloudEvents 1.0 event says to a person; an event without a text of its own is shown as it is. */
function read(body: string): Pick<DemoMessage, 'subject' | 'text' | 'links' | 'ticketReference'> {
  const event = parsedObject(body);
  const data = isObject(event.data) ? event.data : {};
  const about = typeof event.subject === 'string' ? event.subject : null;
  const type = typeof event.type === 'string' ? event.type : 'event';
  const text = typeof data.text === 'string' ? data.text : body;
  const subject = typeof data.subject === 'string' ? data.subject : [type, about].filter(Boolean).join(' ');
  return { subject, text, links: linksIn(text), ticketReference: about };
}

function parsedObject(body: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    throw new HttpReply(400);
  }
  if (!isObject(value)) throw new HttpReply(400);
  return value;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
