import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Desk, sev2 } from '../harness/desk.js';
import { eventually } from '../harness/eventually.js';

const intakes = 500;
const atOnce = 16;
const kills = 4;

describe('a desk that is killed again and again while tickets come in', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await Desk.start();
  });
  afterAll(() => desk.stop());

  it('has every ticket that it acknowledged, and has paged for each, by itself or in a bundle, at most once more than needed', async () => {
    const acknowledged = new Map<string, string>();
    let running = true;
    const killer = (async () => {
      for (let kill = 0; kill < kills && running; kill += 1) {
        await sleep(150 + Math.random() * 600);
        await desk.kill('SIGKILL');
        await desk.restart();
      }
    })();
    const keys = Array.from({ length: intakes }, () => randomUUID());
    const remaining = [...keys];
    const caller = async () => {
      for (let key = remaining.pop(); key !== undefined; key = remaining.pop())
        acknowledged.set(key, await openPatiently(key));
    };
    await Promise.all(Array.from({ length: atOnce }, caller));
    running = false;
    await killer;

    expect(acknowledged.size).toBe(intakes);
    expect(new Set(acknowledged.values()).size).toBe(intakes);
    const counted = await desk.database.query<{ count: number }>('SELECT count(*)::int FROM codegrey.tickets');
    expect(counted).toEqual([{ count: intakes }]);
    await everyTicketIsPaged([...acknowledged.values()]);
  });

  /** Repeats until the desk answers, as a careful caller does: with the same key. */
  async function openPatiently(key: string): Promise<string> {
    return eventually(async () => {
      const body = { summary: 'EHR unreachable', ...sev2 };
      const answer = await desk.as('provider').post('/v1/tickets', body, { 'idempotency-key': key });
      if (answer.status !== 201) throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`);
      return answer.body.id as string;
    }, 60_000);
  }

  async function everyTicketIsPaged(tickets: string[]): Promise<void> {
    const state = `
      SELECT ticket.id, count(DISTINCT page.id)::int AS pages,
        count(DISTINCT page.id) FILTER (WHERE page.state IN ('sent', 'delivered'))::int AS reached,
        (SELECT count(*)::int FROM codegrey.demo_messages AS message
         WHERE message.channel = 'webhook' AND message.ticket_id IN (
           SELECT ticket.id UNION SELECT other.ticket_id FROM codegrey.pages AS own
             JOIN codegrey.pages AS other ON other.bundle_id = own.bundle_id WHERE own.ticket_id = ticket.id)) AS calls
      FROM codegrey.tickets AS ticket LEFT JOIN codegrey.pages AS page ON page.ticket_id = ticket.id
      WHERE ticket.id = ANY($1::uuid[]) GROUP BY ticket.id`;
    type State = { id: string; pages: number; reached: number; calls: number };
    await eventually(async () => {
      const rows = await desk.database.query<State>(state, [tickets]);
      expect(rows).toHaveLength(tickets.length);
      expect(rows.filter(({ reached, calls }) => reached < 1 || calls < 1)).toEqual([]);
      expect(rows.filter(({ pages, calls }) => pages !== 1 || calls > 2)).toEqual([]);
    }, 60_000);
  }
});
