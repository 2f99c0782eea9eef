import { Desk } from '../harness/desk.js';
import type { Json } from '../harness/client.js';

const hour = 3_600_000;

describe('schedules', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await Desk.start({ movableClock: true });
  });
  afterAll(() => desk.stop());

  const id = (person: 'responder' | 'responder2' | 'responder3'): string => desk.keys[person].id;

  const rotation = (...members: (string | null)[]) => ({
    unit: 'week',
    length: 1,
    firstHandoff: '2026-01-05T08:00',
    members,
  });

  const always = (...members: (string | null)[]) => ({ name: 'Everybody', rotation: rotation(...members) });

  const input = (changes: object = {}) => ({
    name: 'Rota',
    timeZone: 'Europe/Bucharest',
    layers: [always(id('responder'))],
    ...changes,
  });

  const made = async (changes: object = {}): Promise<Json> => {
    const answer = await desk.as('coordinator').post('/v1/schedules', input(changes));
    if (answer.status !== 201) throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  };

  const now = async (): Promise<number> => (await desk.advance('PT1S')).getTime();
  const at = (instant: number): string => new Date(instant).toISOString();

  const shifts = async (schedule: Json, from: number, to: number, query = ''): Promise<Json> =>
    (await desk.as('auditor').get(`/v1/schedules/${schedule.id}/shifts?from=${at(from)}&to=${at(to)}${query}`)).body;

  const faults = async (changes: object): Promise<string[]> => {
    const { status, body } = await desk.as('coordinator').post('/v1/schedules', input(changes));
    expect(status).toBe(422);
    return body.errors.map(({ pointer }: Json) => pointer);
  };

  describe('holidays', () => {
    it('are days of their own in restrictions, by the calendar of the schedule or the layer', async () => {
      const feast = { days: ['holiday'], from: '00:00', to: '00:00' };
      const schedule = await made({
        calendar: 'RO',
        layers: [
          { ...always(id('responder')), restrictions: [feast] },
          { ...always(id('responder2')), calendar: 'DE-BY', restrictions: [feast] },
        ],
      });
      expect(schedule).toMatchObject({ calendar: 'RO', layers: [{}, { calendar: 'DE-BY' }] });
      const { items } = await shifts(schedule, Date.parse('2026-11-29T00:00Z'), Date.parse('2026-12-27T00:00Z'));
      expect(items.map(({ responderId, start }: Json) => [responderId, start.slice(0, 10)])).toEqual([
        [id('responder'), '2026-11-29'],
        [id('responder2'), '2026-12-24'],
      ]);
      expect((await desk.as('responder').get('/v1/holidays?calendar=RO&year=2026')).body.items).toContainEqual({
        date: '2026-12-01',
        name: expect.any(String),
      });
    });

    it('need a calendar that is known', async () => {
      const restrictions = [{ days: ['mo'], from: '08:00', to: '16:00', exceptHolidays: true }];
      const layers = [{ ...always(id('responder')), restrictions }];
      expect(await faults({ layers })).toEqual(['/layers/0/restrictions/0']);
      expect(await faults({ layers, calendar: 'ZZ' })).toEqual(['/calendar']);
      expect((await desk.as('responder').get('/v1/holidays?calendar=ZZ&year=2026')).status).toBe(422);
    });
  });

  describe('recurrences', () => {
    const recurrence = (rule: string) => ({
      start: '2026-01-10T09:00',
      duration: 'PT12H',
      rule,
      members: [id('responder2')],
    });

    it('stand beside rotations', async () => {
      const weekends = { name: 'Weekends', recurrence: recurrence('FREQ=WEEKLY;BYDAY=SA,SU') };
      const schedule = await made({ layers: [always(id('responder')), weekends] });
      const { items } = await shifts(schedule, Date.parse('2035-06-16T00:00Z'), Date.parse('2035-06-17T00:00Z'));
      expect(items.map(({ responderId }: Json) => responderId)).toEqual([
        id('responder'),
        id('responder2'),
        id('responder'),
      ]);
    });

    it.each([
      'FREQ=SECONDLY',
      'FREQ=DAILY;BYSECOND=0,1,2',
      'FREQ=DAILY;COUNT=999999999',
      'FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=31',
    ])('%s is refused at once', async (rule) => {
      const began = performance.now();
      expect(await faults({ layers: [{ name: 'Bomb', recurrence: recurrence(rule) }] })).toEqual([
        '/layers/0/recurrence/rule',
      ]);
      expect(performance.now() - began).toBeLessThan(1_000);
    });

    it('are not mixed with a rotation in one layer, and every fault is told at once', async () => {
      const layer = {
        ...always(id('responder')),
        recurrence: { ...recurrence('FREQ=DAILY'), duration: 'PT0S', start: 'soon' },
      };
      expect(await faults({ layers: [layer, { name: 'Nothing' }] })).toEqual(['/layers/1/rotation']);
      expect(await faults({ layers: [layer] })).toEqual([
        '/layers/0/recurrence',
        '/layers/0/recurrence/start',
        '/layers/0/recurrence/duration',
      ]);
    });
  });

  describe('a fallback', () => {
    it('that is a schedule fills the gaps, is paged by, and cannot be deleted', async () => {
      const behind = await made({ name: 'Behind', layers: [always(id('responder2'))] });
      const schedule = await made({ layers: [always(null, id('responder'))], fallback: { schedule: behind.id } });
      const [from, to] = [Date.parse('2026-01-05T00:00Z'), Date.parse('2026-01-19T00:00Z')];
      const { items } = await shifts(schedule, from, to);
      expect(items.map(({ responderId, source }: Json) => [responderId, source])).toEqual([
        [id('responder2'), 'fallback'],
        [id('responder'), 'layer'],
      ]);
      const onCall = await desk.as('responder').get(`/v1/oncall?schedule=${schedule.id}&at=2026-01-07T00:00:00Z`);
      expect(onCall.body.items).toMatchObject([{ responderId: id('responder2') }]);
      const refused = await desk.as('coordinator').delete(`/v1/schedules/${behind.id}`);
      expect([refused.status, refused.body.usedBy]).toEqual([409, ['Rota']]);
      await desk.as('coordinator').delete(`/v1/schedules/${schedule.id}`);
      expect((await desk.as('coordinator').delete(`/v1/schedules/${behind.id}`)).status).toBe(204);
    });

    it('may not lead back, be nothing, or be two things', async () => {
      const one = await made();
      const two = await made({ fallback: { schedule: one.id } });
      const circle = await desk
        .as('coordinator')
        .put(`/v1/schedules/${one.id}`, input({ fallback: { schedule: two.id } }));
      expect([circle.status, circle.body.errors]).toMatchObject([422, [{ pointer: '/fallback/schedule' }]]);
      const self = await desk
        .as('coordinator')
        .put(`/v1/schedules/${one.id}`, input({ fallback: { schedule: one.id } }));
      expect(self.status).toBe(422);
      expect(await faults({ fallback: { schedule: '00000000-0000-7000-8000-000000000000' } })).toEqual([
        '/fallback/schedule',
      ]);
      expect(await faults({ fallback: { responder: '00000000-0000-7000-8000-000000000000' } })).toEqual([
        '/fallback/responder',
      ]);
      expect(await faults({ fallback: {} })).toEqual(['/fallback']);
      expect(await faults({ fallback: { responder: id('responder'), schedule: one.id } })).toEqual(['/fallback']);
    });

    it('of a fallback goes on five deep, and no deeper', async () => {
      let last = await made({ name: '1' });
      for (const name of ['2', '3', '4', '5', '6']) last = await made({ name, fallback: { schedule: last.id } });
      expect(await faults({ fallback: { schedule: last.id } })).toEqual(['/fallback/schedule']);
    });

    it('of two schedules that are changed at once never makes a circle', async () => {
      const [one, two] = [await made(), await made()];
      const answers = await Promise.all([
        desk.as('coordinator').put(`/v1/schedules/${one.id}`, input({ fallback: { schedule: two.id } })),
        desk.as('coordinator').put(`/v1/schedules/${two.id}`, input({ fallback: { schedule: one.id } })),
      ]);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 422]);
    });
  });

  it('may have people in training, who are shown where they are asked for and are no cover', async () => {
    const shadow = { ...always(id('responder3')), shadow: true };
    expect(await faults({ layers: [shadow] })).toEqual(['/layers']);
    const schedule = await made({ layers: [always(null, id('responder')), shadow] });
    const [from, to] = [Date.parse('2026-01-07T00:00Z'), Date.parse('2026-01-08T00:00Z')];
    expect((await shifts(schedule, from, to)).items).toEqual([]);
    expect((await shifts(schedule, from, to, '&shadow=true')).items).toMatchObject([
      { responderId: id('responder3'), source: 'shadow' },
    ]);
    const path = `/v1/oncall?schedule=${schedule.id}&at=2026-01-14T00:00:00Z`;
    expect((await desk.as('responder').get(path)).body.items).toHaveLength(1);
    expect((await desk.as('responder').get(`${path}&shadow=true`)).body.items).toMatchObject([
      { responderId: id('responder') },
      { responderId: id('responder3'), shadow: true },
    ]);
  });

  describe('an edit', () => {
    it('shows before it is saved who gains and who loses what', async () => {
      const schedule = await made();
      const from = await now();
      const edit = { ...input({ layers: [always(id('responder2'))] }), from: at(from), to: at(from + 24 * hour) };
      const { status, body } = await desk.as('responder').post(`/v1/schedules/${schedule.id}/preview`, edit);
      expect(status).toBe(200);
      expect(body).toMatchObject({
        changes: [
          { responderId: id('responder'), change: 'loses', start: at(from), end: at(from + 24 * hour) },
          { responderId: id('responder2'), change: 'gains', start: at(from), end: at(from + 24 * hour) },
        ].sort((a, b) => (a.responderId < b.responderId ? -1 : 1)),
        shifts: [{ responderId: id('responder2') }],
        gaps: [],
      });
      expect((await desk.as('coordinator').get(`/v1/schedules/${schedule.id}`)).body.version).toBe(1);
    });

    it('tells those whose shifts move, and at short notice asks those whom it puts on call', async () => {
      const schedule = await made({ name: 'Asked' });
      await desk
        .as('coordinator')
        .put(`/v1/schedules/${schedule.id}`, input({ name: 'Asked', layers: [always(id('responder2'))] }));
      const told = async (person: 'responder' | 'responder2'): Promise<Json> =>
        (await desk.as(person).get(`/v1/responders/${id(person)}/notices`)).body.items[0];
      expect(await told('responder')).toMatchObject({
        kind: 'schedule-changed',
        text: expect.stringContaining('no longer on call'),
      });
      expect(await told('responder2')).toMatchObject({ text: expect.stringContaining('accept or refuse') });

      const asked = (await desk.as('responder2').get('/v1/schedule-changes?state=asked')).body.items;
      const [change] = asked.filter(({ scheduleId }: Json) => scheduleId === schedule.id);
      expect(change).toMatchObject({
        responderId: id('responder2'),
        state: 'asked',
        spans: [{ start: expect.any(String) }],
      });
      const path = `/v1/schedule-changes/${change.id}`;
      expect((await desk.as('responder').post(`${path}/accept`)).status).toBe(404);
      expect((await desk.as('auditor').post(`${path}/accept`)).status).toBe(403);
      const refused = await desk.as('responder2').post(`${path}/refuse`, { reason: 'I am abroad.' });
      expect(refused.body).toMatchObject({ state: 'refused', reason: 'I am abroad.' });
      expect((await desk.as('responder2').post(`${path}/refuse`, {})).status).toBe(200);
      const late = await desk.as('responder2').post(`${path}/accept`);
      expect([late.status, late.body.state]).toEqual([409, 'refused']);
      const notices = await desk.as('coordinator').get(`/v1/responders/${desk.keys.coordinator.id}/notices`);
      expect(notices.body.items[0]).toMatchObject({
        kind: 'schedule-change-refused',
        text: expect.stringContaining('I am abroad.'),
      });
    });

    it('takes the place of what was asked before', async () => {
      const schedule = await made({ name: 'Twice' });
      const put = (...members: string[]) =>
        desk
          .as('coordinator')
          .put(`/v1/schedules/${schedule.id}`, input({ name: 'Twice', layers: [always(...members)] }));
      await put(id('responder2'));
      await put(id('responder3'));
      const { items } = (await desk.as('coordinator').get('/v1/schedule-changes')).body;
      const states = items
        .filter(({ scheduleId }: Json) => scheduleId === schedule.id)
        .map(({ responderId, state }: Json) => [responderId, state]);
      expect(states).toEqual([
        [id('responder3'), 'asked'],
        [id('responder2'), 'superseded'],
      ]);
    });

    it('that moves nobody tells nobody', async () => {
      const before = (await desk.as('coordinator').get(`/v1/responders/${id('responder')}/notices`)).body.items.length;
      const schedule = await made({ name: 'Same' });
      await desk.as('coordinator').put(`/v1/schedules/${schedule.id}`, input({ name: 'The same' }));
      const after = (await desk.as('coordinator').get(`/v1/responders/${id('responder')}/notices`)).body.items.length;
      expect(after).toBe(before);
    });
  });

  describe('what the roster said', () => {
    it('at a past moment can always be shown, whatever was changed since', async () => {
      const schedule = await made();
      const first = await now();
      await desk.advance('PT1H');
      const window: [number, number] = [first + 2 * hour, first + 26 * hour];
      const override = { kind: 'replace', responderId: id('responder3'), start: at(window[0]), end: at(window[1]) };
      const { body: added } = await desk.as('coordinator').post(`/v1/schedules/${schedule.id}/overrides`, override);
      const second = await now();
      await desk.advance('PT1H');
      await desk.as('coordinator').put(`/v1/schedules/${schedule.id}`, input({ layers: [always(id('responder2'))] }));
      await desk.as('coordinator').delete(`/v1/schedules/${schedule.id}/overrides/${added.id}`);
      const third = await now();
      await desk.advance('PT1H');
      await desk.as('coordinator').delete(`/v1/schedules/${schedule.id}`);

      const known = async (moment: number): Promise<string[]> =>
        (await shifts(schedule, ...window, `&asOf=${at(moment)}`)).items.map(({ responderId }: Json) => responderId);
      expect(await known(first)).toEqual([id('responder')]);
      expect(await known(second)).toEqual([id('responder3')]);
      expect(await known(third)).toEqual([id('responder2')]);
      const path = `/v1/schedules/${schedule.id}/shifts?from=${at(window[0])}&to=${at(window[1])}`;
      expect((await desk.as('auditor').get(path)).status).toBe(404);
      expect((await desk.as('auditor').get(`${path}&asOf=${at(first - hour)}`)).status).toBe(404);
      expect((await desk.as('auditor').get(`${path}&asOf=${at((await now()) + hour)}`)).status).toBe(422);
    });

    it('is never rewritten', async () => {
      const change = desk.database.query(`DELETE FROM codegrey.schedule_history`);
      await expect(change).rejects.toThrow(/append-only/);
    });
  });
});
