import { Pool } from 'undici';
import { Stage } from './stage.js';
import { describe } from './statistics.js';

const tickets = 300;
const crowd = 1_000;

/** One claim after another, and a thousand at once for one ticket. Aim: p50 under 5 ms; one 200, the others 409. */
export async function measureClaims(): Promise<void> {
  const stage = await Stage.open();
  const desk = await stage.start('apps/api/main.js');
  const [provider, responder, other] = [
    await stage.credential('provider'),
    await stage.credential('responder'),
    await stage.credential('responder'),
  ];
  const pool = new Pool(desk.url, { connections: 64, pipelining: 1 });
  const post = async (path: string, key: string, body?: object) => {
    const headers = { authorization: `Bearer ${key}`, ...(body ? { 'content-type': 'application/json' } : {}) };
    const answer = await pool.request({ method: 'POST', path, headers, body: body ? JSON.stringify(body) : undefined });
    return { status: answer.statusCode, body: (await answer.body.json()) as { id: string } };
  };
  const open = async () => (await post('/v1/tickets', provider.key, { summary: 'Ransom note on ward PCs' })).body.id;
  const latenciesMs: number[] = [];
  for (let index = 0; index < tickets; index += 1) {
    const id = await open();
    const begin = performance.now();
    await post(`/v1/tickets/${id}/claim`, responder.key);
    if (index >= 50) latenciesMs.push(performance.now() - begin);
  }
  const contested = await open();
  const begin = performance.now();
  const keys = [responder.key, other.key];
  const claims = await Promise.all(
    Array.from({ length: crowd }, (_, index) => post(`/v1/tickets/${contested}/claim`, keys[index % 2] ?? '')),
  );
  const tookMs = performance.now() - begin;
  const refused = claims.filter(({ status }) => status === 409).length;
  console.log(
    `claim: ${describe(latenciesMs)} (aim p50 5 ms); ${crowd} at once by two people in ${tookMs.toFixed(0)} ms: ${refused} refused, the rest is the holder`,
  );
  await pool.close();
  await stage.close();
}
