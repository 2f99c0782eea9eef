import { createHmac, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A message or a call that the desk asked for. */
export interface Dialled {
  sid: string;
  resource: 'Messages' | 'Calls';
  form: Record<string, string>;
}

/**
 * A provider of SMS and voice, written after Twilio's documentation of its REST API, its callbacks and their signature: a double,
 * since no real one can be reached from a test.
 */
export class TelephoneNetwork {
  static readonly account = 'AC00000000000000000000000000000001';
  static readonly token = 'token-of-a-test';
  readonly dialled: Dialled[] = [];
  private readonly server: Server;

  constructor() {
    this.server = createServer((request, response) => void this.take(request, response));
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async listen(): Promise<void> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  /** The newest message or call to a number. */
  last(to: string, resource: Dialled['resource']): Dialled | undefined {
    return this.dialled.findLast(({ form, resource: kind }) => form.To === to && kind === resource);
  }

  /** Calls the desk back, signed as the provider signs, or with `token` in its place. */
  async callBack(
    url: string,
    fields: Record<string, string>,
    token = TelephoneNetwork.token,
  ): Promise<{ status: number; body: string }> {
    const names = Object.keys(fields).sort();
    const signed = url + names.map((name) => `${name}${fields[name]}`).join('');
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'x-twilio-signature': createHmac('sha1', token).update(signed).digest('base64') },
      body: new URLSearchParams(fields),
    });
    return { status: response.status, body: await response.text() };
  }

  private async take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = '';
    request.setEncoding('utf8');
    for await (const chunk of request) body += String(chunk);
    const resource = /\/(Messages|Calls)\.json$/.exec(request.url ?? '')?.[1] as Dialled['resource'] | undefined;
    const basic = `Basic ${Buffer.from(`${TelephoneNetwork.account}:${TelephoneNetwork.token}`).toString('base64')}`;
    if (resource === undefined || request.headers.authorization !== basic) {
      response.writeHead(resource === undefined ? 404 : 401).end();
      return;
    }
    const sid = `${resource === 'Calls' ? 'CA' : 'SM'}${randomBytes(16).toString('hex')}`;
    this.dialled.push({ sid, resource, form: Object.fromEntries(new URLSearchParams(body)) });
    response.writeHead(201, { 'content-type': 'application/json' }).end(JSON.stringify({ sid, status: 'queued' }));
  }
}
