import type { Json } from '../harness/client.js';
import { Desk } from '../harness/desk.js';

describe('the fairness report', () => {
  let desk: Desk;
  let schedule: string;
  let people: string[];
  beforeAll(async () => {
    desk = await Desk.start();
    const made = ['One', 'Two', 'Idle'].map((name) =>
      desk.as('coordinator').post('/v1/responders', { name, timeZone: 'Europe/Bucharest' }),
    );
    people = (await Promise.all(made)).map(({ body }) => body.id as string).sort();
    const rotation = { unit: 'week', length: 1, firstHandoff: '2030-01-07T08:00', members: people };
    const plan = { name: 'Weeks', timeZone: 'Europe/Bucharest', layers: [{ name: 'All', rotation }] };
    schedule = (await desk.as('coordinator').post('/v1/schedules', plan)).body.id;
  });
  afterAll(() => desk.stop());

  const report = (query: string) => desk.as('responder').get(`/v1/roster/fairness?${query}`);
  const twoWeeks = 'from=2030-01-07T00:00:00Z&to=2030-01-21T06:00:00Z';

  it('shows what each carries, who carries nothing, and how far that is from the mean', async () => {
    const { status, body } = await report(`${twoWeeks}&schedule=${schedule}`);
    expect([status, body.items.map(({ responderId }: Json) => responderId)]).toEqual([200, people]);
    expect(body.items.map(({ load }: Json) => load)).toEqual([
      { hours: 168, nights: 7, weekends: 1, pages: 0 },
      { hours: 168, nights: 7, weekends: 1, pages: 0 },
      { hours: 0, nights: 0, weekends: 0, pages: 0 },
    ]);
    expect(body.items[2].deviation).toEqual({ hours: -112, nights: -4.67, weekends: -0.67, pages: 0 });
  });

  it('follows overrides and absences, and shows too little rest', async () => {
    const [one, two] = people;
    const away = { start: '2030-01-15T06:00:00Z', end: '2030-01-15T12:00:00Z', kind: 'other' };
    expect((await desk.as('coordinator').post(`/v1/responders/${two}/absences`, away)).status).toBe(201);
    const { body } = await report(`${twoWeeks}&schedule=${schedule}`);
    const [first, second] = [one, two].map((id) => body.items.find(({ responderId }: Json) => responderId === id));
    expect([first.load.hours, second.load.hours]).toEqual([168, 162]);
    expect(second.rest).toMatchObject([{ kind: 'short-rest', start: away.start.replace('Z', '.000Z') }]);
  });

  it('counts the pages that people received', async () => {
    const { id } = await desk.open();
    const [page] = await desk.paged(id);
    const around = (ms: number): string => new Date(Date.parse(page.createdAt) + ms).toISOString();
    const { body } = await report(`from=${around(-60_000)}&to=${around(60_000)}`);
    const paged = body.items.find(({ responderId }: Json) => responderId === page.responderId);
    expect(paged.load.pages).toBe(1);
  });

  it('comes page by page, with the same means', async () => {
    const { body: all } = await report(`${twoWeeks}&schedule=${schedule}`);
    const { body: first } = await report(`${twoWeeks}&schedule=${schedule}&limit=2`);
    const { body: rest } = await report(`${twoWeeks}&schedule=${schedule}&limit=2&cursor=${first.nextCursor}`);
    expect([...first.items, ...rest.items]).toEqual(all.items);
    expect(rest.nextCursor).toBeNull();
  });

  it('refuses a window that ends before it begins or is too long, and unknown schedules', async () => {
    const refused = async (query: string): Promise<unknown[]> => {
      const { status, body } = await report(query);
      return [status, body.errors?.[0]?.pointer];
    };
    expect(await refused('from=2030-02-01T00:00:00Z&to=2030-01-01T00:00:00Z')).toEqual([422, '/to']);
    expect(await refused('from=2030-01-01T00:00:00Z&to=2031-01-01T00:00:00Z')).toEqual([422, '/to']);
    expect(await refused('from=2030-01-01T00:00:00Z')).toEqual([422, '/to']);
    expect(await refused(`${twoWeeks}&schedule=00000000-0000-7000-8000-000000000000`)).toEqual([404, undefined]);
    expect((await desk.as('provider').get(`/v1/roster/fairness?${twoWeeks}`)).status).toBe(403);
  });
});
