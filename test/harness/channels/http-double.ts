import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as it came. */
export interface Received {
  method: string;
  /** Path and query. */
  path: string;
  headers: Record<string, string>;
  body: Buffer;
}

/** What is answered. `null`: nothing, and the connection stays open. */
export type Reply = { status: number; body?: unknown; headers?: Record<string, string> } | null;

/** An HTTP server on the loopback interface that stands for somebody else's, and remembers what it was asked. */
export class HttpDouble {
  readonly received: Received[] = [];
  /** What it answers to a request; a test may put another function in its place. */
  answer: (request: Received) => Reply | Promise<Reply>;
  private readonly server: Server;

  constructor(answer: (request: Received) => Reply | Promise<Reply>) {
    this.answer = answer;
    this.server = createServer((request, response) => void this.take(request, response));
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async listen(): Promise<this> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return this;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private async take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
    const received = { method: request.method ?? '', path: request.url ?? '', headers, body: Buffer.concat(chunks) };
    this.received.push(received);
    const reply = await this.answer(received);
    if (reply === null) return;
    const body = reply.body === undefined || typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body);
    response.writeHead(reply.status, { 'content-type': 'application/json', ...reply.headers }).end(body);
  }
}
