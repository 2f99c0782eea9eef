import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Json } from '../harness/client.js';
import { Desk, sev1 } from '../harness/desk.js';
import { eventually, present } from '../harness/eventually.js';
import { TelephoneNetwork } from '../harness/telephone-network.js';

const mobile = '+40722000001';
const landline = '+40212000001';

describe('replies by telephone', () => {
  const network = new TelephoneNetwork();
  const folder = mkdtempSync(join(tmpdir(), 'codegrey-channels-'));
  let desk: Desk;
  let responderId: string;

  beforeAll(async () => {
    await network.listen();
    const provider = `{ id: first, baseUrl: '${network.url}', account: ${TelephoneNetwork.account}, tokenFrom: CODEGREY_TEST_TOKEN, sms: '+40310000001', voice: '+40310000002' }`;
    writeFileSync(join(folder, 'channels.yaml'), `channels: [email, sms, voice, webhook]\ntelephony: [${provider}]\n`);
    desk = await Desk.start({
      movableClock: true,
      env: {
        CODEGREY_CHANNELS_FILE: join(folder, 'channels.yaml'),
        CODEGREY_TEST_TOKEN: TelephoneNetwork.token,
        CODEGREY_EGRESS_ALLOW: '127.0.0.1/32',
      },
    });
    responderId = desk.keys.responder.id;
  });
  afterAll(async () => {
    await desk.stop();
    await network.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const methods = () => `/v1/responders/${responderId}/contact-methods`;
  const dialled = (to: string, resource: 'Messages' | 'Calls', after = 0) =>
    eventually(() => {
      const found = network.dialled
        .slice(after)
        .findLast(({ form, resource: kind }) => form.To === to && kind === resource);
      return present(found, `${resource} to ${to}`);
    });
  const page = async () => {
    const before = network.dialled.length;
    // The gravest are never paged in bundles, however many one hospital opens in a row.
    const ticket = await desk.open(sev1);
    const [sms, call] = [await dialled(mobile, 'Messages', before), await dialled(landline, 'Calls', before)];
    const code = present(/CLAIM (\w{6})/.exec(sms.form.Body ?? '')?.[1], 'code');
    return { ticket, sms, call, code };
  };
  const reply = (from: string, text: string, token?: string) =>
    network.callBack(
      `${desk.url}/v1/callbacks/telephony/first/sms`,
      { From: from, To: '+40310000001', Body: text },
      token,
    );
  const press = (call: { form: Record<string, string> }, digits: string) => {
    const action = present(/action="([^"]+)"/.exec(call.form.Twiml ?? '')?.[1], 'action').replaceAll('&amp;', '&');
    return network.callBack(action, { Digits: digits, CallStatus: 'in-progress' });
  };
  const status = (form: Record<string, string>, fields: Record<string, string>) =>
    network.callBack(present(form.StatusCallback, 'address'), fields);
  const states = async (ticketId: string) => {
    const [first] = await desk.pages(ticketId);
    return new Map<string, string>(first.deliveries.map(({ channel, state }: Json) => [channel, state]));
  };

  it('begin with numbers that were verified, a landline by a code that is spoken twice', async () => {
    for (const [channel, address] of [
      ['sms', mobile],
      ['voice', landline],
    ] as const) {
      const { status: created, body } = await desk.as('responder').post(methods(), { channel, address });
      expect(created).toBe(201);
      const { form } = await dialled(address, channel === 'sms' ? 'Messages' : 'Calls');
      const spoken = [...(form.Twiml ?? '').matchAll(/(?:\d, ){5}\d/g)].map(([digits]) => digits.replaceAll(/\D/g, ''));
      if (channel === 'voice') expect(spoken).toEqual([spoken[0], spoken[0]]);
      const code = channel === 'sms' ? /\b\d{6}\b/.exec(form.Body ?? '')?.[0] : spoken[0];
      const verified = await desk.as('responder').post(`${methods()}/${body.id}/verify`, { code });
      expect([verified.status, verified.body.verifiedAt]).toEqual([200, expect.any(String)]);
    }
  });

  it('claim by SMS, from the number the code was sent to and once', async () => {
    const { ticket, sms, code } = await page();
    expect(sms.form.Body).not.toContain(ticket.summary);
    expect((await reply('+40722999999', `CLAIM ${code}`)).body).not.toContain('<Message>');
    const forged = await reply(mobile, `CLAIM ${code}`, 'another token');
    expect([forged.status, JSON.parse(forged.body).type]).toEqual([403, expect.stringMatching(/callback-not-signed$/)]);
    expect((await desk.ticket(ticket.id)).state).toBe('open');

    const claimed = await reply(mobile, `claim ${code}`);
    expect([claimed.status, claimed.body]).toEqual([200, expect.stringContaining('Claimed by you.')]);
    expect((await desk.ticket(ticket.id)).claimedBy).toBe(responderId);
    const before = await desk.timeline(ticket.id);
    expect((await reply(mobile, `claim ${code}`)).body).toContain('Claimed by you.');
    expect(await desk.timeline(ticket.id)).toEqual(before);
  });

  it('are told apart: a code sent by e-mail is none by SMS', async () => {
    const { ticket } = await page();
    const [mail] = await eventually(async () => [
      present((await desk.messages({ ticket: ticket.id, channel: 'email' }))[0], 'mail'),
    ]);
    const code = /CLAIM (\w{6})/.exec(mail.text)?.[1];
    expect((await reply(mobile, `CLAIM ${code}`)).body).toContain('not known');
    expect((await desk.ticket(ticket.id)).state).toBe('open');
  });

  it('claim, decline and ask for the number by a key', async () => {
    const one = await page();
    expect((await press(one.call, '3')).body).toMatch(/<Gather.*<Say/);
    expect((await press(one.call, '9')).body).toContain('<Gather');
    expect((await desk.ticket(one.ticket.id)).state).toBe('open');
    expect((await press(one.call, '1')).body).toContain('<Say');
    expect((await desk.ticket(one.ticket.id)).claimedBy).toBe(responderId);

    const two = await page();
    await press(two.call, '2');
    expect((await desk.pages(two.ticket.id))[0]).toMatchObject({ response: 'declined' });
    const replies = (await desk.pages(two.ticket.id))[0].replies;
    expect(replies).toEqual([{ channel: 'voice', command: 'decline', changed: true, at: expect.any(String) }]);
  });

  it('come with receipts, which end the same in any order and however often', async () => {
    const { ticket, sms } = await page();
    const sid = { MessageSid: sms.sid };
    await status(sms.form, { ...sid, MessageStatus: 'delivered' });
    for (const late of ['queued', 'sent', 'delivered', 'undelivered', 'sent']) {
      expect((await status(sms.form, { ...sid, MessageStatus: late })).status).toBe(204);
      expect((await states(ticket.id)).get('sms')).toBe('delivered');
    }
    const forged = await network.callBack(
      present(sms.form.StatusCallback, 'address'),
      { MessageStatus: 'failed' },
      'x',
    );
    expect(forged.status).toBe(403);
  });

  it('say that a number is none for SMS, which its owner and the coordinators hear once', async () => {
    const notices = async (id: string) =>
      (await desk.as('coordinator').get(`/v1/responders/${id}/notices`)).body.items.filter(
        ({ kind }: Json) => kind === 'contact-method-failing',
      );
    for (let time = 0; time < 2; time += 1) {
      const { ticket, sms } = await page();
      await status(sms.form, { MessageSid: sms.sid, MessageStatus: 'undelivered', ErrorCode: '30006' });
      expect((await states(ticket.id)).get('sms')).toBe('failed');
      await desk.as('responder').post(`/v1/tickets/${ticket.id}/decline`, { reason: 'other' });
    }
    await eventually(async () => {
      expect(await notices(responderId)).toHaveLength(1);
      expect(await notices(desk.keys.coordinator.id)).toHaveLength(1);
    });
    const shown = (await desk.as('responder').get(methods())).body.items.find(({ channel }: Json) => channel === 'sms');
    expect(shown).toMatchObject({
      failures: 2,
      failingSince: expect.any(String),
      lastError: expect.stringContaining('30006'),
    });

    const { sms } = await page();
    await status(sms.form, { MessageSid: sms.sid, MessageStatus: 'delivered' });
    const mended = (await desk.as('responder').get(methods())).body.items.find(
      ({ channel }: Json) => channel === 'sms',
    );
    expect(mended).toMatchObject({ failures: 0, failingSince: null, lastError: null });
    const audit = (await desk.as('auditor').get('/v1/audit?limit=200')).body.items.map(({ type }: Json) => type);
    expect(audit).toEqual(expect.arrayContaining(['contact-method.failing', 'contact-method.recovered']));
  });

  it('are none of a provider that the desk does not have', async () => {
    const url = `${desk.url}/v1/callbacks/telephony/unknown/sms`;
    expect((await network.callBack(url, { From: mobile, Body: 'x' })).status).toBe(404);
    const unsigned = await fetch(`${desk.url}/v1/callbacks/telephony/first/status`, { method: 'POST' });
    expect(unsigned.status).toBe(403);
  });
});
