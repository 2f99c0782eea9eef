import * as fc from 'fast-check';
import { mattermost, ntfy, slack, teams } from '../../../test/harness/channels/chat-doubles.js';
import { HttpDouble } from '../../../test/harness/channels/http-double.js';
import { Egress, parseCidrs } from '../../platform/index.js';
import type { Channel, OutgoingMessage } from './channel.js';
import { MattermostChannel } from './mattermost.channel.js';
import { NtfyChannel } from './ntfy.channel.js';
import { SlackChannel } from './slack.channel.js';
import { TeamsChannel } from './teams.channel.js';

const link = 'https://desk.example/v1/pages/token';
const message: OutgoingMessage = {
  deliveryId: 'page-method',
  attemptId: 'attempt',
  to: '',
  subject: '[SEV1] CG-7K3M-Q2XD',
  text: `SEV1 ticket CG-7K3M-Q2XD\n\nCall back: +40210000000\n\nOpen, claim or decline:\n${link}\n`,
  short: `SEV1 ticket CG-7K3M-Q2XD. Call back: +40210000000. Open, claim or decline: ${link}`,
  links: [link],
  ticketReference: 'CG-7K3M-Q2XD',
  severity: 'SEV1',
};

const counterparts = { slack, mattermost, teams, ntfy };

describe.each(['slack', 'mattermost', 'teams', 'ntfy'] as const)('%s', (name) => {
  let service: HttpDouble;
  let egress: Egress;
  let channel: Channel;

  beforeEach(async () => {
    egress = new Egress({ allow: parseCidrs('127.0.0.0/8'), timeoutMs: 500 });
    service = await new HttpDouble(counterparts[name]).listen();
    const channels = {
      slack: new SlackChannel(egress),
      mattermost: new MattermostChannel(egress),
      teams: new TeamsChannel(egress),
      ntfy: new NtfyChannel(egress, new Map([[new URL(service.url).origin, 'tk_secret']])),
    };
    channel = channels[name];
  });
  afterEach(() => Promise.all([service.close(), egress.close()]));

  const send = (change: Partial<OutgoingMessage> = {}) =>
    channel.send({ ...message, to: `${service.url}/on-call`, ...change });

  it('takes a page, with the reference, the number and the link', async () => {
    expect(await send()).toMatchObject({ outcome: 'sent' });
    const body = service.received[0]?.body.toString('utf8');
    for (const part of ['CG-7K3M-Q2XD', '+40210000000', link]) expect(body).toContain(part);
  });

  it('takes whatever may stand in a text, within its limits', async () => {
    const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 400 }).map((one) => `x${one}`.repeat(45));
    await fc.assert(
      fc.asyncProperty(text, async (long) => {
        const change = { text: long, short: long, subject: `${long.slice(0, 100)} <!channel> &` };
        expect(await send(change)).toMatchObject({ outcome: 'sent' });
      }),
      { numRuns: 30 },
    );
  });

  it('takes a message about no ticket', async () => {
    expect(await send({ links: [], ticketReference: '', severity: 'SEV4' })).toMatchObject({ outcome: 'sent' });
  });

  it.each([
    [301, true],
    [400, true],
    [404, true],
    [410, true],
    [429, false],
    [500, false],
  ])('answered by %i has failed for good: %s', async (status, permanent) => {
    service.answer = () => ({ status, headers: { location: 'http://169.254.169.254/latest/meta-data' } });
    expect(await send()).toMatchObject({ outcome: 'failed', permanent });
    expect(service.received).toHaveLength(1);
  });

  it('is given up at the deadline', async () => {
    service.answer = () => null;
    expect(await send()).toMatchObject({ outcome: 'failed', permanent: false });
  });

  it('is never asked inside the desk’s own network', async () => {
    expect(await send({ to: 'http://169.254.169.254/on-call' })).toMatchObject({ outcome: 'failed', permanent: true });
  });
});

describe('what a text can do in a room', () => {
  it('is not to wake everybody', async () => {
    const egress = new Egress({ allow: parseCidrs('127.0.0.0/8') });
    const service = await new HttpDouble(() => ({ status: 200 })).listen();
    const change = { to: service.url, text: '@all <!channel> @here', subject: '<!everyone>' };
    await new MattermostChannel(egress).send({ ...message, ...change });
    await new SlackChannel(egress).send({ ...message, ...change });
    const [inMattermost, inSlack] = service.received.map(({ body }) => body.toString('utf8'));
    expect(inMattermost).not.toMatch(/@(all|here)/);
    const { text, blocks } = JSON.parse(inSlack ?? '') as { text: string; blocks: { text?: { type: string } }[] };
    expect(text).toBe('&lt;!everyone&gt;');
    expect(blocks.flatMap((block) => block.text?.type ?? [])).toEqual(['plain_text', 'plain_text']);
    await Promise.all([service.close(), egress.close()]);
  });
});

describe('ntfy', () => {
  it('rings for SEV1, signs in where the server wants it, and only there', async () => {
    const egress = new Egress({ allow: parseCidrs('127.0.0.0/8') });
    const [mine, other] = await Promise.all([new HttpDouble(ntfy).listen(), new HttpDouble(ntfy).listen()]);
    const channel = new NtfyChannel(egress, new Map([[mine.url, 'tk_secret']]));
    expect(await channel.send({ ...message, to: `${mine.url}/on-call` })).toEqual({
      outcome: 'sent',
      providerMessageId: 'hwQ2YpKdmg',
    });
    await channel.send({ ...message, to: `${other.url}/on-call`, severity: 'SEV4' });
    expect(mine.received[0]?.headers.authorization).toBe('Bearer tk_secret');
    expect(other.received[0]?.headers).not.toHaveProperty('authorization');
    const priorities = [mine, other].map(({ received: [first] }) => first && JSON.parse(first.body.toString()));
    expect(priorities).toMatchObject([{ priority: 5, topic: 'on-call' }, { priority: 3 }]);
    await Promise.all([mine.close(), other.close(), egress.close()]);
  });
});
