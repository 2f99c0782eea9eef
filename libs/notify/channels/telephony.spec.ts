import * as fc from 'fast-check';
import { TelephonyDouble } from '../../../test/harness/channels/telephony-double.js';
import { Egress, parseCidrs } from '../../platform/index.js';
import type { TelephonyProvider } from '../channels-config.js';
import { failuresToOpen } from '../domain/circuit-breaker.js';
import type { OutgoingMessage } from './channel.js';
import { SmsChannel } from './sms.channel.js';
import { TelephonyClient } from './telephony-client.js';
import { callTwiml } from './twiml.js';
import { VoiceChannel } from './voice.channel.js';

const message: OutgoingMessage = {
  deliveryId: 'page-method',
  attemptId: '0198f3a2-7c11-7d3e-9b0a-5f2e8c4d6a10',
  to: '+40721000000',
  subject: '[SEV1] CG-7K3M-Q2XD',
  text: 'SEV1 ticket CG-7K3M-Q2XD\n',
  short: 'SEV1 ticket CG-7K3M-Q2XD. Open, claim or decline: https://desk.example/v1/pages/token',
  links: [],
  ticketReference: 'CG-7K3M-Q2XD',
  severity: 'SEV1',
};

describe('SMS and voice by several providers', () => {
  let first: TelephonyDouble;
  let second: TelephonyDouble;
  let egress: Egress;
  let now: Date;

  beforeEach(async () => {
    now = new Date('2026-02-11T02:00:00Z');
    egress = new Egress({ allow: parseCidrs('127.0.0.0/8') });
    [first, second] = await Promise.all([new TelephonyDouble().listen(), new TelephonyDouble().listen()]);
  });
  afterEach(() => Promise.all([first.close(), second.close(), egress.close()]));

  const provider = (id: string, { url: baseUrl, account, token }: TelephonyDouble): TelephonyProvider => ({
    id,
    baseUrl,
    account,
    token,
    sms: '+40310000001',
    voice: '+40310000002',
  });
  const options = () => ({
    client: new TelephonyClient(egress),
    providers: [provider('first', first), provider('second', second)],
    publicUrl: () => 'https://desk.example',
    now: () => now,
  });

  it('take the preferred one, and name where receipts go', async () => {
    const result = await new SmsChannel(options()).send(message);
    expect(result).toEqual({ outcome: 'sent', provider: 'first', providerMessageId: first.placed[0]?.sid });
    expect(first.placed[0]?.form).toEqual({
      To: message.to,
      From: '+40310000001',
      Body: message.short,
      StatusCallback: `https://desk.example/v1/callbacks/telephony/first/status?delivery=${message.attemptId}`,
    });
    expect(second.asked).toBe(0);
  });

  it.each<[string, TelephonyDouble['behaviour']]>([
    ['has trouble', { status: 503 }],
    ['does not know the desk', { status: 401, code: 20003 }],
    ['may not write to this country', { status: 400, code: 21408 }],
    ['wants to be asked less often', { status: 429, code: 20429 }],
  ])('go on to the next within the same attempt when one %s', async (_name, behaviour) => {
    first.behaviour = behaviour;
    expect(await new SmsChannel(options()).send(message)).toMatchObject({ outcome: 'sent', provider: 'second' });
  });

  it('go on to the next after two seconds when one says nothing', async () => {
    first.behaviour = 'silent';
    const begin = performance.now();
    expect(await new VoiceChannel(options()).send(message)).toMatchObject({ outcome: 'sent', provider: 'second' });
    const elapsed = performance.now() - begin;
    expect(elapsed).toBeGreaterThan(1_900);
    expect(elapsed).toBeLessThan(4_500);
  });

  it('end within five seconds when nobody says anything', async () => {
    first.behaviour = second.behaviour = 'silent';
    const begin = performance.now();
    expect(await new SmsChannel(options()).send(message)).toMatchObject({ outcome: 'failed', permanent: false });
    expect(performance.now() - begin).toBeLessThan(6_500);
  });

  it('ask nobody else about a number that no network has', async () => {
    first.behaviour = { status: 400, code: 21211 };
    expect(await new SmsChannel(options()).send(message)).toEqual({
      outcome: 'failed',
      permanent: true,
      provider: 'first',
      error: 'The provider first: answered 400 (error 21211)',
    });
    expect(second.asked).toBe(0);
  });

  it('pass one over that fails again and again, and try it again after its pause', async () => {
    const channel = new SmsChannel(options());
    first.behaviour = { status: 500 };
    for (let time = 0; time < failuresToOpen + 2; time += 1) await channel.send(message);
    expect([first.asked, second.placed.length]).toEqual([failuresToOpen, failuresToOpen + 2]);
    first.behaviour = 'works';
    await channel.send(message);
    expect(first.placed).toEqual([]);
    now = new Date(now.getTime() + 15_000);
    expect(await channel.send(message)).toMatchObject({ provider: 'first' });
  });

  it('still try one that was passed over when nobody else works', async () => {
    const channel = new SmsChannel(options());
    first.behaviour = { status: 500 };
    for (let time = 0; time < failuresToOpen; time += 1) await channel.send(message);
    first.behaviour = 'works';
    second.behaviour = { status: 500 };
    expect(await channel.send(message)).toMatchObject({ outcome: 'sent', provider: 'first' });
  });

  it('keep the health of SMS and of voice apart', async () => {
    const [sms, voice] = [new SmsChannel(options()), new VoiceChannel(options())];
    first.behaviour = { status: 500 };
    for (let time = 0; time < failuresToOpen; time += 1) await sms.send(message);
    first.behaviour = 'works';
    expect(await voice.send(message)).toMatchObject({ provider: 'first' });
  });

  it('reach nothing inside the desk’s own network', async () => {
    const guarded = new Egress({ allow: [] });
    const client = new TelephonyClient(guarded);
    expect(await new SmsChannel({ ...options(), client }).send(message)).toMatchObject({ outcome: 'failed' });
    expect(first.asked + second.asked).toBe(0);
    await guarded.close();
  });

  it('say a page in a call, twice, and take a key to where it is signed for', async () => {
    const speech = { locale: 'de-DE', sentences: ['Schweregrad eins.'], menu: 'Drücken Sie 1.' };
    await new VoiceChannel(options()).send({ ...message, speech });
    const { Twiml = '', To, From } = first.placed[0]?.form ?? {};
    expect([To, From]).toEqual(['+40721000000', '+40310000002']);
    expect(Twiml.match(/<Say language="de-DE" loop="1">Schweregrad eins.<\/Say>/g)).toHaveLength(2);
    expect(Twiml).toContain(
      `action="https://desk.example/v1/callbacks/telephony/first/voice?delivery=${message.attemptId}"`,
    );
  });

  it('always make a document that the API takes, whatever is said', async () => {
    const text = fc.string({ unit: 'binary', maxLength: 3_000 });
    await fc.assert(
      fc.asyncProperty(text, fc.option(text, { nil: undefined }), async (sentence, menu) => {
        const speech = { locale: 'fr-FR', sentences: [sentence, '& <Hangup/> "'], menu };
        expect(callTwiml(speech, 'https://desk.example/a?b=c&d=e').length).toBeLessThanOrEqual(4_000);
        expect(await new VoiceChannel(options()).send({ ...message, speech })).toMatchObject({ outcome: 'sent' });
      }),
      { numRuns: 40 },
    );
  });
});
