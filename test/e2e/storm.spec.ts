import type { Json } from '../harness/client.js';
import { Desk, sev1 } from '../harness/desk.js';
import { eventually, present } from '../harness/eventually.js';
import { EventStream } from '../harness/event-stream.js';

/** Less than any bundle gathers: whatever is sent sooner has not waited for the storm. Measured on an idle machine, it takes a tenth of it. */
const atOnceMs = 2_000;

describe('a storm of a hundred tickets', () => {
  const storm = 100;
  let desk: Desk;
  let stream: EventStream;
  let tickets: Json[];
  let urgent: Json;
  let others: Json;

  beforeAll(async () => {
    desk = await Desk.start({ movableClock: true });
    stream = await EventStream.open(desk, 'coordinator');
    tickets = await Promise.all(Array.from({ length: storm / 2 }, () => desk.open()));
    [urgent, others] = await Promise.all([desk.open(sev1), openElsewhere()]);
    tickets.push(...(await Promise.all(Array.from({ length: storm / 2 }, () => desk.open()))));
  });
  afterAll(async () => {
    await stream.cut();
    await desk.stop();
  });

  const openElsewhere = async (): Promise<Json> =>
    (await desk.as('provider2').post('/v1/tickets', { summary: 'Laboratory unreachable' })).body;
  const phone = async (): Promise<Json[]> =>
    (await desk.as('coordinator').get('/v1/demo/messages?to=responder1&channel=webhook&limit=200')).body.items;
  const proposals = (): Json[] =>
    stream.received.map(({ event }) => event).filter(({ type }) => type === 'campaign.suspected');
  const pageOf = async ({ id }: Json): Promise<Json> => (await desk.pages(id))[0];
  const untilSent = (ticket: Json) =>
    eventually(async () => {
      const page = await pageOf(ticket);
      expect(['sent', 'delivered']).toContain(page?.state);
      return page;
    }, 60_000);

  it('lets SEV1 and the ticket of another provider through at once', async () => {
    for (const ticket of [urgent, others]) {
      const page = await untilSent(ticket);
      expect(page.bundleId).toBeNull();
      const [first] = page.deliveries;
      expect(Date.parse(first.at) - Date.parse(ticket.createdAt)).toBeLessThan(atOnceMs);
    }
  });

  it('pages every ticket, and each person in bundles', async () => {
    const pages = await Promise.all(tickets.map((ticket) => untilSent(ticket)));
    expect(new Set(pages.map(({ responderId }) => responderId))).toEqual(new Set([desk.keys.responder.id]));
    const alone = pages.filter(({ bundleId }) => bundleId === null);
    const bundles = new Set(pages.flatMap(({ bundleId }) => (bundleId === null ? [] : [bundleId])));
    // Those before anybody could know that it is a storm, and its first.
    expect(alone.length).toBeLessThanOrEqual(5);
    expect(bundles.size).toBeLessThanOrEqual(4);
    const messages = await phone();
    const ofStorm = messages.filter(({ ticketId }) => tickets.some(({ id }) => id === ticketId));
    expect(ofStorm).toHaveLength(alone.length + bundles.size);
  });

  it('says in each message how many more there are, with the link of the first', async () => {
    const told = (await phone()).map(({ subject }) => Number(/ and (\d+) more /.exec(subject)?.[1] ?? 0));
    const alone = (await Promise.all(tickets.map(pageOf))).filter(({ bundleId }) => bundleId === null);
    const bundled = storm - alone.length;
    const bundles = told.filter((count) => count > 0);
    expect(bundles.reduce((sum, count) => sum + count + 1, 0)).toBe(bundled);
    const [message] = (await phone()).filter(({ subject }) => / and \d+ more /.test(subject));
    expect(message.text).toMatch(/\d+ more tickets like CG-.{4}-.{4}, each to be claimed by itself: CG-/);
    expect(message.links).toHaveLength(1);
  });

  it('is shown to the coordinators, and proposed to them as a campaign', async () => {
    const { items } = (await desk.as('coordinator').get('/v1/storms?state=live')).body;
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({
      cause: 'provider',
      value: desk.keys.provider.providerId,
      state: 'live',
      tickets: storm + 1,
      providers: 1,
      highestSeverity: 'SEV1',
    });
    const suspected = await eventually(() => present(proposals()[0], 'proposal of a campaign'));
    expect(suspected.data).toMatchObject({ id: items[0].id, cause: 'provider' });
    await desk.advance('PT1M');
    await eventually(() => {
      expect(proposals().at(-1).data.ticketsInAll).toBe(storm + 1);
    });
  });

  it('is nobody else’s to read', async () => {
    for (const person of ['provider', 'responder', 'integration', 'admin'] as const)
      expect((await desk.as(person).get('/v1/storms')).status).toBe(403);
    expect((await desk.as('coordinator').get('/v1/storms?state=soon')).status).toBe(422);
  });

  it('escalates every ticket by itself, again in bundles', async () => {
    const before = (await desk.messages({ to: 'responder2', channel: 'webhook' })).length;
    await desk.advance('PT5M');
    const pages = await Promise.all(
      tickets.map((ticket) =>
        eventually(async () => {
          const next = (await desk.pages(ticket.id)).find(({ responderId }) => responderId === desk.keys.responder2.id);
          expect(['sent', 'delivered']).toContain(next?.state);
          return next;
        }, 60_000),
      ),
    );
    expect(pages).toHaveLength(storm);
    const after = (await desk.messages({ to: 'responder2', channel: 'webhook' })).length;
    expect(after - before).toBeLessThanOrEqual(5);
  });

  it('is over when no ticket has come for ten minutes', async () => {
    await desk.advance('PT11M');
    await eventually(async () => {
      const { items } = (await desk.as('coordinator').get('/v1/storms')).body;
      expect(items.map(({ state }: Json) => state)).toEqual(['over']);
    });
  });
});

describe('a bundle', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await Desk.start();
  });
  afterAll(() => desk.stop());

  it('goes on without a ticket that was claimed meanwhile, and without its leading one', async () => {
    const alone: Json[] = [];
    for (let index = 0; index < 5; index += 1) {
      const ticket = await desk.open();
      await desk.paged(ticket.id);
      alone.push(ticket);
    }
    const bundled = await Promise.all([desk.open(), desk.open(), desk.open()]);
    const ids = await eventually(async () => {
      const pages = await Promise.all(bundled.map(async ({ id }) => (await desk.pages(id))[0]));
      expect(pages.map((page) => page?.bundleId ?? null)).not.toContain(null);
      return pages.map(({ bundleId }) => bundleId);
    });
    expect(new Set(ids).size).toBe(1);
    const [first, ...rest] = bundled;
    expect((await desk.as('responder2').post(`/v1/tickets/${first?.id}/claim`)).status).toBe(200);
    const sent = await Promise.all(rest.map(({ id }) => desk.paged(id)));
    expect(sent.map(([page]) => page.state)).toEqual(['delivered', 'delivered']);
    expect((await desk.pages(first?.id))[0].state).toBe('withdrawn');
    const messages = await desk.messages({ to: 'responder1', channel: 'webhook' });
    expect(messages).toHaveLength(alone.length + 1);
    expect(messages.filter(({ subject }) => subject.includes(' and 1 more '))).toHaveLength(1);
    expect(messages.filter(({ text }) => text.includes(first?.reference))).toEqual([]);
  });
});
