import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mattermost, ntfy, slack } from '../harness/channels/chat-doubles.js';
import { HttpDouble } from '../harness/channels/http-double.js';
import { MatrixDouble } from '../harness/channels/matrix-double.js';
import { PushService } from '../harness/channels/push-service.js';
import { TelephonyDouble } from '../harness/channels/telephony-double.js';
import type { Json } from '../harness/client.js';
import { Desk, sev1 } from '../harness/desk.js';
import { eventually, present } from '../harness/eventually.js';

/** The counterparts are doubles written from the services' documents; the desk is a whole one. */
describe('the channels of a desk', () => {
  const [first, second] = [new TelephonyDouble(), new TelephonyDouble()];
  const homeserver = new MatrixDouble();
  const rooms = {
    slack: new HttpDouble(slack),
    mattermost: new HttpDouble(mattermost),
    ntfy: new HttpDouble(ntfy),
  };
  let pushKey = '';
  const phone = new PushService(() => pushKey);
  const folder = mkdtempSync(join(tmpdir(), 'codegrey-channels-'));
  let desk: Desk;

  beforeAll(async () => {
    const counterparts = [first, second, phone, ...Object.values(rooms)];
    await Promise.all([...counterparts.map((one) => one.listen()), homeserver.listen()]);
    const provider = (id: string, { url, account }: TelephonyDouble) =>
      `{ id: ${id}, baseUrl: '${url}', account: ${account}, tokenFrom: CODEGREY_TOKEN, sms: '+40310000001', voice: '+40310000002' }`;
    const channelsFile = join(folder, 'channels.yaml');
    writeFileSync(
      channelsFile,
      `channels: [email, sms, voice, push, ntfy, matrix, slack, mattermost, webhook]
telephony: [${provider('first', first)}, ${provider('second', second)}]
matrix: { homeserver: '${homeserver.http.url}', tokenFrom: CODEGREY_MATRIX_TOKEN }`,
    );
    const matrixToken = join(folder, 'matrix-token');
    writeFileSync(matrixToken, `${homeserver.token}\n`);
    desk = await Desk.start({
      movableClock: true,
      env: {
        CODEGREY_CHANNELS_FILE: channelsFile,
        CODEGREY_TOKEN: first.token,
        CODEGREY_MATRIX_TOKEN_FILE: matrixToken,
        CODEGREY_EGRESS_ALLOW: '127.0.0.0/8',
      },
    });
  });
  afterAll(async () => {
    await desk.stop();
    await Promise.all([first, second, homeserver, phone, ...Object.values(rooms)].map((one) => one.close()));
    rmSync(folder, { recursive: true, force: true });
  });

  const methods = () => `/v1/responders/${desk.keys.responder.id}/contact-methods`;
  const add = async (method: object): Promise<Json> => {
    const { status, body } = await desk.as('responder').post(methods(), method);
    expect([status, body.verification?.state, body.verification?.error]).toEqual([201, expect.anything(), null]);
    return body;
  };
  const verify = async (id: string, said: string | undefined): Promise<void> => {
    const code = codeIn(said);
    const { status, body } = await desk.as('responder').post(`${methods()}/${id}/verify`, { code });
    expect([status, body.verifiedAt]).toEqual([200, expect.any(String)]);
  };
  const page = { summary: 'Quarzbergwerk: ransom note', ...sev1 };
  const deliveriesOf = (ticketId: string, channel: string): Promise<Json[]> =>
    eventually(async () => {
      const pages = await desk.pages(ticketId);
      const own = pages.flatMap(({ deliveries }) => deliveries).filter((one: Json) => one.channel === channel);
      if (own.length === 0 || own.some(({ state }: Json) => state === 'sending')) throw new Error('Nothing yet.');
      return own;
    });

  it('are listed with what may be said on them', async () => {
    const { body } = await desk.as('responder').get('/v1/channels');
    const byName = Object.fromEntries(body.items.map((one: Json) => [one.name, one]));
    expect(byName.sms).toEqual({ name: 'sms', available: true, trust: 'public', providers: ['first', 'second'] });
    expect(byName.matrix.available).toBe(true);
    expect(byName.teams).toMatchObject({ available: false, trust: 'public' });
  });

  it('refuse one that the desk does not have, and say which it has', async () => {
    const { status, body } = await desk
      .as('responder')
      .post(methods(), { channel: 'teams', address: 'https://a.example/' });
    expect([status, body.errors[0].pointer]).toEqual([422, '/channel']);
    expect(body.errors[0].detail).toContain('voice, and webhook');
  });

  it('carry an SMS that says the minimum, by the next provider where the first one fails', async () => {
    const method = await add({ channel: 'sms', address: '+40721000001' });
    await verify(method.id, first.placed.at(-1)?.form.Body);
    first.behaviour = { status: 503 };
    const ticket = await desk.open(page);
    const [delivery] = await deliveriesOf(ticket.id, 'sms');
    first.behaviour = 'works';
    expect(delivery).toMatchObject({ state: 'sent', provider: 'second', providerMessageId: second.placed[0]?.sid });
    const sms = present(second.placed[0]?.form.Body, 'SMS');
    expect(sms).toContain(ticket.reference);
    expect(sms).toContain('SEV1');
    expect(sms).not.toMatch(/Quarzbergwerk|Demo County Hospital/);
    const link = present(/https?:\S+$/.exec(sms)?.[0], 'link');
    const claimed = await desk.withKey(undefined).post(`${link}/claim`);
    expect([claimed.status, claimed.body.claimedBy]).toEqual([200, desk.keys.responder.id]);
  });

  it('carry a call, and name it when every provider fails', async () => {
    const method = await add({ channel: 'voice', address: '+40721000001' });
    await verify(method.id, first.placed.at(-1)?.form.Twiml);
    const ticket = await desk.open(page);
    await deliveriesOf(ticket.id, 'voice');
    const call = present(
      first.placed.find(({ form }) => form.Twiml?.includes('<Gather')),
      'call',
    );
    expect(call.form.Twiml).toContain(
      ticket.reference
        .split('-')
        .map((part: string) => [...part].join(' '))
        .join(', '),
    );
    expect(call.form.Twiml).not.toContain('Quarzbergwerk');
    first.behaviour = second.behaviour = { status: 500 };
    const [failed] = await deliveriesOf((await desk.open(page)).id, 'voice');
    first.behaviour = second.behaviour = 'works';
    expect(failed).toMatchObject({ state: 'failed', error: 'The provider second: answered 500' });
    await desk.as('responder').delete(`${methods()}/${method.id}`);
  });

  it('carry a push message that only the phone can read, until the subscription is given up', async () => {
    pushKey = (await desk.as('responder').get('/v1/push-key')).body.publicKey;
    const { endpoint: address, keys } = phone.subscription;
    const method = await add({ channel: 'push', address, keys });
    await verify(method.id, String(phone.messages[0]?.data.body));
    const ticket = await desk.open(page);
    expect(await deliveriesOf(ticket.id, 'push')).toMatchObject([{ state: 'sent' }]);
    expect(phone.messages.at(-1)?.data).toMatchObject({ title: `[SEV1] ${ticket.reference}`, tag: ticket.reference });
    expect(JSON.stringify(phone.messages)).not.toMatch(/Quarzbergwerk|Demo County Hospital/);
    phone.expired = true;
    const { body } = await desk.as('responder').post(`${methods()}/${method.id}/test`);
    expect(body).toMatchObject({ state: 'failed', error: 'The receiver answered 410.' });
  });

  it('carry messages to rooms, topics and people', async () => {
    for (const name of ['slack', 'mattermost', 'ntfy'] as const) {
      const method = await add({ channel: name, address: `${rooms[name].url}/on-call` });
      await verify(method.id, rooms[name].received[0]?.body.toString('utf8'));
    }
    const method = await add({ channel: 'matrix', address: '@on-call:clinic.example' });
    await verify(method.id, homeserver.messages[0]?.content.body);
    const ticket = await desk.open(page);
    for (const name of ['slack', 'mattermost', 'ntfy', 'matrix']) {
      expect(await deliveriesOf(ticket.id, name)).toMatchObject([{ channel: name, state: 'sent' }]);
    }
    const said = [
      ...Object.values(rooms).map(({ received }) => received.at(-1)?.body.toString('utf8')),
      homeserver.messages.at(-1)?.content.body,
    ];
    for (const text of said) {
      expect(text).toContain(ticket.reference);
      expect(text).not.toMatch(/Quarzbergwerk|Demo County Hospital/);
    }
  });

  it('never show a subscription’s keys, and take a desk’s own network for no address', async () => {
    const { body } = await desk.as('responder').get(methods());
    expect(JSON.stringify(body)).not.toContain(phone.subscription.keys.auth);
    for (const address of [
      'http://169.254.169.254/topic',
      'http://10.0.0.1/topic',
      'http://[::ffff:169.254.169.254]/topic',
    ]) {
      const refused = await desk.as('responder').post(methods(), { channel: 'ntfy', address });
      expect([refused.status, refused.body.errors[0].pointer]).toEqual([422, '/address']);
    }
    expect((await desk.as('responder').get(methods())).body.items).toEqual(body.items);
  });

  it.each<[object, string[]]>([
    [{ channel: 'sms', address: '0721000000' }, ['/address']],
    [{ channel: 'voice', address: '+40721000000\r\n' }, ['/address']],
    [{ channel: 'email', address: 'a@desk.example\r\nBcc: b@desk.example' }, ['/address']],
    [{ channel: 'push', address: 'https://push.example/1' }, ['/keys']],
    [
      { channel: 'push', address: 'ftp://x', keys: { p256dh: 'x', auth: 'y' } },
      ['/address', '/keys/p256dh', '/keys/auth'],
    ],
    [{ channel: 'sms', address: '+40721000000', keys: { p256dh: 'x', auth: 'y' } }, ['/keys']],
    [{ channel: 'push', address: 'https://push.example/1', keys: [] }, ['/keys']],
    [
      { channel: 'push', address: 'https://push.example/1', keys: { p256dh: 1, auth: {} } },
      ['/keys/p256dh', '/keys/auth'],
    ],
    [{ channel: 'pigeon', address: 'x' }, ['/channel']],
  ])('refuse %j', async (method, pointers) => {
    const { status, body } = await desk.as('responder').post(methods(), method);
    expect(status).toBe(422);
    expect([...new Set(body.errors.map(({ pointer }: Json) => pointer))]).toEqual(pointers);
  });
});

/** The code in a message; a voice says its digits one by one. */
function codeIn(message: string | undefined): string | undefined {
  return /\b\d{6}\b/.exec(message?.replace(/(\d), (?=\d)/g, '$1') ?? '')?.[0];
}

describe('a desk without providers', () => {
  let desk: Desk;
  beforeAll(async () => void (desk = await Desk.start()));
  afterAll(() => desk.stop());

  it('shows what it would have sent by SMS and said by telephone', async () => {
    const path = `/v1/responders/${desk.keys.responder3.id}/contact-methods`;
    for (const channel of ['sms', 'voice']) {
      const { status } = await desk.as('responder3').post(path, { channel, address: '+447700900123' });
      expect(status).toBe(201);
      const [message] = await desk.messages({ to: '+447700900123', channel });
      expect(message).toMatchObject({ channel, responderId: desk.keys.responder3.id });
      expect(codeIn(message.text)).toHaveLength(6);
    }
    const { body } = await desk.as('responder3').get('/v1/channels');
    expect(body.items.find(({ name }: Json) => name === 'matrix')).toMatchObject({ available: false });
  });
});
