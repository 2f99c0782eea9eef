import { Desk } from '../harness/desk.js';
import type { Json } from '../harness/client.js';

const hours = (count: number) => count * 3_600_000;

describe('an absence', () => {
  let desk: Desk;
  let schedule: Json;
  let now: Date;

  beforeAll(async () => {
    desk = await Desk.start({ movableClock: true });
    [schedule] = (await desk.as('coordinator').get('/v1/schedules')).body.items;
    now = await desk.advance('PT1S');
  });
  afterAll(() => desk.stop());

  const inHours = (count: number) => new Date(now.getTime() + hours(count)).toISOString();
  const away = (who: 'responder' | 'responder2' | 'coordinator', id: string, body: object) =>
    desk.as(who).post(`/v1/responders/${id}/absences`, body);
  const own = () => `/v1/responders/${desk.keys.responder.id}/absences`;
  const gaps = async () =>
    (await desk.as('responder').get(`/v1/schedules/${schedule.id}/gaps?from=${inHours(0)}&to=${inHours(24)}`)).body
      .items;
  const onCall = async () => (await desk.as('auditor').get(`/v1/oncall?schedule=${schedule.id}`)).body.items;

  it('takes the person off call, shows the gap, and the next is paged at once', async () => {
    const [start, end] = [inHours(-1), inHours(6)];
    const made = await away('responder', desk.keys.responder.id, { start, end, kind: 'illness', note: 'Fever' });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ start, end, kind: 'illness', note: 'Fever' });
    expect(made.body.uncovered).toEqual([{ scheduleId: schedule.id, start: expect.any(String), end }]);
    expect(made.body.shifts).toEqual(made.body.uncovered);
    expect(await gaps()).toEqual([{ start: inHours(0), end }]);
    expect(await onCall()).toEqual([]);

    const { id } = await desk.open();
    const [page] = await desk.paged(id);
    expect([page.responderId, page.step]).toEqual([desk.keys.responder2.id, 2]);
    await desk.as('responder3').post(`/v1/tickets/${id}/claim`);

    const ended = await desk.as('responder').delete(`${own()}/${made.body.id}`);
    expect(ended.status).toBe(204);
    const [gone, ...others] = await gaps();
    expect([gone.start, others]).toEqual([inHours(0), []]);
    expect(new Date(gone.end).getTime()).toBeLessThan(new Date(inHours(1)).getTime());
    expect((await onCall()).map(({ responderId }: Json) => responderId)).toEqual([desk.keys.responder.id]);
  });

  it('keeps the past of one that had begun when it was taken back, and forgets why', async () => {
    const past = (await desk.as('responder').get(`${own()}?from=${inHours(-24)}`)).body.items;
    expect(past).toEqual([expect.objectContaining({ start: inHours(-1), note: null })]);
    expect(new Date(past[0].end).getTime()).toBeLessThan(new Date(inHours(6)).getTime());
    expect((await desk.as('responder').get(own())).body.items).toEqual([]);
    const again = await desk.as('responder').delete(`${own()}/${past[0].id}`);
    expect(again.status).toBe(409);
  });

  it('begins by itself when its time comes', async () => {
    await away('coordinator', desk.keys.responder.id, { start: inHours(2), end: inHours(3), kind: 'training' });
    expect(await onCall()).toHaveLength(1);
    await desk.advance('PT2H1M');
    expect(await onCall()).toEqual([]);
    const { id } = await desk.open();
    expect((await desk.paged(id))[0].responderId).toBe(desk.keys.responder2.id);
    await desk.as('responder3').post(`/v1/tickets/${id}/claim`);
    await desk.advance('PT1H');
    expect(await onCall()).toHaveLength(1);
  });

  it('is nobody else’s business, and its reason is not in the journal', async () => {
    const other = desk.keys.responder.id;
    const body = { start: inHours(30), end: inHours(40), note: 'Knee surgery' };
    expect((await away('responder2', other, body)).status).toBe(403);
    expect((await desk.as('responder2').get(`/v1/responders/${other}/absences`)).status).toBe(403);
    expect((await away('coordinator', other, body)).status).toBe(201);
    const journal = await desk.database.query(
      `SELECT data, changes FROM codegrey.journal WHERE type IN ('absence.added', 'absence.removed')`,
    );
    expect(journal.length).toBeGreaterThanOrEqual(4);
    expect(JSON.stringify(journal)).not.toMatch(/surgery|illness|Fever/);
    const { body: told } = await desk.as('responder').get(`/v1/responders/${other}/notices`);
    expect(told.items[0]).toMatchObject({ kind: 'absence', subject: 'your absence is written down' });
  });

  it('keeps a person from being put on call while away', async () => {
    const override = { kind: 'add', responderId: desk.keys.responder.id, start: inHours(35), end: inHours(45) };
    const refused = await desk.as('coordinator').post(`/v1/schedules/${schedule.id}/overrides`, override);
    expect([refused.status, refused.body.type]).toEqual([409, expect.stringMatching(/responder-away$/)]);
    expect(refused.body.away).toEqual([{ start: inHours(30), end: inHours(40) }]);
  });

  it('is refused when it cannot be, with every fault named', async () => {
    const pointersOf = ({ body }: Json) => body.errors.map(({ pointer }: Json) => pointer).sort();
    const impossible = await away('responder', desk.keys.responder.id, { start: '2026-02-30T00:00:00Z', kind: 'spa' });
    expect([impossible.status, pointersOf(impossible)]).toEqual([422, ['/end', '/kind', '/start']]);
    const backwards = await away('responder', desk.keys.responder.id, { start: inHours(2), end: inHours(2) });
    expect([backwards.status, pointersOf(backwards)]).toEqual([422, ['/end']]);
    const ancient = await away('responder', desk.keys.responder.id, { start: inHours(-800), end: inHours(9_000) });
    expect([ancient.status, pointersOf(ancient)]).toEqual([422, ['/end', '/start']]);
    const nobody = await away('coordinator', '00000000-0000-7000-8000-000000000000', {
      start: inHours(1),
      end: inHours(2),
    });
    expect(nobody.status).toBe(404);
    expect((await desk.as('responder').delete(`${own()}/nonsense`)).status).toBe(404);
  });
});
