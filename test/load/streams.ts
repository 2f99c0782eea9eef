import { setTimeout as sleep } from 'node:timers/promises';
import { Agent, request, type Dispatcher } from 'undici';
import { Stage } from './stage.js';
import { describe } from './statistics.js';

const listeners = 1_000;
const events = 50;

/** A thousand listeners see an event. Aim: within 100 ms at p99, from the answer of the request that caused it. */
export async function measureStreams(): Promise<void> {
  const stage = await Stage.open();
  const desk = await stage.start('apps/api/main.js');
  const provider = await stage.credential('provider');
  const coordinator = await stage.credential('coordinator');
  const agent = new Agent({ connections: null, bodyTimeout: 0, headersTimeout: 0 });
  const answeredAt = new Map<string, number>();
  const delaysMs: number[] = [];
  const headers = { authorization: `Bearer ${coordinator.key}` };
  const streams = await Promise.all(
    Array.from({ length: listeners }, () =>
      listen(desk.url, headers, agent, (id, at) => {
        const answered = answeredAt.get(id);
        delaysMs.push(answered === undefined ? 0 : Math.max(0, at - answered));
      }),
    ),
  );
  await sleep(1_000);
  for (let index = 0; index < events; index += 1) {
    const { body } = await request(`${desk.url}/v1/tickets`, {
      method: 'POST',
      headers: { authorization: `Bearer ${provider.key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ summary: 'Ransom note' }),
    });
    answeredAt.set(((await body.json()) as { id: string }).id, performance.now());
    await sleep(200);
  }
  await sleep(1_000);
  console.log(
    `streams: ${listeners} listeners, ${delaysMs.length} of ${listeners * events} seen; ${describe(delaysMs)} (aim p99 100 ms)`,
  );
  for (const stream of streams) stream.destroy();
  await stage.close();
}

async function listen(
  url: string,
  headers: Record<string, string>,
  dispatcher: Dispatcher,
  seen: (ticketId: string, at: number) => void,
) {
  const { body } = await request(`${url}/v1/events?type=ticket.opened`, { headers, dispatcher });
  body.on('error', () => undefined);
  body.on('data', (chunk: Buffer) => {
    const at = performance.now();
    for (const [, id] of chunk.toString().matchAll(/"ticketid":"([0-9a-f-]{36})"/g)) if (id) seen(id, at);
  });
  return body;
}
