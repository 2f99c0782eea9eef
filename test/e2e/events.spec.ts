import { Desk } from '../harness/desk.js';
import { EventStream } from '../harness/event-stream.js';
import { eventually } from '../harness/eventually.js';

describe('the event stream', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await Desk.start();
  });
  afterAll(() => desk.stop());

  it('tells what happens to a case as CloudEvents, in order', async () => {
    const stream = await EventStream.open(desk, 'coordinator');
    const { id, reference } = await desk.open();
    await desk.paged(id);
    await desk.as('responder').post(`/v1/tickets/${id}/claim`);
    await eventually(() => {
      const types = stream.about(reference).map(({ type }) => type);
      expect(types).toEqual(
        expect.arrayContaining(['ticket.opened', 'clock.started', 'page.delivered', 'ticket.claimed']),
      );
      expect(types.indexOf('ticket.opened')).toBeLessThan(types.indexOf('ticket.claimed'));
    });
    const [opened] = stream.about(reference);
    expect(opened).toMatchObject({ specversion: '1.0', type: 'ticket.opened', datacontenttype: 'application/json' });
    expect(opened.data.id).toBe(id);
    await stream.cut();
  });

  it('resumes after a cut: nothing missed, nothing twice', async () => {
    const whole = await EventStream.open(desk, 'coordinator');
    const pieces: EventStream[] = [await EventStream.open(desk, 'coordinator')];
    const tickets: string[] = [];
    for (let round = 0; round < 4; round += 1) {
      const opened = await Promise.all(Array.from({ length: 10 }, () => desk.open()));
      tickets.push(...opened.map(({ reference }) => reference));
      const piece = pieces.at(-1);
      await eventually(() => expect(piece?.received.length).toBeGreaterThan(0));
      await piece?.cut();
      await Promise.all(opened.map(({ id }) => desk.as('responder').post(`/v1/tickets/${id}/claim`)));
      pieces.push(await EventStream.open(desk, 'coordinator', piece?.lastEventId));
    }
    await eventually(() => {
      for (const reference of tickets) {
        expect(whole.about(reference).map(({ type }) => type)).toContain('ticket.claimed');
      }
      expect(pieces.flatMap(({ eventIds }) => eventIds)).toEqual(whole.eventIds);
    }, 30_000);
    expect(new Set(whole.eventIds).size).toBe(whole.eventIds.length);
    await Promise.all([whole, ...pieces].map((stream) => stream.cut()));
  });

  it('resumes after the process was killed and started again', async () => {
    const before = await EventStream.open(desk, 'coordinator');
    const first = await desk.open();
    await eventually(() => expect(before.about(first.reference)).not.toEqual([]));
    await before.cut();
    const { lastEventId } = before;
    const missed = await desk.open();
    await desk.kill('SIGKILL');
    await desk.restart();
    const after = await EventStream.open(desk, 'coordinator', lastEventId);
    await eventually(() => {
      const types = after.about(missed.reference).map(({ type }) => type);
      expect(types.filter((type) => type === 'ticket.opened')).toHaveLength(1);
    });
    expect(after.eventIds.filter((id) => before.eventIds.includes(id))).toEqual([]);
    await after.cut();
  });

  it('tells another provider nothing, and the provider nothing of whom the desk pages', async () => {
    const stranger = await EventStream.open(desk, 'provider2');
    const provider = await EventStream.open(desk, 'provider');
    const { id, reference } = await desk.open();
    await desk.paged(id);
    await desk.as('responder').post(`/v1/tickets/${id}/claim`);
    await eventually(() => {
      expect(provider.about(reference).map(({ type }) => type)).toContain('ticket.claimed');
    });
    expect(provider.about(reference).filter(({ type }) => type.startsWith('page.'))).toEqual([]);
    expect(stranger.received).toEqual([]);
    await Promise.all([stranger.cut(), provider.cut()]);
  });

  it('is for whoever has a credential', async () => {
    expect((await desk.withKey(undefined).get('/v1/events')).status).toBe(401);
  });
});
