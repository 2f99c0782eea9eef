import ICAL from 'ical.js';
import { Desk } from '../harness/desk.js';
import type { Json } from '../harness/client.js';

interface ReadEvent {
  uid: string;
  start: string;
  end: string;
  summary: string;
}

/** What a calendar program reads. */
function read(text: string): ReadEvent[] {
  const calendar = new ICAL.Component(ICAL.parse(text) as unknown[]);
  return calendar.getAllSubcomponents('vevent').map((component) => {
    const { uid, startDate, endDate, summary } = new ICAL.Event(component);
    return { uid, start: startDate.toJSDate().toISOString(), end: endDate.toJSDate().toISOString(), summary };
  });
}

describe('calendars of shifts', () => {
  let desk: Desk;
  let schedule: Json;

  beforeAll(async () => {
    desk = await Desk.start({ movableClock: true });
    [schedule] = (await desk.as('coordinator').get('/v1/schedules')).body.items;
  });
  afterAll(() => desk.stop());

  const anybody = () => desk.withKey(undefined);

  it('show the shifts that the schedule has', async () => {
    const now = await desk.advance('PT1S');
    const answer = await desk.as('responder2').get(`/v1/schedules/${schedule.id}/calendar.ics`);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/calendar; charset=utf-8']);
    const to = new Date(now.getTime() + 100 * 86_400_000).toISOString();
    const { items } = (
      await desk.as('auditor').get(`/v1/schedules/${schedule.id}/shifts?from=${now.toISOString()}&to=${to}`)
    ).body;
    const events = read(answer.body);
    const starts = items.slice(1).map(({ start }: Json) => start);
    expect(events.map(({ start }) => start)).toEqual(expect.arrayContaining(starts));
    expect(starts.length).toBeGreaterThan(10);
  });

  it('are one person’s own, and keep the UIDs of shifts that an edit leaves as they are', async () => {
    const own = async () => {
      const path = `/v1/responders/${desk.keys.responder2.id}/calendar.ics`;
      return read((await desk.as('responder2').get(path)).body);
    };
    const before = await own();
    expect(before.length).toBeGreaterThan(3);
    expect(new Set(before.map(({ summary }) => summary))).toEqual(new Set([`On call: ${schedule.name}`]));
    const [, second] = before;
    const absence = { start: second!.start, end: second!.end };
    await desk.as('responder2').post(`/v1/responders/${desk.keys.responder2.id}/absences`, absence);
    expect(await own()).toEqual(before.filter((event) => event !== second));
  });

  it('are read by a secret address until it is revoked', async () => {
    const made = await desk.as('responder2').post('/v1/calendars', { responderId: desk.keys.responder2.id });
    expect(made.status).toBe(201);
    const { pathname } = new URL(made.body.url);
    expect(pathname).toMatch(/^\/v1\/calendars\/[0-9a-f]{48}\.ics$/);
    const opened = await anybody().get(pathname);
    expect(opened.status).toBe(200);
    expect(read(opened.body).length).toBeGreaterThan(3);
    expect(opened.headers.get('cache-control')).toBe('private, no-cache');
    expect(opened.headers.get('referrer-policy')).toBe('no-referrer');
    expect(opened.headers.get('ratelimit')).toMatch(/"calendars";r=\d+/);
    const etag = opened.headers.get('etag') ?? '';
    await desk.advance('PT1M');
    const unchanged = await anybody().get(pathname, { 'if-none-match': `"other", W/${etag}` });
    expect([unchanged.status, unchanged.body]).toEqual([304, '']);

    const [listed] = (await desk.as('responder2').get('/v1/calendars')).body.items;
    expect(listed).toEqual({ ...made.body, url: undefined, lastReadAt: expect.any(String) });
    expect((await desk.as('responder').get('/v1/calendars')).body.items).toEqual([]);
    expect((await desk.as('responder').delete(`/v1/calendars/${made.body.id}`)).status).toBe(404);
    expect((await desk.as('responder2').delete(`/v1/calendars/${made.body.id}`)).status).toBe(204);
    expect((await anybody().get(pathname)).status).toBe(404);
    const kept = await desk.database.query<{ count: string }>(
      'SELECT count(*) FROM codegrey.journal WHERE data::text LIKE $1',
      [`%${pathname.slice(-30, -4)}%`],
    );
    expect(kept).toEqual([{ count: '0' }]);
  });

  it('are no longer read once their owner has left the roster', async () => {
    const { id } = desk.keys.responder3;
    const made = await desk.as('coordinator').post('/v1/calendars', { responderId: id });
    const { pathname } = new URL(made.body.url);
    expect((await anybody().get(pathname)).status).toBe(200);
    await desk.as('coordinator').delete(`/v1/responders/${id}`);
    expect((await anybody().get(pathname)).status).toBe(404);
    await desk.as('coordinator').patch(`/v1/responders/${id}`, { active: true });
    expect((await anybody().get(pathname)).status).toBe(200);
  });

  it('are nobody’s to guess, and a responder makes them only of their own shifts', async () => {
    for (const file of ['0'.repeat(48), 'x', '..%2F', 'a'.repeat(60)])
      expect((await anybody().get(`/v1/calendars/${file}.ics`)).status).toBe(404);
    const other = await desk.as('responder').post('/v1/calendars', { responderId: desk.keys.responder2.id });
    expect(other.status).toBe(403);
    expect((await desk.as('provider').get(`/v1/schedules/${schedule.id}/calendar.ics`)).status).toBe(403);
    const both = { scheduleId: schedule.id, responderId: desk.keys.responder.id };
    expect((await desk.as('responder').post('/v1/calendars', both)).status).toBe(422);
    expect((await desk.as('responder').post('/v1/calendars', {})).status).toBe(422);
  });
});
