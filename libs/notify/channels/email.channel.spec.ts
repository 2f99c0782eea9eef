import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { type OutgoingMessage } from './channel.js';
import { EmailChannel, type EmailChannelOptions } from './email.channel.js';

const message: OutgoingMessage = {
  deliveryId: '0198f3a2-7c11-7d3e-9b0a-5f2e8c4d6a10',
  attemptId: 'attempt-1',
  short: 'SEV1 ticket',
  to: 'responder@hospital.example',
  subject: '[SEV1] CG-7K3M-Q2XD',
  text: 'SEV1 ticket CG-7K3M-Q2XD\n\nOpen:\nhttps://desk.example/p/0f3c\n',
  html: '<p>SEV1 ticket CG-7K3M-Q2XD</p>',
  links: ['https://desk.example/p/0f3c'],
  ticketReference: 'CG-7K3M-Q2XD',
  severity: 'SEV1',
};

interface Received {
  recipients: string[];
  secure: boolean;
  source: string;
  /** Header lines, unfolded. */
  headers: string[];
}

const endings: (() => Promise<void>)[] = [];
let received: Received[];
let connections: number;

beforeEach(() => {
  received = [];
  connections = 0;
});

afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

/** A mail server which keeps what it takes. */
async function mailServer(options: SMTPServerOptions = {}): Promise<string> {
  const server = new SMTPServer({
    authOptional: true,
    disableReverseLookup: true,
    logger: false,
    disabledCommands: ['AUTH', 'STARTTLS'],
    closeTimeout: 50,
    onConnect: (_session, done) => {
      connections += 1;
      done();
    },
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const source = Buffer.concat(chunks).toString('utf8');
        const [head = ''] = source.split('\r\n\r\n');
        received.push({
          recipients: session.envelope.rcptTo.map(({ address }) => address),
          secure: session.secure,
          source,
          headers: head.replace(/\r\n[ \t]+/g, ' ').split('\r\n'),
        });
        done();
      });
    },
    ...options,
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  endings.push(() => new Promise((resolve) => server.close(resolve)));
  return `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`;
}

/** A server that speaks no SMTP of its own. */
async function rawServer(onConnection: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    onConnection(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  endings.push(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  return `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function channel(url: string, options: Partial<EmailChannelOptions> = {}): EmailChannel {
  const now = () => new Date('2026-02-11T02:00:00Z');
  const created = new EmailChannel({ url, from: 'Codegrey <desk@codegrey.example>', now, ...options });
  endings.push(() => Promise.resolve(created.close()));
  return created;
}

const refusing = (responseCode: number): SMTPServerOptions => ({
  onRcptTo: (_address, _session, done) => done(Object.assign(new Error('No'), { responseCode })),
});

describe('a message that is taken', () => {
  it('is sent, and answers the Message-ID made from the delivery', async () => {
    const result = await channel(await mailServer()).send({ ...message, references: '<ticket-1@codegrey.example>' });
    const messageId = `<${message.deliveryId}@codegrey.example>`;
    expect(result).toEqual({ outcome: 'sent', providerMessageId: messageId });
    expect(received).toHaveLength(1);
    expect(received[0]?.recipients).toEqual([message.to]);
    expect(received[0]?.headers).toEqual(
      expect.arrayContaining([
        'From: Codegrey <desk@codegrey.example>',
        'To: responder@hospital.example',
        'Subject: [SEV1] CG-7K3M-Q2XD',
        `Message-ID: ${messageId}`,
        'References: <ticket-1@codegrey.example>',
        'Date: Wed, 11 Feb 2026 02:00:00 +0000',
        'Auto-Submitted: auto-generated',
        'X-Codegrey-Ticket: CG-7K3M-Q2XD',
      ]),
    );
  });

  it('shares a connection with the one before it', async () => {
    const email = channel(await mailServer());
    await email.send(message);
    await email.send(message);
    expect(received).toHaveLength(2);
    expect(connections).toBe(1);
  });

  it.each(['\r\n', '\n', '\r', '\u2028'])(
    'cannot add headers or recipients by a line break in its text fields',
    async (lineBreak) => {
      const injected = `x${lineBreak}Bcc: other@attacker.example${lineBreak}${lineBreak}body`;
      const result = await channel(await mailServer()).send({
        ...message,
        subject: injected,
        ticketReference: injected,
        deliveryId: injected,
        references: injected,
      });
      expect(result.outcome).toBe('sent');
      expect(received[0]?.recipients).toEqual([message.to]);
      expect(received[0]?.headers.filter((line) => /^bcc/i.test(line))).toEqual([]);
      expect(
        received[0]?.headers.filter((line) => /^(subject|x-codegrey-ticket|message-id|references):/i.test(line)),
      ).toHaveLength(4);
    },
  );
});

describe('an address that is not exactly one', () => {
  it.each([
    'responder@hospital.example, other@attacker.example',
    'responder@hospital.example other@attacker.example',
    'Name <responder@hospital.example>',
    'responder@hospital.example\r\nRCPT TO:<other@attacker.example>',
    'responder@hospital.example>\r\nDATA',
    'group:responder@hospital.example;',
    'responder',
    '',
  ])('is refused for good: %j', async (to) => {
    const result = await channel(await mailServer()).send({ ...message, to });
    expect(result).toMatchObject({ outcome: 'failed', permanent: true });
    expect(received).toEqual([]);
  });
});

describe('a message that is refused', () => {
  it.each([
    [450, false],
    [421, false],
    [550, true],
    [552, true],
  ])('with %i: permanent %s', async (code, permanent) => {
    const result = await channel(await mailServer(refusing(code))).send(message);
    expect(result).toMatchObject({ outcome: 'failed', permanent, error: expect.stringContaining(String(code)) });
    expect(JSON.stringify(result)).not.toMatch(/[\r\n]/);
  });

  it('after its data with 554 is refused for good', async () => {
    const onData: SMTPServerOptions['onData'] = (stream, _session, done) => {
      stream.resume();
      stream.on('end', () => done(Object.assign(new Error('Content refused'), { responseCode: 554 })));
    };
    expect(await channel(await mailServer({ onData })).send(message)).toMatchObject({
      outcome: 'failed',
      permanent: true,
    });
  });

  it('does not stop the next one', async () => {
    const email = channel(
      await mailServer({
        onRcptTo: ({ address }, _session, done) =>
          address.startsWith('gone') ? done(Object.assign(new Error('No'), { responseCode: 550 })) : done(),
      }),
    );
    expect((await email.send({ ...message, to: 'gone@hospital.example' })).outcome).toBe('failed');
    expect((await email.send(message)).outcome).toBe('sent');
  });

  it('by a server that takes nothing from this desk is worth another attempt', async () => {
    const url = await rawServer((socket) => void socket.end('554 No service here\r\n'));
    const result = await channel(url).send(message);
    expect(result).toMatchObject({ outcome: 'failed', permanent: false, error: expect.stringContaining('554') });
  });

  it('for wrong credentials is worth another attempt, since the message is not at fault', async () => {
    const url = await mailServer({
      authOptional: false,
      allowInsecureAuth: true,
      disabledCommands: ['STARTTLS'],
      onAuth: (_auth, _session, done) => done(new Error('Invalid username or password')),
    });
    const result = await channel(url.replace('//', '//desk:wrong@')).send(message);
    expect(result).toMatchObject({ outcome: 'failed', permanent: false });
  });
});

describe('a server that does not answer', () => {
  const deadlineMs = 400;

  async function timed(url: string, signal?: AbortSignal) {
    const startedAt = performance.now();
    const result = await channel(url, { deadlineMs }).send(message, signal);
    return { result, tookMs: performance.now() - startedAt };
  }

  const hanging: [string, () => Promise<string>][] = [
    ['after the connection', () => rawServer(() => undefined)],
    ['after the data', () => mailServer({ onData: (stream) => void stream.resume() })],
    ['while it trickles its greeting', () => rawServer(trickle)],
    ['to RCPT', () => mailServer({ onRcptTo: () => undefined })],
    ['in time, though each single reply would be', () => mailServer({ onMailFrom: slowly, onRcptTo: slowly })],
  ];

  function trickle(socket: Socket): void {
    const timer = setInterval(() => socket.write('220-still here\r\n'), 30);
    socket.on('close', () => clearInterval(timer));
  }

  function slowly(_address: unknown, _session: unknown, done: () => void): void {
    setTimeout(done, deadlineMs * 0.75);
  }

  it.each(hanging)('%s is given up at the deadline', async (_when, start) => {
    const { result, tookMs } = await timed(await start());
    expect(result).toMatchObject({ outcome: 'failed', permanent: false });
    expect(tookMs).toBeLessThan(deadlineMs + 600);
  });

  it('leaves the next message a connection of its own', async () => {
    let first = true;
    const url = await mailServer({
      onMailFrom: (_address, _session, done) => {
        if (first) first = false;
        else done();
      },
    });
    const email = channel(url, { deadlineMs });
    expect((await email.send(message)).outcome).toBe('failed');
    expect((await email.send(message)).outcome).toBe('sent');
  });

  it('is given up by the signal of the caller', async () => {
    const url = await rawServer(() => undefined);
    const { result, tookMs } = await timed(url, AbortSignal.timeout(50));
    expect(result).toEqual({ outcome: 'failed', permanent: false, error: 'The attempt was given up.' });
    expect(tookMs).toBeLessThan(deadlineMs);
  });

  it('that drops every connection is worth another attempt', async () => {
    const { result } = await timed(await rawServer((socket) => socket.destroy()));
    expect(result).toMatchObject({ outcome: 'failed', permanent: false });
  });

  it('that is not there is worth another attempt', async () => {
    const { result } = await timed('smtp://127.0.0.1:1');
    expect(result).toMatchObject({
      outcome: 'failed',
      permanent: false,
      error: expect.stringContaining('ECONNREFUSED'),
    });
  });
});

describe('TLS', () => {
  const offered = { disabledCommands: ['AUTH'] };

  it('is used where it is required and offered', async () => {
    const url = `${await mailServer(offered)}?tls.rejectUnauthorized=false`;
    expect((await channel(url, { requireTls: true }).send(message)).outcome).toBe('sent');
    expect(received[0]?.secure).toBe(true);
  });

  it('never falls back to clear text when the offer was stripped', async () => {
    const result = await channel(await mailServer(), { requireTls: true }).send(message);
    expect(result).toMatchObject({ outcome: 'failed', permanent: false });
    expect(received).toEqual([]);
  });

  it('cannot be switched off by the URL when it is required', async () => {
    const url = `${await mailServer()}?requireTLS=false&ignoreTLS=true&opportunisticTLS=true`;
    expect((await channel(url, { requireTls: true }).send(message)).outcome).toBe('failed');
    expect(received).toEqual([]);
  });

  it('is spoken from the first byte with smtps', async () => {
    const url = (await mailServer()).replace('smtp:', 'smtps:');
    expect((await channel(url, { deadlineMs: 1_000 }).send(message)).outcome).toBe('failed');
    expect(received).toEqual([]);
  });

  it('does not trust a certificate that nobody vouches for', async () => {
    const result = await channel(await mailServer(offered), { requireTls: true }).send(message);
    expect(result).toMatchObject({ outcome: 'failed', permanent: false });
    expect(received).toEqual([]);
  });
});
