import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import * as fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { Egress, parseCidrs } from '../../platform/index.js';
import { type OutgoingMessage } from './channel.js';
import { isSignedWebhook, signWebhook } from './webhook-signature.js';
import { WebhookChannel } from './webhook.channel.js';

const secret = `whsec_${Buffer.from('a secret of thirty-two characters').toString('base64')}`;
const otherSecret = `whsec_${Buffer.from('another secret of 32 characters!').toString('base64')}`;
const allow = parseCidrs('127.0.0.0/8');

interface Received {
  headers: Record<string, string>;
  body: string;
}

let server: Server;
let message: OutgoingMessage;
let received: Received[];
let answer: (response: ServerResponse) => void;
let egress: Egress;

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

beforeEach(async () => {
  received = [];
  answer = (response) => void response.writeHead(204).end();
  server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      received.push({ headers: request.headers as Record<string, string>, body });
      answer(response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  message = {
    deliveryId: '0198f3a2-7c11-7d3e-9b0a-5f2e8c4d6a10',
    attemptId: 'attempt-1',
    short: 'SEV1 ticket',
    to: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    subject: '[SEV1] CG-7K3M-Q2XD',
    text: 'SEV1 ticket CG-7K3M-Q2XD',
    links: ['https://desk.example/p/0f3c'],
    ticketReference: 'CG-7K3M-Q2XD',
    severity: 'SEV1',
    secret,
  };
  egress = new Egress({ allow, timeoutMs: 400 });
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await egress.close();
});

const channel = (now: () => Date = () => new Date()) => new WebhookChannel(egress, now);

describe('a webhook', () => {
  it('is delivered with a signature that the reference library accepts', async () => {
    expect(await channel().send(message)).toEqual({ outcome: 'delivered' });
    const [{ headers, body }] = received as [Received];
    expect(headers['webhook-id']).toBe(message.deliveryId);
    expect(new Webhook(secret).verify(body, headers)).toMatchObject({
      specversion: '1.0',
      id: message.deliveryId,
      type: 'page.sent',
      subject: message.ticketReference,
      data: { subject: message.subject, text: message.text, links: message.links, severity: 'SEV1' },
    });
    expect(() => new Webhook(otherSecret).verify(body, headers)).toThrow();
  });

  it('sends a given event as it is, whatever characters it holds', async () => {
    const payload = { specversion: '1.0', type: 'ticket.opened', data: { summary: 'Spital județean 😷 "\u2028' } };
    expect((await channel().send({ ...message, payload })).outcome).toBe('delivered');
    const [{ headers, body }] = received as [Received];
    expect(new Webhook(secret).verify(body, headers)).toEqual(payload);
  });

  it('takes its timestamp from the clock that it was given', async () => {
    await channel(() => new Date('2026-02-11T02:00:00.999Z')).send(message);
    expect(received[0]?.headers['webhook-timestamp']).toBe(String(Date.parse('2026-02-11T02:00:00Z') / 1_000));
  });

  it.each([undefined, '', 'whsec_', 'whsec_!!!'])('is not sent unsigned: secret %j', async (unusable) => {
    const result = await channel().send({ ...message, secret: unusable });
    expect(result).toMatchObject({ outcome: 'failed', permanent: true });
    expect(received).toEqual([]);
  });
});

describe('the answer of the receiver', () => {
  it.each([
    [200, { outcome: 'delivered' }],
    [202, { outcome: 'delivered' }],
    [301, { outcome: 'failed', permanent: true, error: expect.stringContaining('redirect') }],
    [308, { outcome: 'failed', permanent: true, error: expect.stringContaining('redirect') }],
    [400, { outcome: 'failed', permanent: true }],
    [401, { outcome: 'failed', permanent: true }],
    [404, { outcome: 'failed', permanent: true }],
    [410, { outcome: 'failed', permanent: true }],
    [408, { outcome: 'failed', permanent: false }],
    [425, { outcome: 'failed', permanent: false }],
    [429, { outcome: 'failed', permanent: false }],
    [500, { outcome: 'failed', permanent: false }],
    [503, { outcome: 'failed', permanent: false }],
  ])('%i', async (status, expected) => {
    answer = (response) => void response.writeHead(status, { location: message.to }).end();
    expect(await channel().send(message)).toMatchObject(expected);
    expect(received).toHaveLength(1);
  });

  it('counts from its head on: neither a huge nor a slow body undoes it', async () => {
    answer = (response) => void response.writeHead(200).end(Buffer.alloc(1_048_576, 'x'));
    expect(await channel().send(message)).toEqual({ outcome: 'delivered' });
    answer = (response) => void response.writeHead(200).write('.');
    expect(await channel().send(message)).toEqual({ outcome: 'delivered' });
    answer = (response) => void response.writeHead(500).write('.');
    expect(await channel().send(message)).toMatchObject({ outcome: 'failed', permanent: false });
  });
});

describe('a receiver that is not reached', () => {
  it('in time is worth another attempt', async () => {
    answer = () => undefined;
    const startedAt = performance.now();
    expect(await channel().send(message)).toMatchObject({ outcome: 'failed', permanent: false });
    expect(performance.now() - startedAt).toBeLessThan(1_500);
  });

  it('because the caller gave up is worth another attempt', async () => {
    answer = () => undefined;
    expect(await channel().send(message, AbortSignal.timeout(50))).toMatchObject({
      outcome: 'failed',
      permanent: false,
    });
  });

  it('because nobody listens is worth another attempt', async () => {
    const result = await channel().send({ ...message, to: 'http://127.0.0.1:1/secret-path' });
    expect(result).toMatchObject({ outcome: 'failed', permanent: false });
    expect(JSON.stringify(result)).not.toContain('secret-path');
  });

  it.each([
    'http://10.0.0.1/x',
    'http://169.254.169.254/latest/meta-data',
    'ftp://example.org/',
    'http://u:p@127.0.0.1/',
    'no url',
  ])('because %s is off limits is refused for good', async (to) => {
    expect(await channel().send({ ...message, to })).toMatchObject({ outcome: 'failed', permanent: true });
  });
});

describe('checking a signature', () => {
  const at = new Date('2026-02-11T02:00:00Z');
  const after = (seconds: number) => new Date(at.getTime() + seconds * 1_000);

  it('holds for what was signed and for nothing else', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.uuid(), (body, otherBody, id) => {
        const headers = signWebhook(id, at, body, secret);
        expect(isSignedWebhook(headers, body, secret, at)).toBe(true);
        expect(isSignedWebhook(headers, otherBody, secret, at)).toBe(body === otherBody);
        expect(isSignedWebhook(headers, body, otherSecret, at)).toBe(false);
        expect(isSignedWebhook({ ...headers, 'webhook-id': `${id}x` }, body, secret, at)).toBe(false);
      }),
    );
  });

  it.each([
    [0, true],
    [300, true],
    [301, false],
    [-300, true],
    [-301, false],
  ])('%i seconds later: %s', (seconds, valid) => {
    expect(isSignedWebhook(signWebhook('id', at, '{}', secret), '{}', secret, after(seconds))).toBe(valid);
  });

  it('takes any one of several signatures, as during a change of secrets', () => {
    const headers = signWebhook('id', at, '{}', secret);
    const other = signWebhook('id', at, '{}', otherSecret);
    const both = `${other['webhook-signature']} ${headers['webhook-signature']}`;
    expect(isSignedWebhook({ ...headers, 'webhook-signature': both }, '{}', secret, at)).toBe(true);
  });

  it.each(['webhook-id', 'webhook-timestamp', 'webhook-signature'] as const)('does not hold without %s', (name) => {
    const headers = { ...signWebhook('id', at, '{}', secret), [name]: undefined };
    expect(isSignedWebhook(headers, '{}', secret, at)).toBe(false);
  });

  it.each(['', 'soon', '1e400', 'NaN', '1770775200.5'])('does not hold with the timestamp %j', (timestamp) => {
    const headers = { ...signWebhook('id', at, '{}', secret), 'webhook-timestamp': timestamp };
    expect(isSignedWebhook(headers, '{}', secret, at)).toBe(false);
  });
});
