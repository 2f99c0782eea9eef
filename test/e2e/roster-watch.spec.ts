import type { Json } from '../harness/client.js';
import { Desk } from '../harness/desk.js';
import { eventually } from '../harness/eventually.js';

const day = 86_400_000;

const tellsOfGap = (text: string, schedule: string): boolean =>
  text.split('\n').some((line) => line.startsWith(`${schedule}, `) && line.endsWith('Nobody is on call.'));

describe('the roster watch', () => {
  let desk: Desk;
  let now: Date;
  let owner: string;
  beforeAll(async () => {
    desk = await Desk.start({ movableClock: true });
    now = await desk.advance('PT1S');
    owner = desk.keys.responder2.id;
  });
  afterAll(() => desk.stop());

  const inDays = (days: number): string => new Date(now.getTime() + days * day).toISOString();

  /** A schedule round the clock that has nobody from `from` days from now to `to`. */
  async function scheduleWithHole(name: string, from: number, to: number, more: object = {}): Promise<string> {
    const rotation = { unit: 'day', length: 1, firstHandoff: '2026-01-01T00:00', members: [desk.keys.responder3.id] };
    const layers = [
      { name: 'Until then', endsAt: inDays(from), rotation },
      { name: 'From then', startsAt: inDays(to), rotation },
    ];
    const plan = { name, timeZone: 'Europe/Bucharest', layers, owners: [owner], ...more };
    const answer = await desk.as('coordinator').post('/v1/schedules', plan);
    expect([answer.status, answer.body.owners]).toEqual([201, [owner]]);
    return answer.body.id;
  }

  const findings = async (query: string): Promise<Json[]> =>
    (await desk.as('responder').get(`/v1/roster/watch?${query}`)).body.items;

  const gapsOf = (schedule: string): Promise<Json[]> => findings(`kind=gap&schedule=${schedule}`);

  const toldOf = async (name: string): Promise<Json[]> => {
    const { items } = (await desk.as('responder2').get(`/v1/responders/${owner}/notices?limit=200`)).body;
    return items.filter(({ text }: Json) => tellsOfGap(text, name));
  };

  it('shows a gap soon after the plan that has it was saved, and tells its owner a week, a day and an hour before', async () => {
    const schedule = await scheduleWithHole('Holes', 9, 9.5);
    const [gap] = await eventually(async () => {
      const found = await gapsOf(schedule);
      expect(found).toHaveLength(1);
      return found;
    });
    expect(gap).toMatchObject({ start: inDays(9), end: inDays(9.5), schedules: [schedule], told: null });
    expect(await toldOf('Holes')).toEqual([]);
    await desk.advance('P3D');
    expect([(await toldOf('Holes')).length, (await gapsOf(schedule))[0].told]).toEqual([1, 'P7D']);
    await desk.advance('P5DT1H');
    expect([(await toldOf('Holes')).length, (await gapsOf(schedule))[0].told]).toEqual([2, 'P1D']);
    await desk.restart();
    await desk.advance('PT22H');
    const told = await toldOf('Holes');
    expect(told).toHaveLength(3);
    expect(told[0].subject).toBe('Holes: Nobody is on call');
    await eventually(async () => {
      const messages = await desk.messages({});
      const sent = messages.filter(({ text }: Json) => tellsOfGap(text, 'Holes'));
      expect(sent.map(({ responderId }: Json) => responderId)).toEqual([owner, owner, owner]);
    });
    await desk.advance('P1D');
    expect(await toldOf('Holes')).toHaveLength(3);
    expect(await gapsOf(schedule)).toEqual([]);
  });

  it('says nothing of a gap that was mended in time', async () => {
    now = await desk.advance('PT1S');
    const schedule = await scheduleWithHole('Mended', 8, 8.5);
    await eventually(async () => expect(await gapsOf(schedule)).toHaveLength(1));
    const cover = { kind: 'add', responderId: owner, start: inDays(8), end: inDays(8.5) };
    expect((await desk.as('coordinator').post(`/v1/schedules/${schedule}/overrides`, cover)).status).toBe(201);
    await eventually(async () => expect(await gapsOf(schedule)).toEqual([]));
    await desk.advance('P2D');
    expect(await toldOf('Mended')).toEqual([]);
  });

  it('tells at once, and once, of what comes to light later than that', async () => {
    now = await desk.advance('PT1S');
    const schedule = await scheduleWithHole('Late', 0.5, 0.6);
    await eventually(async () => expect(await toldOf('Late')).toHaveLength(1));
    expect((await gapsOf(schedule))[0].told).toBe('P1D');
    await desk.as('coordinator').put(`/v1/schedules/${schedule}`, { ...(await planOf(schedule)), name: 'Late' });
    await desk.advance('PT1H');
    expect(await toldOf('Late')).toHaveLength(1);
  });

  async function planOf(schedule: string): Promise<object> {
    const { name, timeZone, layers, owners, requires } = (await desk.as('coordinator').get(`/v1/schedules/${schedule}`))
      .body;
    return { name, timeZone, layers, owners, requires };
  }

  it('finds what the schedule requires and does not have, and a person in two schedules at once', async () => {
    now = await desk.advance('PT1S');
    const requires = { people: 2, skills: ['negotiation', 'no-such-skill'], languages: ['xx'] };
    const schedule = await scheduleWithHole('Wanting', 20, 20.5, { requires });
    const found = await eventually(async () => {
      const items = await findings(`schedule=${schedule}&limit=200&to=${inDays(10)}`);
      expect(items.map(({ kind }: Json) => kind)).toContain('two-schedules');
      return items;
    });
    expect(found).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ kind: 'too-few', reason: expect.stringContaining('Only 1 of the 2 people') }),
        expect.objectContaining({ kind: 'missing-skill', about: 'no-such-skill' }),
        expect.objectContaining({ kind: 'missing-language', about: 'xx' }),
        expect.objectContaining({ kind: 'hours-in-a-row', responders: [desk.keys.responder3.id] }),
      ]),
    );
    expect(await findings(`kind=one-person&schedule=${schedule}`)).toEqual([]);
  });

  it('finds that nobody on call can be reached, until somebody can', async () => {
    now = await desk.advance('PT1S');
    const { body: deaf } = await desk.as('coordinator').post('/v1/responders', { name: 'Without a telephone' });
    const rotation = { unit: 'day', length: 1, firstHandoff: '2026-01-01T00:00', members: [deaf.id] };
    const plan = { name: 'Out of reach', timeZone: 'UTC', layers: [{ name: 'All', rotation }], owners: [owner] };
    const { id } = (await desk.as('coordinator').post('/v1/schedules', plan)).body;
    await eventually(async () => {
      expect(await findings(`kind=unreachable&schedule=${id}`)).toMatchObject([{ responders: [deaf.id] }]);
    });
    await desk.as('coordinator').delete(`/v1/responders/${deaf.id}`);
    await eventually(async () => {
      expect(await findings(`kind=unreachable&schedule=${id}`)).toEqual([]);
      expect(await gapsOf(id)).toMatchObject([{ reason: expect.stringContaining('no longer on the roster') }]);
    });
  });

  it('shows page after page, every finding once', async () => {
    const all = await findings('limit=200');
    expect(all.length).toBeGreaterThan(3);
    const seen: Json[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const { body } = await desk.as('responder').get(`/v1/roster/watch?limit=2${cursor && `&cursor=${cursor}`}`);
      seen.push(...body.items);
      cursor = body.nextCursor;
    }
    expect(seen).toEqual(all);
  });

  it('refuses what it cannot make sense of, and names the fault', async () => {
    const refused = async (query: string): Promise<unknown[]> => {
      const { status, body } = await desk.as('responder').get(`/v1/roster/watch?${query}`);
      return [status, body.errors?.[0]?.pointer];
    };
    expect(await refused('kind=boredom')).toEqual([422, '/kind']);
    expect(await refused('from=2026-02-02T00:00:00Z&to=2026-02-01T00:00:00Z')).toEqual([422, '/to']);
    expect(await refused('cursor=nonsense')).toEqual([422, '/cursor']);
    expect(await refused('schedule=00000000-0000-7000-8000-000000000000')).toEqual([404, undefined]);
    expect((await desk.as('provider').get('/v1/roster/watch')).status).toBe(403);
    const owners = ['00000000-0000-7000-8000-000000000000'];
    const rotation = { unit: 'day', length: 1, firstHandoff: '2026-01-01T00:00', members: [owner] };
    const plan = { name: 'X', timeZone: 'UTC', layers: [{ name: 'All', rotation }], owners, requires: { people: 0 } };
    const { status, body } = await desk.as('coordinator').post('/v1/schedules', plan);
    expect([status, body.errors?.map(({ pointer }: Json) => pointer)]).toEqual([422, ['/requires/people']]);
    const unknown = await desk.as('coordinator').post('/v1/schedules', { ...plan, requires: {} });
    expect([unknown.status, unknown.body.errors?.[0]?.pointer]).toEqual([422, '/owners/0']);
  });
});

describe('too little rest', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await Desk.start();
  });
  afterAll(() => desk.stop());

  const somebodyNew = async (): Promise<string> => {
    const facts = { name: 'Somebody new', timeZone: 'Europe/Bucharest' };
    return (await desk.as('coordinator').post('/v1/responders', facts)).body.id;
  };

  it('is warned of by the override that causes it, which is made all the same', async () => {
    const person = await somebodyNew();
    const rotation = { unit: 'day', length: 1, firstHandoff: '2030-01-07T08:00', members: [person, null] };
    const layers = [
      { name: 'Days', rotation, restrictions: [{ days: ['mo', 'tu', 'we', 'th', 'fr'], from: '08:00', to: '20:00' }] },
    ];
    const plan = { name: 'Days', timeZone: 'Europe/Bucharest', layers };
    const { id } = (await desk.as('coordinator').post('/v1/schedules', plan)).body;
    // Monday is theirs until 20:00 on the wall, which is 18:00 UTC.
    const add = (start: string, end: string): Promise<Json> =>
      desk.as('coordinator').post(`/v1/schedules/${id}/overrides`, { kind: 'add', responderId: person, start, end });
    const close = await add('2030-01-08T02:00:00Z', '2030-01-08T06:00:00Z');
    expect([close.status, close.body.warnings]).toEqual([
      201,
      ['Only 8 h of rest between two shifts, not 12 h (Codul muncii, articles 114, 125, 135 and 137).'],
    ]);
    const far = await add('2030-01-10T06:00:00Z', '2030-01-10T08:00:00Z');
    expect([far.status, far.body.warnings]).toEqual([201, []]);
    const decades = await add('2040-01-01T00:00:00Z', '2099-01-01T00:00:00Z');
    expect([decades.status, decades.body.warnings.length]).toEqual([201, 2]);
  });

  it('is warned of by the preview of a plan', async () => {
    const person = await somebodyNew();
    const rotation = { unit: 'hour', length: 8, firstHandoff: '2030-01-07T08:00', members: [person, null] };
    const window = { from: '2030-01-07T00:00:00Z', to: '2030-01-08T20:00:00Z' };
    const plan = { name: 'Hasty', timeZone: 'Europe/Bucharest', layers: [{ name: 'All', rotation }], ...window };
    const { status, body } = await desk.as('coordinator').post('/v1/schedules/preview', plan);
    expect([status, body.items.length]).toEqual([200, 3]);
    expect(body.warnings).toEqual([expect.stringContaining(': Only 8 h'), expect.stringContaining(': Only 8 h')]);
  });
});
