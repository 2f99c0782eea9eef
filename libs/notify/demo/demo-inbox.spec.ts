import { connect } from 'node:net';
import { type OutgoingMessage } from '../channels/channel.js';
import { EmailChannel } from '../channels/email.channel.js';
import { DemoInbox } from './demo-inbox.js';
import { type DemoMessage } from './demo-message.js';

const link = `https://desk.example/p/${'0f3c'.repeat(40)}`;
const message: OutgoingMessage = {
  deliveryId: '0198f3a2-7c11-7d3e-9b0a-5f2e8c4d6a10',
  attemptId: 'attempt-1',
  short: 'SEV1 ticket',
  to: 'responder@hospital.example',
  subject: '[SEV1] CG-7K3M-Q2XD Spital județean: ecranele arată un mesaj de răscumpărare, nimic nu mai merge',
  text: `SEV1 ticket CG-7K3M-Q2XD\n\nSpital județean\n.\nOpen, claim or decline:\n${link}\n`,
  html: `<p><a href="${link}">Open</a></p>`,
  links: [link],
  ticketReference: 'CG-7K3M-Q2XD',
  severity: 'SEV1',
};

let inbox: DemoInbox;
let email: EmailChannel;
let received: DemoMessage[];
let url: string;

beforeEach(async () => {
  received = [];
  inbox = new DemoInbox((each) => void received.push(each));
  ({ url } = await inbox.start());
  email = new EmailChannel({ url, from: 'desk@codegrey.example', now: () => new Date() });
});

afterEach(async () => {
  email.close();
  await inbox.stop();
});

describe('the demo inbox', () => {
  it('shows what the e-mail channel sent, with its links whole', async () => {
    expect((await email.send(message)).outcome).toBe('sent');
    expect(received).toHaveLength(1);
    expect(received[0]).toMatchObject({
      channel: 'email',
      to: message.to,
      subject: message.subject,
      links: [link],
      ticketReference: 'CG-7K3M-Q2XD',
      headers: { 'auto-submitted': 'auto-generated', 'message-id': `<${message.deliveryId}@codegrey.example>` },
    });
    expect(received[0]?.text.trim()).toBe(message.text.trim());
  });

  it('listens on the loopback interface only', () => {
    expect(url).toMatch(/^smtp:\/\/127\.0\.0\.1:\d+$/);
  });

  it('refuses a message that is too large, and goes on', async () => {
    const large = await email.send({ ...message, text: 'x '.repeat(200_000) });
    expect(large).toMatchObject({ outcome: 'failed', permanent: true });
    expect((await email.send(message)).outcome).toBe('sent');
    expect(received).toHaveLength(1);
  });

  it('cuts off what is too large even where its size was not announced', async () => {
    const { port } = new URL(url);
    const replies = await converse(Number(port), [
      'HELO client',
      'MAIL FROM:<a@b.example>',
      'RCPT TO:<c@d.example>',
      'DATA',
      `${'x'.repeat(78)}\r\n`.repeat(4_000) + '.',
    ]);
    expect(replies.at(-1)).toMatch(/^552/);
    expect(received).toEqual([]);
  });

  it('has the sender try again when the message cannot be kept', async () => {
    const failing = new DemoInbox(() => Promise.reject(new Error('the database is away')));
    const target = await failing.start();
    const channel = new EmailChannel({ url: target.url, from: 'desk@codegrey.example', now: () => new Date() });
    const result = await channel.send(message);
    channel.close();
    await failing.stop();
    expect(result).toMatchObject({ outcome: 'failed', permanent: false });
    expect(JSON.stringify(result)).not.toContain('database');
  });

  it('stands clients that vanish in the middle', async () => {
    const { port } = new URL(url);
    const socket = connect(Number(port), '127.0.0.1');
    await new Promise((resolve) => socket.once('data', resolve));
    socket.write('EHLO x\r\nMAIL FROM:<a@b.example>\r\n');
    socket.resetAndDestroy();
    expect((await email.send(message)).outcome).toBe('sent');
  });
});

/** Sends lines one after the other, each after the reply to the one before; answers the replies. */
async function converse(port: number, lines: string[]): Promise<string[]> {
  const socket = connect(port, '127.0.0.1');
  const nextReply = () => new Promise<string>((resolve) => socket.once('data', (data) => resolve(data.toString())));
  const replies = [await nextReply()];
  for (const line of lines) {
    const reply = nextReply();
    socket.write(`${line}\r\n`);
    replies.push(await reply);
  }
  socket.destroy();
  return replies;
}
