import type { Json } from '../harness/client.js';
import { Desk } from '../harness/desk.js';

/** What makes a ticket SEV3: nothing is said of its impact. */
const sev3 = { impact: undefined };
const allDay = [{ from: '00:00', to: '00:00' }];

describe('who is not to be disturbed', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await Desk.start({ movableClock: true });
  });
  afterAll(() => desk.stop());
  // No storm: what a test has opened is over before the next begins.
  afterEach(() => desk.advance('PT15M'));

  const me = () => desk.keys.responder.id;
  const next = () => desk.keys.responder2.id;
  const firstPaged = async (ticket: object): Promise<Json> => {
    const { id } = await desk.open(ticket);
    return (await desk.paged(id))[0];
  };
  const inHours = async (hours: number) => {
    const now = await desk.advance('PT1S');
    return new Date(now.getTime() + hours * 3_600_000).toISOString();
  };
  const say = (body: object, who: 'responder' | 'responder2' | 'coordinator' = 'responder') =>
    desk.as(who).put(`/v1/responders/${me()}/standby`, body);

  it('has quiet hours for SEV3 and SEV4, and none for what cannot wait', async () => {
    const change = await desk.as('coordinator').patch(`/v1/responders/${me()}`, { quietHours: allDay });
    expect([change.status, change.body.quietHours]).toEqual([200, allDay]);
    expect((await firstPaged(sev3)).responderId).toBe(next());
    expect((await firstPaged({})).responderId).toBe(me());
    await desk.as('coordinator').patch(`/v1/responders/${me()}`, { quietHours: [] });
    expect((await firstPaged(sev3)).responderId).toBe(me());
  });

  it('is paged all the same when everybody is quiet: never silence', async () => {
    const { items } = (await desk.as('coordinator').get('/v1/responders?limit=200')).body;
    const quiet = (quietHours: object[]) =>
      Promise.all(items.map(({ id }: Json) => desk.as('coordinator').patch(`/v1/responders/${id}`, { quietHours })));
    await quiet(allDay);
    const page = await firstPaged(sev3);
    expect(page.responderId).toBe(me());
    expect(page.reasons).toContain('in their quiet hours');
    await quiet([]);
  });

  it('says so for a while, by themselves; it holds for what can wait, and ends by itself', async () => {
    const until = await inHours(1);
    const said = await say({ status: 'not-before', until });
    expect(said.body).toMatchObject({ responderId: me(), status: 'not-before', until, setBy: me() });
    expect((await firstPaged(sev3)).responderId).toBe(next());
    const urgent = await firstPaged({});
    expect(urgent.responderId).toBe(me());
    expect(urgent.reasons).toContain(`asked not to be paged before ${until}`);
    await desk.advance('PT1H');
    expect((await desk.as('responder2').get(`/v1/responders/${me()}/standby`)).body.status).toBe('normal');
    expect((await firstPaged(sev3)).responderId).toBe(me());
  });

  it('is passed by for SEV2 too where the policy says so', async () => {
    const policies = (await desk.as('admin').get('/v1/escalation-policies')).body.items;
    const { id, name, steps, repeat } = policies[0];
    const respecting = steps.map((step: Json) => ({ ...step, respectStandby: true }));
    const changed = await desk.as('admin').put(`/v1/escalation-policies/${id}`, { name, steps: respecting, repeat });
    expect(changed.status).toBe(200);
    await say({ status: 'driving', until: await inHours(2) });
    expect((await firstPaged({})).responderId).toBe(next());
    await desk.as('admin').put(`/v1/escalation-policies/${id}`, { name, steps, repeat });
    await say({ status: 'normal' });
  });

  it('is shown among the candidates, with the reason; who is awake comes first', async () => {
    await say({ status: 'driving', until: await inHours(1) }, 'coordinator');
    const { id } = await desk.open(sev3);
    const list = async (): Promise<Json[]> =>
      (await desk.as('coordinator').get(`/v1/tickets/${id}/candidates`)).body.items;
    const mine = (await list()).find(({ responderId }) => responderId === me());
    expect(mine).toMatchObject({ fits: true, heldBackBecause: [expect.stringMatching(/^driving until /)] });
    expect((await list()).at(-1).responderId).toBe(me());
    const before = mine.score;
    await say({ status: 'awake', until: await inHours(1) });
    const awake = (await list()).find(({ responderId }) => responderId === me());
    expect(awake.reasons).toContain('says they are awake');
    expect([awake.heldBackBecause, awake.score > before]).toEqual([[], true]);
    await say({ status: 'normal' });
  });

  it('speaks for nobody else, and for no longer than a week', async () => {
    const until = await inHours(1);
    expect((await say({ status: 'awake', until }, 'responder2')).status).toBe(403);
    expect((await desk.as('provider').put(`/v1/responders/${me()}/standby`, { status: 'normal' })).status).toBe(403);
    const nobody = '00000000-0000-7000-8000-000000000000';
    expect((await desk.as('coordinator').put(`/v1/responders/${nobody}/standby`, { status: 'normal' })).status).toBe(
      404,
    );
    const faulty = [
      { status: 'asleep', until },
      { status: 'awake' },
      { status: 'driving', until: await inHours(-1) },
      { status: 'not-before', until: await inHours(24 * 8) },
      { status: 'not-before', until: '06:00' },
      { status: 'normal', until },
    ];
    for (const body of faulty) {
      const answer = await say(body);
      expect([answer.status, answer.body.errors?.length]).toEqual([422, 1]);
    }
    expect((await desk.as('responder').get(`/v1/responders/${me()}/standby`)).body.status).toBe('normal');
  });
});

describe('matching over HTTP', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await Desk.start();
  });
  afterAll(() => desk.stop());

  it('asks for skills at a level, and shows what each candidate has', async () => {
    const { id } = desk.keys.responder3;
    const change = {
      skills: ['dicom'],
      skillLevels: { dicom: 5 },
      mandates: ['ro'],
      conflicts: [{ providerId: desk.keys.provider2.providerId, kind: 'sells-to' }],
    };
    const { status, body } = await desk.as('admin').patch(`/v1/responders/${id}`, change);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      skillLevels: { dicom: 5 },
      mandates: ['RO'],
      conflictsWith: [desk.keys.provider2.providerId],
      conflicts: change.conflicts,
    });
    const ticket = await desk.open({ needs: { skills: ['dicom'], skillLevels: { dicom: 4 } } });
    expect(ticket.needs.skillLevels).toEqual({ dicom: 4 });
    const { items } = (await desk.as('coordinator').get(`/v1/tickets/${ticket.id}/candidates`)).body;
    const candidate = items.find(({ responderId }: Json) => responderId === id);
    expect(candidate.reasons).toEqual(expect.arrayContaining(['has dicom at level 5', 'has a mandate in RO']));
    const elsewhere = (await desk.as('provider2').post('/v1/tickets', { summary: 'Imaging is slow' })).body;
    const there = (await desk.as('coordinator').get(`/v1/tickets/${elsewhere.id}/candidates`)).body.items;
    expect(there.find(({ responderId }: Json) => responderId === id)).toMatchObject({
      fits: false,
      ruledOutBecause: ['sells to this provider'],
    });
    expect((await desk.as('responder3').post(`/v1/tickets/${elsewhere.id}/claim`)).status).not.toBe(200);
  });

  it('remembers who has helped a provider before', async () => {
    const first = await desk.open();
    await desk.as('responder2').post(`/v1/tickets/${first.id}/claim`);
    const second = await desk.open();
    const { items } = (await desk.as('coordinator').get(`/v1/tickets/${second.id}/candidates`)).body;
    const known = items.find(({ responderId }: Json) => responderId === desk.keys.responder2.id);
    expect(known.reasons).toContain('has helped this provider before');
  });

  it.each([
    [{ skills: ['dicom'], skillLevels: { negotiation: 3 } }, '/needs/skillLevels/negotiation'],
    [{ skills: ['dicom'], skillLevels: { dicom: 9 } }, '/needs/skillLevels'],
  ])('refuses a need of %j', async (needs, pointer) => {
    const answer = await desk.as('provider').post('/v1/tickets', { summary: 'Imaging is slow', needs });
    expect([answer.status, answer.body.errors.map((fault: Json) => fault.pointer)]).toEqual([422, [pointer]]);
  });

  it('refuses levels of skills that somebody does not have, and providers that do not exist, all at once', async () => {
    const nobody = '00000000-0000-7000-8000-000000000000';
    const levels = await desk.as('admin').post('/v1/responders', { name: 'Somebody', skillLevels: { dicom: 3 } });
    expect([levels.status, levels.body.errors[0].pointer]).toEqual([422, '/skillLevels/dicom']);
    const conflicts = await desk.as('admin').post('/v1/responders', {
      name: 'Somebody',
      conflictsWith: [nobody],
      conflicts: [{ providerId: nobody, kind: 'works-for' }],
    });
    const pointers = conflicts.body.errors.map((fault: Json) => fault.pointer);
    expect([conflicts.status, pointers]).toEqual([422, ['/conflictsWith/0', '/conflicts/0/providerId']]);
  });
});
