import type { Json } from '../harness/client.js';
import { Desk } from '../harness/desk.js';
import { eventually, present } from '../harness/eventually.js';
import { WebhookPhone } from '../harness/webhook-phone.js';

describe('watching over tickets', () => {
  const outside = new WebhookPhone();
  let desk: Desk;

  beforeAll(async () => {
    await outside.listen();
    desk = await Desk.start({
      movableClock: true,
      env: { CODEGREY_HEARTBEAT_URL: outside.url, CODEGREY_EGRESS_ALLOW: '127.0.0.0/8' },
    });
  });
  afterAll(async () => {
    await desk.stop();
    await outside.close();
  });

  const typesOf = async (id: string): Promise<string[]> => (await desk.timeline(id)).map(({ type }: Json) => type);
  const policy = async (steps: object[], countries: string[]): Promise<void> => {
    const made = await desk
      .as('admin')
      .post('/v1/escalation-policies', { name: 'Watched', steps, appliesTo: { countries } });
    expect(made.status).toBe(201);
  };

  it('asks a holder who falls silent, and dispatches the ticket again when no answer comes', async () => {
    const { id } = await desk.open();
    await desk.paged(id);
    await desk.as('responder2').post(`/v1/tickets/${id}/claim`);
    await desk.advance('PT23M');
    const asked = await eventually(async () =>
      present(
        (await desk.pages(id)).find(({ purpose }) => purpose === 'lease'),
        'lease page',
      ),
    );
    expect(asked.responderId).toBe(desk.keys.responder2.id);
    await desk.advance('PT5M');
    await eventually(async () => expect(await typesOf(id)).toContain('ticket.lease-expired'));
    expect((await desk.ticket(id)).state).toBe('open');
    const told = (await desk.pages(id)).filter(({ responderId }) => responderId === desk.keys.coordinator.id);
    expect(told[0].reasons).toEqual(['its holder fell silent: the ticket is being dispatched again']);
    await desk.as('responder2').post(`/v1/tickets/${id}/claim`);
    await desk.as('responder2').post(`/v1/tickets/${id}/resolve`, {});
  });

  it('leaves the ticket with a holder who confirms by the link in the message', async () => {
    const { id } = await desk.open();
    await desk.paged(id);
    await desk.as('responder2').post(`/v1/tickets/${id}/claim`);
    await desk.advance('PT23M');
    const link = await eventually(async () => {
      const [message] = await desk.messages({ ticket: id, to: 'responder2' });
      return present<string>(message?.links[0], 'link');
    });
    const confirmed = await desk.withKey(undefined).post(`${link}/confirm`);
    expect([confirmed.status, confirmed.body.response]).toEqual([200, 'confirmed']);
    await desk.advance('PT6M');
    expect((await desk.ticket(id)).claimedBy).toBe(desk.keys.responder2.id);
    expect(await typesOf(id)).not.toContain('ticket.lease-expired');
    const stranger = await desk.as('responder3').post(`/v1/tickets/${id}/confirm`);
    expect([stranger.status, stranger.body.type]).toEqual([409, expect.stringMatching(/not-paged$/)]);
    await desk.as('responder2').post(`/v1/tickets/${id}/resolve`, {});
  });

  it('says when nobody is on duty, and goes on at once', async () => {
    const rotation = { unit: 'week', length: 1, firstHandoff: '2026-01-05T08:00', members: [null] };
    const layers = [
      { name: 'Nobody', rotation: { ...rotation, members: [desk.keys.responder3.id] }, endsAt: '2026-01-06T00:00:00Z' },
    ];
    const plan = await desk.as('admin').post('/v1/schedules', { name: 'Empty rota', timeZone: 'Europe/Paris', layers });
    expect(plan.status).toBe(201);
    const steps = [
      { targets: [{ schedule: plan.body.id }], thenWait: 'PT5M' },
      {
        targets: [{ responder: desk.keys.responder.id }, { responder: desk.keys.responder3.id }],
        answers: 'all',
        thenWait: 'PT1H',
      },
    ];
    await policy(steps, ['RO']);
    const { id } = await desk.open();
    const pages = await desk.paged(id, 3);
    expect(pages.filter(({ purpose }) => purpose === 'claim').map(({ step }) => step)).toEqual([2, 2]);
    const told = pages.find(({ responderId }) => responderId === desk.keys.coordinator.id);
    expect(told.reasons).toEqual(['nobody was on call by Empty rota when step 1 came to it']);
    const { body } = await desk.as('coordinator').get(`/v1/tickets/${id}/pages`);
    expect(body.problems).toMatchObject([{ kind: 'nobody-on-duty', step: 1, scheduleId: plan.body.id }]);
    expect(await typesOf(id)).toContain('dispatch.nobody-on-duty');
    await desk.as('responder').post(`/v1/tickets/${id}/claim`);
    await desk.as('responder').post(`/v1/tickets/${id}/resolve`, {});
  });

  it('pages again whoever was asked to answer, until they do, also after the claim', async () => {
    const { id } = await desk.open();
    await desk.paged(id, 3);
    const toThird = async (): Promise<Json[]> =>
      (await desk.pages(id)).filter(({ responderId }) => responderId === desk.keys.responder3.id);
    await desk.advance('PT2M');
    expect(await eventually(async () => atLeast(await toThird(), 2))).toHaveLength(2);
    await desk.as('responder').post(`/v1/tickets/${id}/claim`);
    await desk.advance('PT2M');
    const again = await eventually(async () => atLeast(await toThird(), 3));
    expect(again.at(-1)?.purpose).toBe('notice');
    expect((await desk.as('responder3').post(`/v1/tickets/${id}/confirm`)).status).toBe(200);
    const before = (await toThird()).length;
    await desk.advance('PT4M');
    expect(await toThird()).toHaveLength(before);
    await desk.as('responder').post(`/v1/tickets/${id}/resolve`, {});
  });

  it('gives signs of life to somebody outside, and none while an open ticket has no next step', async () => {
    await eventually(() => atLeast(outside.received, 1));
    const fine = await eventually(async () => {
      const { body } = await desk.as('admin').get('/v1/desk/heartbeat');
      expect(body.withheldBecause).toEqual([]);
      return body;
    });
    expect(fine).toMatchObject({ configured: true, sentAt: expect.any(String), error: null });
    const ticket = await desk.open();
    await desk.paged(ticket.id, 3);
    await desk.database.query("DELETE FROM codegrey.timers WHERE kind = 'dispatch-escalation' AND subject_id = $1", [
      ticket.id,
    ]);
    await desk.advance('PT31S');
    await desk.database.query('UPDATE codegrey.heartbeat SET due_at = clock_timestamp()');
    const { body: stuck } = await desk.as('coordinator').get('/v1/desk/heartbeat');
    expect(stuck.withheldBecause).toEqual([`${ticket.reference} is open and has no next step that is on time`]);
    const sent = outside.received.length;
    await eventually(async () => {
      const [row] = await desk.database.query('SELECT due_at > clock_timestamp() AS "looked" FROM codegrey.heartbeat');
      expect(row).toEqual({ looked: true });
    });
    expect(outside.received).toHaveLength(sent);
  });
});

function atLeast<Item>(items: readonly Item[], count: number): readonly Item[] {
  if (items.length < count) throw new Error(`${items.length} of ${count}.`);
  return items;
}
