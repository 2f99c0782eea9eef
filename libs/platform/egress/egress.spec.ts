import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { parseCidrs } from './address-rules.js';
import { Egress, EgressFailed, EgressRefused, type EgressOptions, type EgressRequest } from './egress.js';

const post: EgressRequest = { method: 'POST', headers: { 'content-type': 'text/plain' }, body: 'hello' };
const loopback = parseCidrs('127.0.0.0/8, ::1/128');

let server: Server;
let port: number;
let reached: string[];
let answer: (request: IncomingMessage, response: ServerResponse) => void;
const opened: Egress[] = [];

function egress(options: Partial<EgressOptions> = {}): Egress {
  const created = new Egress({ allow: loopback, ...options });
  opened.push(created);
  return created;
}

async function failure(work: Promise<unknown>): Promise<unknown> {
  try {
    await work;
  } catch (error) {
    return error;
  }
  throw new Error('It was expected to fail.');
}

beforeEach(async () => {
  reached = [];
  answer = (_request, response) => void response.end('ok');
  server = createServer((request, response) => {
    reached.push(request.url ?? '');
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await Promise.all(opened.splice(0).map((each) => each.close()));
});

describe('where requests may go', () => {
  it.each([
    '127.0.0.1',
    '127.1',
    '0x7f.1',
    '0177.0.0.1',
    '2130706433',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '0.0.0.0',
    'localhost',
    'LOCALHOST',
    '169.254.169.254',
  ])('refuses http://%s', async (host) => {
    const error = await failure(egress({ allow: [] }).request(`http://${host}:${port}/`, post));
    expect(error).toBeInstanceOf(EgressRefused);
    expect(error).toMatchObject({ reason: 'address' });
    expect(reached).toEqual([]);
  });

  it.each(['127.0.0.1', '0x7f.1', '[::ffff:127.0.0.1]', 'localhost'])(
    'reaches http://%s where it is allowed',
    async (host) => {
      answer = (_request, response) => void response.writeHead(201, { 'x-answer': 'yes' }).end('made');
      const response = await egress().request(`http://${host}:${port}/path?a=b`, post);
      expect(response).toMatchObject({ status: 201, body: 'made', headers: { 'x-answer': 'yes' } });
      expect(reached).toEqual(['/path?a=b']);
    },
  );

  it.each([
    ['ftp://example.org/', 'scheme'],
    ['file:///etc/passwd', 'scheme'],
    ['gopher://127.0.0.1/', 'scheme'],
    ['http://user:secret@example.org/', 'credentials'],
    ['http://user@example.org/', 'credentials'],
    ['not a url', 'url'],
    ['//example.org', 'url'],
  ])('refuses %s by its %s', async (url, reason) => {
    const error = await failure(egress().request(url, post));
    expect(error).toBeInstanceOf(EgressRefused);
    expect(error).toMatchObject({ reason });
    expect(String(error)).not.toContain('secret');
  });

  it('checks the address that it connects to, not the one that an earlier lookup gave', async () => {
    const answers = ['93.184.215.14', '127.0.0.1'];
    const lookup = () => Promise.resolve([{ address: answers.shift() ?? '127.0.0.1', family: 4 }]);
    const guarded = egress({ allow: [], lookup });
    await guarded.assertHost('rebinding.example');
    expect(await failure(guarded.request(`http://rebinding.example:${port}/`, post))).toBeInstanceOf(EgressRefused);
    expect(reached).toEqual([]);
  });

  it('connects to the very address that was checked, after one lookup', async () => {
    const asked: string[] = [];
    const lookup = (hostname: string) => {
      asked.push(hostname);
      return Promise.resolve([{ address: '127.0.0.1', family: 4 }]);
    };
    const response = await egress({ lookup }).request(`http://receiver.example:${port}/`, post);
    expect(response.status).toBe(200);
    expect(asked).toEqual(['receiver.example']);
  });

  it('leaves out the forbidden ones of several addresses', async () => {
    const lookup = () =>
      Promise.resolve([
        { address: '10.255.255.1', family: 4 },
        { address: '127.0.0.1', family: 4 },
      ]);
    const response = await egress({ lookup }).request(`http://receiver.example:${port}/`, post);
    expect(response.status).toBe(200);
  });

  it('does not follow a redirect, and hands it over as it is', async () => {
    answer = (_request, response) =>
      void response.writeHead(302, { location: `http://127.0.0.1:${port}/inside` }).end();
    const response = await egress().request(`http://127.0.0.1:${port}/`, post);
    expect(response.status).toBe(302);
    expect(reached).toEqual(['/']);
  });
});

describe('checking a host for another protocol', () => {
  const twoAddresses = () =>
    Promise.resolve([
      { address: '93.184.215.14', family: 4 },
      { address: '10.0.0.1', family: 4 },
    ]);

  it.each(['127.0.0.1', '[::1]', '::1', 'localhost'])('refuses %s', async (host) => {
    expect(await failure(egress({ allow: [] }).assertHost(host))).toBeInstanceOf(EgressRefused);
  });

  it('refuses a name when one of its addresses is off limits, since it cannot choose', async () => {
    const error = await failure(egress({ allow: [], lookup: twoAddresses }).assertHost('mixed.example'));
    expect(error).toBeInstanceOf(EgressRefused);
  });

  it('permits what is public or allowed', async () => {
    await egress().assertHost('127.0.0.1');
    await egress({ allow: parseCidrs('10.0.0.0/8'), lookup: twoAddresses }).assertHost('mixed.example');
  });

  it('says that a name cannot be resolved', async () => {
    const lookup = () => Promise.reject(new Error('getaddrinfo ENOTFOUND nowhere.example'));
    expect(await failure(egress({ lookup }).assertHost('nowhere.example'))).toMatchObject({ kind: 'connection' });
  });
});

describe('what a request may cost', () => {
  it('cuts a body that trickles in at the deadline', async () => {
    let trickle: NodeJS.Timeout | undefined;
    answer = (_request, response) => {
      response.writeHead(200);
      trickle = setInterval(() => response.write('.'), 20);
    };
    const startedAt = performance.now();
    const error = await failure(egress({ timeoutMs: 300 }).request(`http://127.0.0.1:${port}/`, post));
    clearInterval(trickle);
    expect(error).toBeInstanceOf(EgressFailed);
    expect(error).toMatchObject({ kind: 'timeout', status: 200 });
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });

  it('gives up at the deadline when no answer comes', async () => {
    answer = () => undefined;
    const error = await failure(egress({ timeoutMs: 200 }).request(`http://127.0.0.1:${port}/`, post));
    expect(error).toMatchObject({ kind: 'timeout', status: undefined });
  });

  it('gives up at the deadline when the lookup hangs', async () => {
    const lookup = () => new Promise<never>(() => undefined);
    const error = await failure(egress({ timeoutMs: 200, lookup }).request('http://hanging.example/', post));
    expect(error).toMatchObject({ kind: 'timeout' });
  });

  it('cuts a body of 1 MB at 64 KB', async () => {
    let closed: Promise<void> | undefined;
    answer = (_request, response) => {
      closed = new Promise((resolve) => response.on('close', resolve));
      response.end(Buffer.alloc(1_048_576, 'x'));
    };
    const error = await failure(egress().request(`http://127.0.0.1:${port}/`, post));
    expect(error).toBeInstanceOf(EgressFailed);
    expect(error).toMatchObject({ kind: 'response-too-large', status: 200 });
    await closed;
  });

  it('reads an answer of exactly the longest length', async () => {
    answer = (_request, response) => void response.end('x'.repeat(65_536));
    expect((await egress().request(`http://127.0.0.1:${port}/`, post)).body).toHaveLength(65_536);
  });

  it('calls a refused connection by its name', async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    const error = await failure(egress().request(`http://127.0.0.1:${port}/`, post));
    expect(error).toMatchObject({ kind: 'connection' });
    expect(String(error)).toContain('ECONNREFUSED');
  });

  it('is given up by the signal of the caller while the lookup hangs', async () => {
    const lookup = () => new Promise<never>(() => undefined);
    const startedAt = performance.now();
    const work = egress({ lookup, timeoutMs: 2_000 }).request('http://hanging.example/', {
      ...post,
      signal: AbortSignal.timeout(50),
    });
    expect(await failure(work)).toMatchObject({ kind: 'cancelled' });
    expect(performance.now() - startedAt).toBeLessThan(1_000);
  });

  it('is given up by the signal of the caller, before and during', async () => {
    answer = () => undefined;
    const url = `http://127.0.0.1:${port}/`;
    expect(await failure(egress().request(url, { ...post, signal: AbortSignal.abort() }))).toMatchObject({
      kind: 'cancelled',
    });
    expect(reached).toEqual([]);
    const during = egress().request(url, { ...post, signal: AbortSignal.timeout(50) });
    expect(await failure(during)).toMatchObject({ kind: 'cancelled' });
  });
});
