import type { Json } from '../harness/client.js';
import { Desk, sev1, sev2 } from '../harness/desk.js';
import { eventually, present } from '../harness/eventually.js';
import { EventStream } from '../harness/event-stream.js';

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
    (await desk.as('provider2').post('/v1/tickets', { summary: 'Laboratory unreachable', ...sev2 })).body;
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
    }
  });

  it('pages every ticket, and each person in bundles', async () => {
    const pages = await Promise.all(tickets.map((ticket) => untilSent(ticket)));
    expect(new Set(pages.map(({ responderId }) => responderId))).toEqual(new Set([desk.keys.responder.id]));
    const alone = pages.filter(({ bundleId }) => bundleId === null);
    const bundles = new Set(pages.flatMap(({ bundleId }) => (bundleId === null ? [] : [bundleId])));
    const sentAt = (page: Json) => Date.parse(page.deliveries[0].at);
    // One message of a bundle tells of all its pages.
    const last = Math.max(...pages.filter(({ deliveries }) => deliveries.length > 0).map(sentAt));
    for (const ticket of [urgent, others]) expect(sentAt(await pageOf(ticket))).toBeLessThan(last);
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
    expect(suspected.data.ticketsInAll).toBeGreaterThanOrEqual(5);
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
  let stream: EventStream;
  beforeAll(async () => {
    desk = await Desk.start({ movableClock: true });
    stream = await EventStream.open(desk, 'coordinator');
  });
  afterAll(async () => {
    await stream.cut();
    await desk.stop();
  });

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

  it('lets go of a ticket that becomes SEV1', async () => {
    const tickets = await Promise.all(Array.from({ length: 12 }, () => desk.open()));
    const bundled = await eventually(async () => {
      const pages = await Promise.all(tickets.map(async ({ id }) => (await desk.pages(id))[0]));
      return present(
        pages.find((page) => page?.bundleId && page.state === 'owed'),
        'page that waits in a bundle',
      );
    });
    const rated = { level: 'SEV1', reason: 'Emergency care is diverted.' };
    expect((await desk.as('coordinator').post(`/v1/tickets/${bundled.ticketId}/severity`, rated)).status).toBe(200);
    const [page] = await desk.paged(bundled.ticketId);
    const { items } = (await desk.as('coordinator').get(`/v1/demo/messages?to=responder1&limit=200`)).body;
    const messages = items.filter(({ ticketId }: Json) => ticketId === bundled.ticketId);
    expect(page.bundleId).toBeNull();
    expect(messages.map(({ subject }: Json) => subject)).not.toContainEqual(expect.stringContaining(' more '));
  });

  it('is told of again once the storm has doubled, and not before', async () => {
    const told = () =>
      stream.received.flatMap(({ event }) => (event.type === 'campaign.suspected' ? [event.data.ticketsInAll] : []));
    await eventually(() => expect(told()).toEqual([5]));
    await desk.advance('PT1M');
    await eventually(() => expect(told()).toEqual([5, 20]));
  });
});
