import { randomUUID } from 'node:crypto';
import { eventually } from '../harness/eventually.js';
import { SplitDesk } from '../harness/split-desk.js';

describe('a database that is away', () => {
  let desk: SplitDesk;
  beforeAll(async () => {
    desk = await SplitDesk.start();
  });
  afterAll(() => desk.stop());

  const isUnavailable = async (answered: ReturnType<SplitDesk['open']>) => {
    const { status, body, headers } = await answered;
    expect([status, body.type]).toEqual([503, 'https://codegrey.eu/problems/unavailable']);
    expect(Number(headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
  };
  const worksWithin = (ms: number) =>
    eventually(async () => {
      const answer = await desk.open();
      expect(answer.status).toBe(201);
      return answer.body;
    }, ms);

  it('because it crashed: 503 with Retry-After, and work within a second or so of its return, nothing lost', async () => {
    const before = (await desk.open()).body;
    await desk.postgres.crash();
    await isUnavailable(desk.open());
    await isUnavailable(desk.coordinator.get('/v1/tickets'));
    expect((await desk.coordinator.get('/healthz')).status).toBe(200);
    expect((await desk.coordinator.get('/readyz')).status).toBe(503);
    await desk.postgres.restart();
    const after = await worksWithin(5_000);
    expect((await desk.coordinator.get(`/v1/tickets/${before.id}`)).status).toBe(200);
    await desk.reached(before.reference, 8_000);
    await desk.reached(after.reference, 8_000);
  });

  it('because it froze: 503 within the deadline, and one ticket for a repeated request', async () => {
    const key = { 'idempotency-key': randomUUID() };
    const thaw = desk.postgres.freeze();
    try {
      const startedAt = performance.now();
      await Promise.all(Array.from({ length: 30 }, () => isUnavailable(desk.open('ehr'))));
      await isUnavailable(desk.open('laboratory', key));
      expect(performance.now() - startedAt).toBeLessThan(25_000);
    } finally {
      thaw();
    }
    await worksWithin(5_000);
    const { body } = await eventually(async () => {
      const answer = await desk.open('laboratory', key);
      expect(answer.status).toBe(201);
      return answer;
    });
    await desk.reached(body.reference);
    const { items } = (await desk.provider.get('/v1/tickets?q=laboratory&limit=200')).body;
    expect(items).toHaveLength(1);
    expect([desk.api.isRunning, desk.worker.isRunning]).toEqual([true, true]);
  });
});
