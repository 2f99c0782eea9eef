import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { SMTPServer } from 'smtp-server';
import { request } from 'undici';
import { Stage } from './stage.js';
import { describe } from './statistics.js';

const perSecond = 50;
const tickets = 500;
/** So many hospitals ask, that none of them is a storm. */
const providers = 125;

/** From the 201 to the page being handed to the channel, at 50 tickets a second. Aim: p50 10 ms and p99 50 ms on Redis, twice that on PostgreSQL. */
export async function measurePaging(withRedis: boolean): Promise<void> {
  const stage = await Stage.open(withRedis);
  const { server, url } = await mailbox();
  const desk = await stage.start('apps/api/main.js');
  await stage.start('apps/worker/main.js', { SMTP_URL: url });
  const keys: string[] = [];
  for (let index = 0; index < providers; index += 1) keys.push((await stage.credential('provider')).key);
  await addResponders(stage);
  const answeredAt = new Map<string, number>();
  const begin = performance.now();
  const sent: Promise<void>[] = [];
  for (let index = 0; index < tickets; index += 1) {
    await sleep(Math.max(0, begin + (index * 1_000) / perSecond - performance.now()));
    sent.push(ask(desk.url, keys[index % providers] ?? '', answeredAt));
  }
  await Promise.all(sent);
  await sleep(2_000);
  const { rows } = await stage.pool.query<{ ticket_id: string; at: Date }>(
    'SELECT ticket_id, min(at) AS at FROM deliveries GROUP BY ticket_id',
  );
  const delays = rows.flatMap(({ ticket_id, at }) => {
    const answered = answeredAt.get(ticket_id);
    return answered === undefined ? [] : [at.getTime() - answered];
  });
  const where = withRedis ? 'Redis (aim p50 10, p99 50)' : 'PostgreSQL (aim p50 20, p99 100)';
  console.log(`201 to channel on ${where}: ${describe(delays)}; ${delays.length} of ${tickets} tickets paged`);
  server.close();
  await stage.close();
}

async function ask(url: string, key: string, answeredAt: Map<string, number>): Promise<void> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${key}` };
  const { body } = await request(`${url}/v1/tickets`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ summary: 'Ransom note', ransom: { noteFound: true } }),
  });
  const { id } = (await body.json()) as { id: string };
  answeredAt.set(id, Date.now());
}

/** One responder with a mailbox; no schedule and no policy, so the desk asks everybody there is. */
async function addResponders(stage: Stage): Promise<void> {
  for (const name of ['Bench responder']) {
    const id = randomUUID();
    await stage.pool.query(
      `INSERT INTO responders (id, name, desk_role, skills, languages, countries, max_open_tickets, time_zone, created_at)
       VALUES ($1, $2, 'responder', '{}', '{}', '{}', 1000, 'UTC', now())`,
      [id, name],
    );
    await stage.pool.query(
      `INSERT INTO contact_methods (id, responder_id, channel, address, position, verified_at, created_at, version) VALUES ($1, $2, 'email', 'bench@desk.example', 1, now(), now(), 1)`,
      [randomUUID(), id],
    );
  }
  await stage.pool.query('UPDATE roster_revision SET revision = revision + 1');
}

function mailbox(): Promise<{ server: SMTPServer; url: string }> {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData: (stream, _session, done) => stream.resume().on('end', done),
  });
  return new Promise((resolve) => {
    const listening = server.listen(0, '127.0.0.1', () =>
      resolve({ server, url: `smtp://127.0.0.1:${(listening.address() as { port: number }).port}` }),
    );
  });
}
