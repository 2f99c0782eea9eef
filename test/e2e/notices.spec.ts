import { Desk } from '../harness/desk.js';
import { eventually } from '../harness/eventually.js';
import type { Json } from '../harness/client.js';

describe('personal notices', () => {
  let desk: Desk;
  let schedule: Json;

  beforeAll(async () => {
    desk = await Desk.start({ movableClock: true });
    schedule = (await desk.as('coordinator').get('/v1/schedules')).body.items[0];
  });
  afterAll(() => desk.stop());

  const override = (responderId: string, body: object = {}) => ({
    kind: 'add',
    responderId,
    start: '2037-02-11T18:00:00Z',
    end: '2037-02-12T06:00:00Z',
    ...body,
  });

  it('tell whoever was put on call by somebody else, once, by one method', async () => {
    const { id } = desk.keys.responder2;
    const path = `/v1/schedules/${schedule.id}/overrides`;
    const made = await desk.as('coordinator').post(path, override(id));
    expect(made.status).toBe(201);
    const [message] = await eventually(async () => {
      const told = (await desk.messages({})).filter(({ subject }) => subject.includes(schedule.name));
      expect(told).toHaveLength(1);
      return told;
    });
    expect(message).toMatchObject({ responderId: id, subject: expect.stringContaining('you are on call by') });
    const { body } = await desk.as('responder2').get(`/v1/responders/${id}/notices`);
    expect(body.items).toMatchObject([{ kind: 'schedule-override', responderId: id }]);
    await desk.advance('PT2H');
    expect((await desk.messages({})).filter(({ subject }) => subject.includes(schedule.name))).toHaveLength(1);
  });

  it('do not tell people what they did themselves', async () => {
    const { id } = desk.keys.responder3;
    await desk.as('responder3').post(`/v1/schedules/${schedule.id}/overrides`, override(id));
    const { body } = await desk.as('coordinator').get(`/v1/responders/${id}/notices`);
    expect(body).toEqual({ items: [], nextCursor: null });
  });

  it('are read by whom they are for and by the desk', async () => {
    const path = `/v1/responders/${desk.keys.responder2.id}/notices`;
    expect((await desk.as('responder').get(path)).status).toBe(403);
    expect((await desk.as('provider').get(path)).status).toBe(403);
    expect((await desk.as('auditor').get(path)).status).toBe(200);
  });
});
