import type { Answer, Json } from '../harness/client.js';
import { Desk, sev1 } from '../harness/desk.js';
import { eventually, present } from '../harness/eventually.js';
import { bounceOf, rfc822, type Mail } from '../harness/mail.js';

describe('replies by e-mail', () => {
  let desk: Desk;
  const mailbox = 'responder1@desk.example';
  beforeAll(async () => {
    desk = await Desk.start({ movableClock: true });
  });
  afterAll(() => desk.stop());

  const send = (mail: Mail | string): Promise<Answer> =>
    desk
      .as('integration')
      .post('/v1/intake/email', typeof mail === 'string' ? mail : rfc822(mail), { 'content-type': 'message/rfc822' });
  const paged = async (to = mailbox): Promise<{ ticket: Json; code: string }> => {
    // The gravest are never paged in bundles, however many one hospital opens in a row.
    const ticket = await desk.open(sev1);
    return { ticket, code: await codeFor(ticket.id, to) };
  };
  const codeFor = (ticket: string, to: string) =>
    eventually(async () => {
      const [message] = await desk.messages({ ticket, to });
      return present(/CLAIM (\w{6})/.exec(message?.text)?.[1], `code for ${to}`);
    });
  const told = (to: string) => eventually(async () => present((await desk.messages({ to }))[0], 'answer'));

  it('are over with their page, and say how it stands', async () => {
    const { ticket, code } = await paged();
    await desk.as('responder3').post(`/v1/tickets/${ticket.id}/claim`);
    await desk.as('responder3').post(`/v1/tickets/${ticket.id}/resolve`, { note: 'False alarm' });
    await desk.advance('PT25H');
    expect((await send({ from: mailbox, text: `claim ${code}` })).body.answer).toContain(ticket.reference);
  });

  it('claim the ticket, once, and say so', async () => {
    const { ticket, code } = await paged();
    const mail = rfc822({ from: `Night Desk <${mailbox.toUpperCase()}>`, text: `claim ${code}` });
    const answer = await send(mail);
    expect([answer.status, answer.body.outcome]).toEqual([200, 'replied']);
    expect((await desk.ticket(ticket.id)).claimedBy).toBe(desk.keys.responder.id);
    expect((await told(mailbox)).text).toContain(`${ticket.reference}: Claimed by you.`);
    const [page] = await desk.pages(ticket.id);
    expect(page.replies).toEqual([{ channel: 'email', command: 'claim', changed: true, at: expect.any(String) }]);

    const before = await desk.timeline(ticket.id);
    const again = await send(mail);
    expect([again.status, again.body.answer]).toEqual([200, expect.stringContaining('Claimed by you.')]);
    expect(await desk.timeline(ticket.id)).toEqual(before);
  });

  it('take a claim back within a minute, and not after it', async () => {
    const { ticket, code } = await paged();
    await send({ from: mailbox, text: `claim ${code}` });
    expect((await send({ from: mailbox, text: `undo ${code}` })).body.outcome).toBe('replied');
    expect((await desk.ticket(ticket.id)).state).toBe('open');
    expect((await send({ from: mailbox, text: `claim ${code}` })).body.answer).toContain('given it back');
    expect((await desk.ticket(ticket.id)).state).toBe('open');
  });

  it('decline, and the next one is paged', async () => {
    const { ticket, code } = await paged();
    await send({ from: mailbox, text: `Nein\n\n> Reply CLAIM ${code}` });
    const pages = await desk.paged(ticket.id, 2);
    expect(pages[0]).toMatchObject({ response: 'declined' });
    expect(pages[1].responderId).toBe(desk.keys.responder2.id);
  });

  it('ask for the number to call, which answers nothing', async () => {
    const { ticket, code } = await paged();
    expect((await send({ from: mailbox, text: `call ${code}` })).body.answer).toMatch(/Call \+\d+\.|No number/);
    expect((await desk.ticket(ticket.id)).state).toBe('open');
    await send({ from: mailbox, text: `claim ${code}` });
    expect((await desk.ticket(ticket.id)).state).toBe('claimed');
  });

  it('are told who was faster', async () => {
    const { ticket, code } = await paged();
    await desk.as('responder3').post(`/v1/tickets/${ticket.id}/claim`);
    const { body } = await send({ from: mailbox, text: `claim ${code}` });
    expect(body.answer).toContain('Already claimed by ');
    expect((await desk.ticket(ticket.id)).claimedBy).toBe(desk.keys.responder3.id);
  });

  it('are none from any other address', async () => {
    const { ticket, code } = await paged();
    for (const from of ['responder2@desk.example', 'stranger@mail.example']) {
      const refused = await send({ from, text: `claim ${code}` });
      expect([refused.status, refused.body.type]).toEqual([422, expect.stringMatching(/mail-belongs-to-nothing$/)]);
    }
    expect((await desk.ticket(ticket.id)).state).toBe('open');
  });

  it('cannot be found by trying', async () => {
    const from = 'responder2@desk.example';
    for (let tried = 0; tried < 10; tried += 1) await send({ from, text: `claim 22222${tried}` });
    const refused = await send({ from, text: 'claim 333333' });
    expect(refused.body.detail).toContain('Too many wrong codes');
  });

  it('bind nobody when a program wrote them', async () => {
    const { ticket, code } = await paged();
    const vacation = { from: mailbox, text: `claim ${code}`, headers: { 'Auto-Submitted': 'auto-replied' } };
    expect((await send(vacation)).body.outcome).toBe('ignored');
    expect((await desk.ticket(ticket.id)).state).toBe('open');
  });

  it('that belong to a ticket stand in its timeline, once', async () => {
    const ticket = await desk.open({ contact: { name: 'Night desk', email: 'night@hospital.example' } });
    const mail = rfc822({
      from: 'night@hospital.example',
      subject: `Re: ${ticket.reference} help`,
      text: 'The EHR is back.',
    });
    for (let time = 0; time < 2; time += 1)
      expect((await send(mail)).body).toMatchObject({ outcome: 'joined', reference: ticket.reference });
    const shown = (await desk.as('provider').get(`/v1/tickets/${ticket.id}/timeline?limit=200`)).body.items;
    const entries = shown.filter(({ type }: Json) => type === 'ticket.mail-received');
    expect(entries.map(({ note }: Json) => note)).toEqual([expect.stringContaining('The EHR is back.')]);

    const stranger = { from: 'x@mail.example', subject: ticket.reference, text: 'Pay us.' };
    expect((await send(stranger)).body.outcome).toBe('joined');
    const seen = (await desk.as('provider').get(`/v1/tickets/${ticket.id}/timeline?limit=200`)).body.items;
    expect(seen.filter(({ type }: Json) => type === 'ticket.mail-received')).toHaveLength(1);
    expect((await desk.timeline(ticket.id)).filter(({ type }) => type === 'ticket.mail-received')).toHaveLength(2);
  });

  it('that belong to nothing go back to their sender', async () => {
    const lost = await send({ from: 'x@mail.example', subject: 'Hello', text: 'Hello' });
    expect([lost.status, lost.body.type]).toEqual([422, expect.stringMatching(/mail-belongs-to-nothing$/)]);
  });

  it('that bounce mark their message as failed', async () => {
    const ticket = await desk.open(sev1);
    const delivery = await eventually(async () => {
      const [page] = await desk.pages(ticket.id);
      return present(
        page?.deliveries.find(({ channel, state }: Json) => channel === 'email' && state === 'sent'),
        'mail',
      );
    });
    expect(delivery.error).toBeNull();
    const { id: pageId } = (await desk.pages(ticket.id))[0];
    const methods = (await desk.as('coordinator').get(`/v1/responders/${desk.keys.responder.id}/contact-methods`)).body
      .items;
    const { id: methodId } = methods.find(({ channel }: Json) => channel === 'email');
    for (const outcome of ['receipt', 'ignored'])
      expect((await send(bounceOf(`<${pageId}-${methodId}@localhost>`))).body.outcome).toBe(outcome);
    const [page] = await desk.pages(ticket.id);
    const mail = page.deliveries.find(({ channel }: Json) => channel === 'email');
    expect(mail).toMatchObject({ state: 'failed', error: expect.stringContaining('5.1.1') });
    expect((await send(bounceOf('<nobody@localhost>'))).body.outcome).toBe('ignored');
  });

  it('too large, too long or broken are refused at once', async () => {
    const head = 'From: a@mail.example\r\nSubject: x\r\n';
    const cases: [string, string, number][] = [
      ['20 MB', `${head}\r\n${'a'.repeat(76)}\r\n`.padEnd(20_000_000, 'b'), 413],
      ['10,000 fields', `${head}${'X-Field: 1\r\n'.repeat(10_000)}\r\nclaim`, 422],
      ['no mail', '\u0000\u0001\u0002 no mail', 422],
      [
        'no end of parts',
        `${head}Content-Type: multipart/mixed; boundary=q\r\n\r\n${'--q\r\n\r\n\r\n'.repeat(50_000)}`,
        422,
      ],
      ['nothing', '', 422],
    ];
    for (const [name, mail, status] of cases) {
      const before = performance.now();
      const answer = await send(mail);
      expect([name, answer.status, answer.headers.get('content-type')]).toEqual([
        name,
        status,
        expect.stringContaining('problem+json'),
      ]);
      expect(performance.now() - before).toBeLessThan(5_000);
    }
    expect((await desk.as('integration').post('/v1/intake/email', {})).status).toBe(415);
    expect((await desk.as('provider').post('/v1/intake/email', 'x', { 'content-type': 'message/rfc822' })).status).toBe(
      403,
    );
    expect((await desk.as('integration').get('/v1/me')).status).toBe(200);
  });
});
