import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { SMTPServer } from 'smtp-server';
import { request } from 'undici';
import { Stage } from './stage.js';
import { describe } from './statistics.js';

const perSecond = 50;
const tickets = 500;
/** So many hospitals ask, that none of them is a storm. */
const providers = 151;
/** Tickets before those that count: a process that has just started runs its code for the first time. */
const warmUp = 100;

/** From the 201 to the page being handed to the channel, at 50 tickets a second, warm; and for the very first ticket. Aim: p50 10 ms and p99 50 ms on Redis, twice that on PostgreSQL. */
export async function measurePaging(withRedis: boolean): Promise<void> {
  const stage = await Stage.open(withRedis);
  const { server, url } = await mailbox();
  const desk = await stage.start('apps/api/main.js');
  await stage.start('apps/worker/main.js', { SMTP_URL: url });
  const keys: string[] = [];
  for (let index = 0; index < providers; index += 1) keys.push((await stage.credential('provider')).key);
  await addResponders(stage);
  let asked = 0;
  const send = () => ask(desk.url, keys[(asked += 1) % providers] ?? '');
  const [first] = await delaysOf(stage, [await send()]);
  await Promise.all(await inSteps(warmUp, send));
  const counted = await Promise.all(await inSteps(tickets, send));
  const delays = await delaysOf(stage, counted);
  const where = withRedis ? 'Redis (aim p50 10, p99 50)' : 'PostgreSQL (aim p50 20, p99 100)';
  console.log(
    `201 to channel on ${where}: ${describe(delays)}; ${delays.length} of ${tickets} tickets paged; the first after the start in ${first} ms`,
  );
  server.close();
  await stage.close();
}

interface Asked {
  ticketId: string;
  /** When the 201 came, in milliseconds since 1970. */
  answeredAtMs: number;
}

/** Does something so many times, at the pace of the measurement. */
async function inSteps<Result>(count: number, act: () => Promise<Result>): Promise<Promise<Result>[]> {
  const begin = performance.now();
  const begun: Promise<Result>[] = [];
  for (let index = 0; index < count; index += 1) {
    await sleep(Math.max(0, begin + (index * 1_000) / perSecond - performance.now()));
    begun.push(act());
  }
  return begun;
}

/** How long after its answer each ticket's first page went to a channel, in milliseconds; one that did not within 2 s is left out. */
async function delaysOf(stage: Stage, asked: Asked[]): Promise<number[]> {
  await sleep(2_000);
  const { rows } = await stage.pool.query<{ ticketId: string; at: Date }>(
    'SELECT ticket_id AS "ticketId", min(at) AS at FROM deliveries GROUP BY ticket_id',
  );
  const handedOver = new Map(rows.map(({ ticketId, at }) => [ticketId, at.getTime()]));
  return asked.flatMap(({ ticketId, answeredAtMs }) => {
    const at = handedOver.get(ticketId);
    return at === undefined ? [] : [at - answeredAtMs];
  });
}

async function ask(url: string, key: string): Promise<Asked> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${key}` };
  const { body } = await request(`${url}/v1/tickets`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ summary: 'Ransom note', ransom: { noteFound: true } }),
  });
  const { id } = (await body.json()) as { id: string };
  return { ticketId: id, answeredAtMs: Date.now() };
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
