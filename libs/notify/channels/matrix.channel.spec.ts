import { MatrixDouble } from '../../../test/harness/channels/matrix-double.js';
import { Egress, parseCidrs } from '../../platform/index.js';
import type { OutgoingMessage } from './channel.js';
import { MatrixChannel } from './matrix.channel.js';

describe('matrix', () => {
  let homeserver: MatrixDouble;
  let egress: Egress;

  beforeEach(async () => {
    egress = new Egress({ allow: parseCidrs('127.0.0.0/8'), timeoutMs: 1_000 });
    homeserver = await new MatrixDouble().listen();
  });
  afterEach(() => Promise.all([homeserver.close(), egress.close()]));

  const channel = (token = homeserver.token) => new MatrixChannel({ egress, homeserver: homeserver.http.url, token });
  const message = (to: string, deliveryId = 'page-method'): OutgoingMessage => ({
    deliveryId,
    attemptId: 'attempt',
    to,
    subject: '[SEV1] CG-7K3M-Q2XD',
    text: 'SEV1 ticket CG-7K3M-Q2XD\n\nOpen:\nhttps://desk.example/v1/pages/token\n',
    short: 'SEV1 ticket CG-7K3M-Q2XD',
    links: [],
    ticketReference: 'CG-7K3M-Q2XD',
    severity: 'SEV1',
  });

  it('says it in a room that the desk was asked into, and comes there first', async () => {
    homeserver.invitedTo.add('!ward:matrix.example');
    expect(await channel().send(message('!ward:matrix.example'))).toEqual({
      outcome: 'sent',
      providerMessageId: '$event0',
    });
    expect(homeserver.messages).toEqual([
      {
        room: '!ward:matrix.example',
        event: '$event0',
        content: {
          msgtype: 'm.text',
          body: 'SEV1 ticket CG-7K3M-Q2XD\n\nOpen:\nhttps://desk.example/v1/pages/token',
        },
      },
    ]);
  });

  it('shows a repetition of the same delivery once', async () => {
    homeserver.invitedTo.add('!ward:matrix.example');
    const one = channel();
    await one.send(message('!ward:matrix.example'));
    expect(await one.send(message('!ward:matrix.example'))).toMatchObject({ providerMessageId: '$event0' });
    await one.send(message('!ward:matrix.example', 'another'));
    expect(homeserver.messages).toHaveLength(2);
  });

  it('finds the room of an alias', async () => {
    homeserver.invitedTo.add('!ward:matrix.example');
    homeserver.aliases.set('#ward:matrix.example', '!ward:matrix.example');
    expect(await channel().send(message('#ward:matrix.example'))).toMatchObject({ outcome: 'sent' });
  });

  it('makes one room for a person, and finds it again after a restart', async () => {
    const person = '@on-call:clinic.example';
    await channel().send(message(person, 'one'));
    await channel().send(message(person, 'two'));
    expect(new Set(homeserver.messages.map(({ room }) => room)).size).toBe(1);
    await channel().send(message('@other:clinic.example', 'three'));
    const direct = JSON.parse(homeserver.accountData.get('m.direct') ?? '') as Record<string, string[]>;
    expect(Object.keys(direct)).toEqual([person, '@other:clinic.example']);
  });

  it('fails for good in a room that it may not enter', async () => {
    expect(await channel().send(message('!closed:matrix.example'))).toEqual({
      outcome: 'failed',
      permanent: true,
      error: 'The homeserver answered 403 M_FORBIDDEN',
    });
  });

  it('waits for another attempt when its token is no good, or the homeserver wants to rest', async () => {
    expect(await channel('old').send(message('!ward:matrix.example'))).toMatchObject({ permanent: false });
    homeserver.http.answer = () => ({ status: 429, body: { errcode: 'M_LIMIT_EXCEEDED' } });
    expect(await channel().send(message('!ward:matrix.example'))).toMatchObject({ permanent: false });
  });

  it('never throws, whatever the homeserver says', async () => {
    for (const body of ['', 'no json', 'null', '[]', '{"room_id":1}']) {
      homeserver.http.answer = () => ({ status: 200, body });
      expect(await channel().send(message('@on-call:clinic.example'))).toMatchObject({ outcome: 'failed' });
    }
    homeserver.http.answer = () => null;
    const begin = performance.now();
    expect(await channel().send(message('@on-call:clinic.example'))).toMatchObject({ permanent: false });
    expect(performance.now() - begin).toBeLessThan(3_000);
  });
});
