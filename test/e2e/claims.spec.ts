import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { Answer } from '../harness/client.js';
import { Desk } from '../harness/desk.js';

const crowd = 1_000;

describe('claims at the same moment', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await Desk.start();
  });
  afterAll(() => desk.stop());

  /** Keys of responders who stand in no roster, written at once: making them one by one would take longer than the test. */
  const responders = async (count: number): Promise<{ key: string; id: string }[]> => {
    const people = Array.from({ length: count }, () => ({
      key: randomBytes(32).toString('base64url'),
      id: randomUUID(),
    }));
    const hashes = people.map(({ key }) => createHash('sha256').update(key).digest());
    await desk.database.query(
      `INSERT INTO codegrey.api_keys (id, name, hash, hint, role, principal_id, created_at)
       SELECT gen_random_uuid(), 'One of a crowd', hash, 'test', 'responder', principal, now()
       FROM unnest($1::bytea[], $2::uuid[]) AS one (hash, principal)`,
      [hashes, people.map(({ id }) => id)],
    );
    return people;
  };

  it('make one holder, and tell the others who it is', async () => {
    const { id } = await desk.open();
    const people = await responders(crowd);
    const answers = await Promise.all(people.map(({ key }) => desk.withKey(key).post(`/v1/tickets/${id}/claim`)));
    expect(countByStatus(answers)).toEqual({ 200: 1, 409: crowd - 1 });
    const holder = people[answers.findIndex(({ status }) => status === 200)]?.id;
    for (const { status, body } of answers) {
      if (status === 409) expect(body).toMatchObject({ type: expect.stringMatching(/already-claimed$/), holder });
    }
    expect((await desk.ticket(id)).claimedBy).toBe(holder);
    expect((await desk.timeline(id)).filter(({ type }) => type === 'ticket.claimed')).toHaveLength(1);
  });

  it('by the holder again change nothing', async () => {
    const { id } = await desk.open();
    const first = await desk.as('responder').post(`/v1/tickets/${id}/claim`);
    const again = await desk.as('responder').post(`/v1/tickets/${id}/claim`);
    expect([again.status, again.body.version]).toEqual([200, first.body.version]);
  });
});

describe('a request that is repeated', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await Desk.start();
  });
  afterAll(() => desk.stop());

  const open = (key: string, summary = 'EHR unreachable') =>
    desk.as('provider').post('/v1/tickets', { summary }, { 'idempotency-key': key });

  it('with its key and body gets the first answer again', async () => {
    const key = randomUUID();
    const [first, second] = [await open(key), await open(key)];
    expect([first.status, second.status, second.body.id]).toEqual([201, 201, first.body.id]);
  });

  it('with its key and another body is refused', async () => {
    const key = randomUUID();
    await open(key);
    const other = await open(key, 'Something else');
    expect([other.status, other.body.type]).toEqual([422, expect.stringMatching(/idempotency-key-reused$/)]);
  });

  it('by another caller with the same key is another request', async () => {
    const key = randomUUID();
    const first = await open(key);
    const body = { summary: 'EHR unreachable' };
    const other = await desk.as('provider2').post('/v1/tickets', body, { 'idempotency-key': key });
    expect(other.status).toBe(201);
    expect(other.body.id).not.toBe(first.body.id);
  });

  it('while the first is still running opens one ticket only', async () => {
    const key = randomUUID();
    const answers = await Promise.all(Array.from({ length: 50 }, () => open(key)));
    const ids = new Set(answers.filter(({ status }) => status === 201).map(({ body }) => body.id));
    expect(ids.size).toBe(1);
    for (const { status } of answers) expect([201, 409]).toContain(status);
    expect((await open(key)).body.id).toBe([...ids][0]);
  });
});

function countByStatus(answers: Answer[]): Record<number, number> {
  const counts: Record<number, number> = {};
  for (const { status } of answers) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}
