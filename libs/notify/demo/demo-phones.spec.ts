import { Egress, parseCidrs } from '../../platform/index.js';
import { type OutgoingMessage } from '../channels/channel.js';
import { signWebhook } from '../channels/webhook-signature.js';
import { WebhookChannel } from '../channels/webhook.channel.js';
import { type DemoMessage } from './demo-message.js';
import { DemoPhones } from './demo-phones.js';

const secret = `whsec_${Buffer.from('a secret of thirty-two characters').toString('base64')}`;
const otherSecret = `whsec_${Buffer.from('another secret of 32 characters!').toString('base64')}`;
/** The time of a desk that a drill has moved ahead by a month. */
const now = () => new Date(Date.now() + 30 * 86_400_000);

let phones: DemoPhones;
let egress: Egress;
let received: DemoMessage[];
let address: string;

beforeEach(async () => {
  received = [];
  phones = new DemoPhones((each) => void received.push(each), now);
  await phones.start();
  address = phones.register('responder 2', secret);
  egress = new Egress({ allow: parseCidrs('127.0.0.0/8') });
});

afterEach(async () => {
  await egress.close();
  await phones.stop();
});

const message = (to: string): OutgoingMessage => ({
  deliveryId: '0198f3a2-7c11-7d3e-9b0a-5f2e8c4d6a10',
  attemptId: 'attempt-1',
  short: 'SEV1 ticket',
  to,
  subject: '[SEV1] CG-7K3M-Q2XD',
  text: 'SEV1 ticket CG-7K3M-Q2XD\n\nOpen:\nhttps://desk.example/p/0f3c\n',
  links: ['https://desk.example/p/0f3c'],
  ticketReference: 'CG-7K3M-Q2XD',
  severity: 'SEV1',
  secret,
});

async function post(url: string, body: string, signedWith = secret): Promise<number> {
  const headers = signWebhook('id-1', now(), body, signedWith);
  return (await egress.request(url, { method: 'POST', headers, body })).status;
}

describe('a demo phone', () => {
  it('shows what the webhook channel sent, on a desk whose time was moved', async () => {
    const channel = new WebhookChannel(egress, now);
    expect(await channel.send(message(address))).toEqual({ outcome: 'delivered' });
    expect(received).toEqual([
      {
        channel: 'webhook',
        to: 'responder 2',
        subject: '[SEV1] CG-7K3M-Q2XD',
        text: message(address).text,
        links: ['https://desk.example/p/0f3c'],
        ticketReference: 'CG-7K3M-Q2XD',
        headers: expect.objectContaining({ 'webhook-id': message(address).deliveryId }),
      },
    ]);
  });

  it('shows an event without a text of its own as it is', async () => {
    const body = JSON.stringify({ type: 'clock.breached', subject: 'CG-7K3M-Q2XD', data: { name: 'claim' } });
    expect(await post(address, body)).toBe(204);
    expect(received[0]).toMatchObject({
      subject: 'clock.breached CG-7K3M-Q2XD',
      text: body,
      ticketReference: 'CG-7K3M-Q2XD',
    });
  });

  it('refuses what was not signed with its own secret', async () => {
    const other = phones.register('responder', otherSecret);
    expect(await post(other, '{}', secret)).toBe(401);
    expect(await post(address, '{}', otherSecret)).toBe(401);
    expect((await egress.request(address, { method: 'POST', headers: {}, body: '{}' })).status).toBe(401);
    expect(received).toEqual([]);
  });

  it('refuses a signature that is too old or from the future', async () => {
    for (const minutes of [-6, 6]) {
      const headers = signWebhook('id-1', new Date(now().getTime() + minutes * 60_000), '{}', secret);
      expect((await egress.request(address, { method: 'POST', headers, body: '{}' })).status).toBe(401);
    }
  });

  it('takes bodies of 64 KB and no longer ones', async () => {
    const body = (length: number) => `{"a":"${'x'.repeat(length - 8)}"}`;
    expect(await post(address, body(65_536))).toBe(204);
    expect(await post(address, body(65_537))).toBe(413);
    expect(await post(address, body(3_000_000))).toBe(413);
    expect(received).toHaveLength(1);
  });

  it.each(['', 'not json', '[]', '"text"', 'null'])('refuses the body %j', async (body) => {
    expect(await post(address, body)).toBe(400);
  });

  it('does not know other names, paths and methods', async () => {
    const { origin } = new URL(address);
    for (const path of ['/', '/phones/', '/phones/nobody', '/phones/responder%202/x', '/phones/%E0%A4%A']) {
      expect(await post(`${origin}${path}`, '{}')).toBe(404);
    }
    expect((await egress.request(address, { method: 'GET', headers: {} })).status).toBe(405);
  });

  it('has the sender try again when the message cannot be kept', async () => {
    const failing = new DemoPhones(() => Promise.reject(new Error('the database is away')), now);
    await failing.start();
    const status = await post(failing.register('responder', secret), '{}');
    await failing.stop();
    expect(status).toBe(503);
  });

  it('cannot be registered before there is an address, or with a secret that cannot sign', () => {
    expect(() => new DemoPhones(() => undefined, now).register('responder', secret)).toThrow('start()');
    expect(() => phones.register('responder', 'whsec_')).toThrow();
  });
});
