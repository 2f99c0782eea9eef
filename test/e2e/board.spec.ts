import type { Json } from '../harness/client.js';
import { Desk, sev1 } from '../harness/desk.js';

describe('the board', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await Desk.start({ movableClock: true });
  });
  afterAll(() => desk.stop());

  const board = async (query = ''): Promise<Json[]> =>
    (await desk.as('coordinator').get(`/v1/board?limit=200${query}`)).body.items;

  it('shows every open ticket with its next clock, what is due first on top, and none that is closed', async () => {
    const low = await desk.open({ impact: { services: [{ service: 'e-mail', status: 'down' }] } });
    const middle = await desk.open();
    const high = await desk.open(sev1);
    const rejected = await desk.open();
    await desk.as('coordinator').post(`/v1/tickets/${rejected.id}/reject`, { reason: 'A test call' });
    const lines = await board();
    expect(lines.map((line) => line.ticket.id)).toEqual([high.id, middle.id, low.id]);
    const dues = lines.map((line) => Date.parse(line.nextClock.dueAt));
    expect(dues).toEqual([...dues].sort((one, other) => one - other));
  });

  it('is the same in pages as at once', async () => {
    for (let count = 0; count < 7; count += 1) await desk.open();
    const whole = await board();
    const pieces: Json[] = [];
    let cursor: string | null = null;
    do {
      const query: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const page: Json = (await desk.as('coordinator').get(`/v1/board?limit=2${query}`)).body;
      pieces.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor !== null);
    const ids = (lines: Json[]) => lines.map((line) => line.ticket.id);
    expect(ids(pieces)).toEqual(ids(whole));
  });

  it('is not for providers', async () => {
    expect((await desk.as('provider').get('/v1/board')).status).toBe(403);
  });
});
