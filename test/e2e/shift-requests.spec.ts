import { Desk, type Person } from '../harness/desk.js';
import { eventually, present } from '../harness/eventually.js';
import type { Json } from '../harness/client.js';

const day = 86_400_000;

describe('shifts that change hands', () => {
  let desk: Desk;
  let scheduleId: string;

  beforeAll(async () => {
    desk = await Desk.start({ movableClock: true });
  });
  afterAll(() => desk.stop());

  const id = (person: Person) => desk.keys[person].id;
  const shifts = async (from: string, to: string): Promise<Json[]> =>
    (await desk.as('auditor').get(`/v1/schedules/${scheduleId}/shifts?from=${from}&to=${to}`)).body.items;
  const onCall = (items: Json[]) => items.map(({ responderId, start, end }) => [responderId, start, end]);
  const answer = (who: Person, request: string, verb: string, body = {}) =>
    desk.as(who).post(`/v1/shift-requests/${request}/${verb}`, body);
  const ask = (who: Person, body: object) => desk.as(who).post('/v1/shift-requests', { scheduleId, ...body });
  const told = (who: Person, subject: RegExp) =>
    eventually(async () => {
      const notices = (await desk.as('coordinator').get(`/v1/responders/${id(who)}/notices`)).body.items;
      return present(
        notices.find((notice: Json) => subject.test(notice.subject)),
        `notice ${subject.source}`,
      );
    });

  /** Midnights in UTC from tomorrow on: each day belongs to one of the three responders, in turn. */
  let midnight: (count: number) => string;

  beforeEach(async () => {
    const now = await desk.advance('PT1S');
    const first = Math.ceil(now.getTime() / day) * day;
    midnight = (count) => new Date(first + count * day).toISOString();
    const rotation = {
      unit: 'day',
      length: 1,
      firstHandoff: midnight(-1).slice(0, 16),
      members: [id('responder3'), id('responder'), id('responder2')],
    };
    const body = { name: 'Days', timeZone: 'UTC', layers: [{ name: 'Days', rotation }] };
    scheduleId = (await desk.as('coordinator').post('/v1/schedules', body)).body.id;
  });

  it('swaps two shifts once both agree, and not before', async () => {
    const [given, taken] = [
      [midnight(0), midnight(1)],
      [midnight(1), midnight(2)],
    ] as const;
    const swap = { kind: 'swap', start: given[0], end: given[1], theirs: { start: taken[0], end: taken[1] } };
    const asked = await ask('responder', { ...swap, to: id('responder2'), note: 'Wedding' });
    expect([asked.status, asked.body.state, asked.body.requesterId]).toEqual([201, 'open', id('responder')]);
    expect((await told('responder2', /^a swap on Days/)).text).toContain('until somebody accepts, nothing changes');
    expect(onCall(await shifts(given[0], taken[1]))).toEqual([
      [id('responder'), ...given],
      [id('responder2'), ...taken],
    ]);

    expect((await answer('responder3', asked.body.id, 'accept')).status).toBe(404);
    const accepted = await answer('responder2', asked.body.id, 'accept');
    expect([accepted.status, accepted.body.state, accepted.body.takerId]).toEqual([200, 'accepted', id('responder2')]);
    expect(onCall(await shifts(given[0], taken[1]))).toEqual([
      [id('responder2'), ...given],
      [id('responder'), ...taken],
    ]);
    expect((await answer('responder2', asked.body.id, 'accept')).status).toBe(200);
    expect(onCall(await shifts(given[0], taken[1]))).toHaveLength(2);
    await told('responder', /takes Days$/);
    const journal = await desk.database.query(
      'SELECT type, data, changes FROM codegrey.journal WHERE subject_id = $1 ORDER BY sequence',
      [asked.body.id],
    );
    expect(journal.at(-1)).toMatchObject({ type: 'shift-request.accepted' });
    expect(JSON.stringify(journal)).not.toContain('Wedding');
  });

  it('gives a shift to one of two who accept at once', async () => {
    const asked = await ask('responder', { kind: 'cover', start: midnight(3), end: midnight(4), to: 'anyone-fit' });
    expect(asked.status).toBe(201);
    const candidates = asked.body.asked.map(({ responderId }: Json) => responderId);
    expect(candidates).toEqual(expect.arrayContaining([id('responder2'), id('responder3')]));
    expect(candidates).not.toContain(id('responder'));
    const answers = await Promise.all(
      (['responder2', 'responder3', 'responder2', 'responder3'] as const).map((who) =>
        answer(who, asked.body.id, 'accept'),
      ),
    );
    const taker = (await desk.as('responder').get(`/v1/shift-requests/${asked.body.id}`)).body.takerId;
    const won = answers.filter(({ status }) => status === 200);
    const lost = answers.filter(({ status }) => status === 409);
    expect([won.length, lost.length]).toEqual([2, 2]);
    expect(new Set(won.map(({ body }) => body.takerId))).toEqual(new Set([taker]));
    expect(lost[0]?.body).toMatchObject({ type: expect.stringMatching(/shift-request-closed$/), state: 'accepted' });
    expect(onCall(await shifts(midnight(3), midnight(4)))).toEqual([[taker, midnight(3), midnight(4)]]);
    const { overrides } = (await desk.as('auditor').get(`/v1/schedules/${scheduleId}`)).body;
    expect(overrides).toHaveLength(1);
  });

  it('leaves the plan as it is when everybody refuses, the asker withdraws, or the time comes', async () => {
    const request = { kind: 'cover', start: midnight(0), end: midnight(1), to: id('responder2') };
    const [refused, withdrawn, expired] = await Promise.all([1, 2, 3].map(() => ask('responder', request)));
    expect((await answer('responder2', refused!.body.id, 'refuse')).body.state).toBe('refused');
    expect((await answer('responder2', withdrawn!.body.id, 'withdraw')).status).toBe(403);
    expect((await answer('responder', withdrawn!.body.id, 'withdraw')).body.state).toBe('withdrawn');
    for (const { body } of [refused!, withdrawn!])
      expect((await answer('responder2', body.id, 'accept')).status).toBe(409);
    await desk.advance('P1D');
    await eventually(async () =>
      expect((await desk.as('responder').get(`/v1/shift-requests/${expired!.body.id}`)).body.state).toBe('expired'),
    );
    expect((await answer('responder2', expired!.body.id, 'accept')).body.state).toBe('expired');
    await told('responder', /^nobody takes Days$/);
    expect(onCall(await shifts(midnight(0), midnight(1)))).toEqual([[id('responder'), midnight(0), midnight(1)]]);
    const open = await desk.as('responder2').get(`/v1/shift-requests?state=open&scheduleId=${scheduleId}`);
    expect(open.body.items).toEqual([]);
  });

  it('changes nothing when the roster has moved on since it was asked', async () => {
    const request = { kind: 'cover', start: midnight(0), end: midnight(1), to: id('responder2') };
    const asked = await ask('responder', request);
    const absence = { start: midnight(0), end: midnight(2) };
    await desk.as('responder2').post(`/v1/responders/${id('responder2')}/absences`, absence);
    const outdated = await answer('responder2', asked.body.id, 'accept');
    expect([outdated.status, outdated.body.type]).toEqual([409, expect.stringMatching(/shift-request-outdated$/)]);
    expect((await desk.as('responder').get(`/v1/shift-requests/${asked.body.id}`)).body.state).toBe('open');
    expect(onCall(await shifts(midnight(0), midnight(1)))).toEqual([[id('responder'), midnight(0), midnight(1)]]);
    const absences = (await desk.as('responder2').get(`/v1/responders/${id('responder2')}/absences`)).body.items;
    await desk.as('responder2').delete(`/v1/responders/${id('responder2')}/absences/${absences[0].id}`);
  });

  it('lets whoever is away have their shift covered, and a coordinator do it for both', async () => {
    const span = { start: midnight(3), end: midnight(4) };
    await desk.as('responder').post(`/v1/responders/${id('responder')}/absences`, span);
    expect(await shifts(span.start, span.end)).toEqual([]);
    const request = { kind: 'cover', ...span, to: id('responder3'), onBehalfOf: id('responder') };
    expect((await ask('responder2', request)).status).toBe(403);
    const asked = await ask('coordinator', request);
    expect(asked.status).toBe(201);
    expect((await answer('coordinator', asked.body.id, 'accept')).status).toBe(422);
    const accepted = await answer('coordinator', asked.body.id, 'accept', { onBehalfOf: id('responder3') });
    expect(accepted.status).toBe(200);
    expect(onCall(await shifts(span.start, span.end))).toEqual([[id('responder3'), span.start, span.end]]);
  });

  it('fills a gap that the desk asks about', async () => {
    const rotation = {
      unit: 'day',
      length: 1,
      firstHandoff: midnight(0).slice(0, 16),
      members: [id('responder'), null],
    };
    const body = { name: 'Holes', timeZone: 'UTC', layers: [{ name: 'Days', rotation }] };
    const { body: holes } = await desk.as('coordinator').post('/v1/schedules', body);
    const gap = { scheduleId: holes.id, start: midnight(1), end: midnight(2) };
    const asked = await desk.as('coordinator').post('/v1/shift-requests', { kind: 'cover', ...gap, to: 'anyone-fit' });
    expect([asked.status, asked.body.requesterId]).toEqual([201, null]);
    const taker = { onBehalfOf: asked.body.asked[0].responderId };
    expect((await answer('coordinator', asked.body.id, 'accept', taker)).status).toBe(200);
    const gaps = await desk.as('auditor').get(`/v1/schedules/${holes.id}/gaps?from=${gap.start}&to=${gap.end}`);
    expect(gaps.body.items).toEqual([]);
  });

  it('is taken over at once from somebody who is ill, and both are told', async () => {
    await desk.advance('P1D');
    const taken = await desk.as('responder2').post(`/v1/schedules/${scheduleId}/take-over`, {
      from: id('responder'),
      reason: 'Stuck in the operating theatre',
    });
    expect([taken.status, taken.body.responderId, taken.body.end]).toEqual([200, id('responder2'), midnight(1)]);
    const now = (await desk.as('auditor').get(`/v1/oncall?schedule=${scheduleId}`)).body.items;
    expect(now.map(({ responderId }: Json) => responderId)).toEqual([id('responder2')]);
    await told('responder2', /^you are on call by Days$/);
    await told('responder', /^you are not on call by Days$/);
    const recorded = await desk.database.query<{ data: Json }>(
      `SELECT data FROM codegrey.journal WHERE type = 'shift.taken-over' AND subject_id = $1`,
      [taken.body.id],
    );
    expect(recorded).toEqual([
      { data: expect.objectContaining({ scheduleId, from: id('responder'), to: id('responder2') }) },
    ]);
    const again = await desk.as('responder3').post(`/v1/schedules/${scheduleId}/take-over`, { from: id('responder') });
    expect(again.status).toBe(409);
    const self = await desk.as('responder2').post(`/v1/schedules/${scheduleId}/take-over`, { from: id('responder2') });
    expect([self.status, self.body.type]).toEqual([409, expect.stringMatching(/cannot-take-over$/)]);
  });

  it('brings the tickets about which the other was being asked', async () => {
    const [relieved, taker] = [id('responder3'), id('responder')];
    const schedules = (await desk.as('coordinator').get('/v1/schedules')).body.items;
    const paging = schedules.find(({ name }: Json) => name !== 'Days');
    const start = (await desk.advance('PT1S')).toISOString();
    const alone = { kind: 'replace', responderId: relieved, start, end: midnight(0) };
    expect((await desk.as('coordinator').post(`/v1/schedules/${paging.id}/overrides`, alone)).status).toBe(201);
    const ticket = await desk.open();
    const asked = async () =>
      (await desk.pages(ticket.id)).filter(({ state }) => state !== 'withdrawn').map(({ responderId }) => responderId);
    await eventually(async () => expect(await asked()).toEqual([relieved]));
    const taken = await desk
      .as('coordinator')
      .post(`/v1/schedules/${scheduleId}/take-over`, { from: relieved, onBehalfOf: taker });
    expect(taken.status).toBe(200);
    await eventually(async () => expect(await asked()).toEqual([taker]));
    const [page] = (await desk.pages(ticket.id)).filter(({ responderId }) => responderId === taker);
    expect(page.reasons).toEqual(['took the shift over']);
  });

  it('is refused when it cannot be, with every fault named', async () => {
    const pointersOf = ({ body }: Json) => body.errors.map(({ pointer }: Json) => pointer).sort();
    const past = await ask('responder', { kind: 'cover', start: midnight(-3), end: midnight(-4), to: 'anyone-fit' });
    expect([past.status, pointersOf(past)]).toEqual([422, ['/end', '/start']]);
    const half = await ask('responder', { kind: 'swap', start: midnight(0), end: midnight(1), to: 'anyone-fit' });
    expect([half.status, pointersOf(half)]).toEqual([422, ['/theirs', '/to']]);
    const notMine = await ask('responder', {
      kind: 'cover',
      start: midnight(0),
      end: midnight(2),
      to: id('responder3'),
    });
    expect([notMine.status, pointersOf(notMine)]).toEqual([422, ['/start']]);
    const nobody = await ask('responder', { kind: 'cover', start: midnight(0), end: midnight(1), to: scheduleId });
    expect([nobody.status, pointersOf(nobody)]).toEqual([422, ['/to']]);
    expect(
      (
        await ask('responder', {
          scheduleId: id('responder'),
          kind: 'cover',
          start: midnight(0),
          end: midnight(1),
          to: 'anyone-fit',
        })
      ).status,
    ).toBe(404);
    expect((await answer('responder', 'nonsense', 'accept')).status).toBe(404);
  });
});
