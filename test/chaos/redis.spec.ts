import { Redis } from '../harness/redis.js';
import { SplitDesk } from '../harness/split-desk.js';

describe('queues on Redis', () => {
  let redis: Redis;
  let desk: SplitDesk;
  beforeAll(async () => {
    redis = await Redis.start();
    desk = await SplitDesk.start({ REDIS_URL: redis.url });
  });
  afterAll(async () => {
    await desk.stop();
    await redis.stop();
  });

  it('carry a ticket from intake to page to claim', async () => {
    const { status, body } = await desk.open();
    expect(status).toBe(201);
    await desk.reached(body.reference);
    const claim = await desk.responder.post(`/v1/tickets/${body.id}/claim`);
    expect([claim.status, claim.body.claimedBy]).toEqual([200, desk.responderId]);
  });

  it('may forget everything between intake and dispatch: the page still goes out', async () => {
    await desk.worker.kill('SIGKILL');
    const { body } = await desk.open();
    await redis.flush();
    await desk.restartWorker();
    await desk.reached(body.reference);
    await redis.flush();
    const next = await desk.open();
    await redis.flush();
    await desk.reached(next.body.reference);
  });

  it('may be away: tickets are taken and claimed, and paging goes on by itself once they are back', async () => {
    await redis.kill();
    const [toClaim, toPage] = [await desk.open(), await desk.open()];
    expect([toClaim.status, toPage.status]).toEqual([201, 201]);
    expect((await desk.responder.post(`/v1/tickets/${toClaim.body.id}/claim`)).status).toBe(200);
    expect(desk.phone.received.filter((text) => text.includes(toPage.body.reference))).toEqual([]);
    await redis.restart();
    await desk.reached(toPage.body.reference, 30_000);
    expect(desk.worker.isRunning).toBe(true);
  });
});
