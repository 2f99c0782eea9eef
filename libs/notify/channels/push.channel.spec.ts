import webpush from 'web-push';
import { PushService } from '../../../test/harness/channels/push-service.js';
import { Egress, parseCidrs } from '../../platform/index.js';
import type { OutgoingMessage } from './channel.js';
import { PushChannel } from './push.channel.js';

describe('web push', () => {
  const vapid = webpush.generateVAPIDKeys();
  let service: PushService;
  let egress: Egress;
  let message: OutgoingMessage;

  beforeEach(async () => {
    egress = new Egress({ allow: parseCidrs('127.0.0.0/8'), timeoutMs: 1_000 });
    service = await new PushService(() => vapid.publicKey).listen();
    const { endpoint, keys } = service.subscription;
    message = {
      deliveryId: 'page-method',
      attemptId: 'attempt',
      to: endpoint,
      subject: '[SEV1] CG-7K3M-Q2XD',
      text: 'SEV1 ticket CG-7K3M-Q2XD\n',
      short: 'SEV1 ticket CG-7K3M-Q2XD. Call back: +40210000000.',
      links: ['https://desk.example/v1/pages/token'],
      ticketReference: 'CG-7K3M-Q2XD',
      severity: 'SEV1',
      secret: JSON.stringify(keys),
    };
  });
  afterEach(() => Promise.all([service.close(), egress.close()]));

  const channel = (keys = vapid) => new PushChannel(egress, () => Promise.resolve(keys), 'mailto:desk@desk.example');

  it('reaches the browser, which alone can read it, and wakes the phone for SEV1', async () => {
    expect(await channel().send(message)).toEqual({ outcome: 'sent' });
    const [{ headers, data }] = service.messages as [(typeof service.messages)[0]];
    expect(headers).toMatchObject({ urgency: 'high', topic: 'CG-7K3M-Q2XD', ttl: '3600' });
    expect(data).toEqual({
      title: message.subject,
      body: message.short,
      url: message.links[0],
      tag: 'CG-7K3M-Q2XD',
      severity: 'SEV1',
    });
  });

  it('fits into what every push service takes, however long the text is', async () => {
    expect(await channel().send({ ...message, short: '😷'.repeat(3_000) })).toEqual({ outcome: 'sent' });
  });

  it('lets a phone sleep for SEV4, and gives a message about no ticket no topic', async () => {
    await channel().send({ ...message, severity: 'SEV4', ticketReference: '' });
    expect(service.messages[0]?.headers).toMatchObject({ urgency: 'normal' });
    expect(service.messages[0]?.headers).not.toHaveProperty('topic');
  });

  it('is over for good when the subscription is', async () => {
    service.expired = true;
    expect(await channel().send(message)).toMatchObject({ outcome: 'failed', permanent: true });
  });

  it('is refused when another desk signs', async () => {
    expect(await channel(webpush.generateVAPIDKeys()).send(message)).toMatchObject({ outcome: 'failed' });
    expect(service.messages).toEqual([]);
  });

  it.each([undefined, '', '{}', '{"p256dh":"x","auth":"y"}'])('never throws for the keys %j', async (secret) => {
    expect(await channel().send({ ...message, secret })).toMatchObject({ outcome: 'failed' });
  });

  it('waits for another attempt while the desk cannot read its own keys', async () => {
    const broken = new PushChannel(egress, () => Promise.reject(new Error('away')), 'mailto:desk@desk.example');
    expect(await broken.send(message)).toEqual({ outcome: 'failed', permanent: false, error: 'away' });
  });
});
