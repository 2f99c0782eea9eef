import type { Json } from '../harness/client.js';
import { Desk } from '../harness/desk.js';
import { eventually, present } from '../harness/eventually.js';
import { EventStream } from '../harness/event-stream.js';

describe('an escalation policy', () => {
  let desk: Desk;
  let unreachable: string;

  beforeAll(async () => {
    desk = await Desk.start({ movableClock: true });
    unreachable = (await desk.as('admin').post('/v1/responders', { name: 'Nobody verified' })).body.id;
  });
  afterAll(() => desk.stop());

  const to = (targets: object[], more: object = {}) => ({
    name: 'Nights',
    steps: [{ targets, thenWait: 'PT5M' }],
    ...more,
  });
  const methodsOf = async (id: string): Promise<Json[]> =>
    (await desk.as('admin').get(`/v1/responders/${id}/contact-methods`)).body.items;
  const silentPolicies = async (): Promise<string | undefined> =>
    /^codegrey_policies_silent (\d+)$/m.exec(await (await fetch(`${desk.url}/metrics`)).text())?.[1];

  it('says who is reached in the end, and after how long at most', async () => {
    const input = to([{ responder: unreachable }], { repeat: 2 });
    const previewed = await desk.as('coordinator').post('/v1/escalation-policies/preview', input);
    expect(previewed.status).toBe(200);
    expect(previewed.body).toEqual({
      steps: [{ step: 1, after: 'PT0S', reached: 0, weaknesses: ['has no verified contact method that works'] }],
      lastResort: { kind: 'coordinators', responderIds: [desk.keys.coordinator.id], after: 'PT15M' },
      silences: [],
    });
    const made = await desk.as('coordinator').post('/v1/escalation-policies', input);
    expect([made.status, made.body.worstPath]).toEqual([201, previewed.body]);
    const { body: kept } = await desk.as('coordinator').get(`/v1/escalation-policies/${made.body.id}`);
    expect(kept).toEqual(made.body);
    expect((await desk.as('coordinator').delete(`/v1/escalation-policies/${made.body.id}`)).status).toBe(204);
  });

  it('that comes to end in silence raises an alarm at once, and says when it is safe again', async () => {
    const { id } = desk.keys.coordinator;
    const { body: policy } = await desk.as('admin').post('/v1/escalation-policies', to([{ responder: unreachable }]));
    const events = await EventStream.open(desk, 'coordinator');
    for (const method of await methodsOf(id))
      await desk.as('admin').delete(`/v1/responders/${id}/contact-methods/${method.id}`);
    const silent = await eventually(async () => {
      const { body } = await desk.as('coordinator').get(`/v1/escalation-policies/${policy.id}`);
      expect(body.silentSince).not.toBeNull();
      return body;
    });
    expect(silent.worstPath.lastResort).toBeNull();
    expect(silent.worstPath.silences).toHaveLength(1);
    expect(await silentPolicies()).toBe('1');
    const alarm = await eventually(() => heard(events, 'escalation-policy.silent'));
    expect(alarm.data).toMatchObject({ id: policy.id, name: 'Nights' });
    const notices = (await desk.as('coordinator').get(`/v1/responders/${id}/notices`)).body.items;
    expect(notices.map(({ kind }: Json) => kind)).toContain('policy-silent');

    const refused = await desk
      .as('admin')
      .put(`/v1/escalation-policies/${policy.id}`, to([{ responder: unreachable }]));
    expect([refused.status, refused.body.type]).toEqual([422, expect.stringMatching(/could-end-in-silence$/)]);
    expect(refused.body.errors).toEqual([
      { pointer: '/steps/0/targets/0', detail: 'has no verified contact method that works' },
      { pointer: '/steps', detail: expect.stringContaining('neither anybody whom it names nor a coordinator') },
    ]);

    const changed = await desk.as('admin').put(`/v1/escalation-policies/${policy.id}`, to([{ bestFit: 1 }]));
    expect([changed.status, changed.body.silentSince, changed.body.worstPath.lastResort.kind]).toEqual([
      200,
      null,
      'targets',
    ]);
    await eventually(() => heard(events, 'escalation-policy.recovered'));
    expect(await silentPolicies()).toBe('0');
    await events.cut();
  });

  it('is found to be silent by time alone, when the plan that it goes by runs out', async () => {
    const { id } = desk.keys.responder2;
    const now = new Date((await desk.advance('PT1S')).getTime());
    const endsAt = new Date(now.getTime() + 40 * 86_400_000).toISOString();
    const rotation = { unit: 'day', length: 1, firstHandoff: '2026-01-01T08:00', members: [id] };
    const layers = [{ name: 'For a while', endsAt, rotation }];
    const plan = await desk
      .as('admin')
      .post('/v1/schedules', { name: 'For a while', timeZone: 'Europe/Berlin', layers });
    const made = await desk.as('admin').post('/v1/escalation-policies', to([{ schedule: plan.body.id }]));
    expect([made.status, made.body.worstPath.lastResort.kind]).toEqual([201, 'targets']);
    await desk.advance('P11D');
    const silent = await eventually(async () => {
      const { body } = await desk.as('coordinator').get(`/v1/escalation-policies/${made.body.id}`);
      expect(body.silentSince).not.toBeNull();
      return body;
    });
    expect(silent.worstPath.steps[0].weaknesses[0]).toContain(`nobody is on call from ${endsAt}`);
    const listed = (await desk.as('coordinator').get('/v1/escalation-policies')).body.items;
    expect(listed.find((policy: Json) => policy.id === made.body.id).silentSince).toBe(silent.silentSince);
  });
});

function heard(events: EventStream, type: string): Json {
  return present(events.received.find(({ event }) => event.type === type)?.event, type);
}
