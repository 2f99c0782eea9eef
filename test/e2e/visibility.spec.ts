import { Desk, type Person } from '../harness/desk.js';

const reads = ['', '/timeline', '/clocks'];
const deskReads = ['/pages', '/candidates'];
const changes: [string, object][] = [
  ['/claim', {}],
  ['/decline', { reason: 'no-capacity' }],
  ['/release', {}],
  ['/handover', { to: '01a20d0c-3e19-75b1-b25c-229d6e318c6f' }],
  ['/reinforce', { count: 1 }],
  ['/respond', { channel: 'phone', callbackVerified: true }],
  ['/severity', { level: 'SEV1', reason: 'x' }],
  ['/updates', { text: 'x' }],
  ['/resolve', { note: 'x' }],
  ['/reopen', { reason: 'x' }],
  ['/reject', { reason: 'x' }],
];

describe('who may see and do what', () => {
  let desk: Desk;
  let id: string;
  let incidentId: string;
  beforeAll(async () => {
    desk = await Desk.start();
    ({ id, incidentId } = await desk.open());
    await desk.paged(id);
  });
  afterAll(() => desk.stop());

  const statuses = async (person: Person, paths: string[]) =>
    Promise.all(paths.map(async (path) => (await desk.as(person).get(path)).status));
  const ticketPaths = (paths: string[]) => paths.map((path) => `/v1/tickets/${id}${path}`);
  const listed = async (person: Person) =>
    (await desk.as(person).get('/v1/tickets?limit=200')).body.items.map((ticket: { id: string }) => ticket.id);

  it.each(['provider', 'responder', 'coordinator', 'auditor'] as const)('%s reads the case', async (person) => {
    expect(await statuses(person, [...ticketPaths(reads), `/v1/incidents/${incidentId}`])).toEqual([
      200, 200, 200, 200,
    ]);
    expect(await listed(person)).toContain(id);
  });

  it('another provider does not learn that the case exists', async () => {
    const paths = [...ticketPaths(reads), `/v1/incidents/${incidentId}`];
    expect(await statuses('provider2', paths)).toEqual([404, 404, 404, 404]);
    expect(await listed('provider2')).toEqual([]);
    const found = await desk.as('provider2').get('/v1/tickets?q=unreachable');
    expect(found.body.items).toEqual([]);
    expect((await desk.as('provider2').get('/v1/clocks')).body.items).toEqual([]);
  });

  it('another provider is answered as if there were nothing, whatever it tries', async () => {
    const none = '01a20d0c-5e76-73d8-a2a8-8c5f43e302a5';
    for (const [path, body] of changes) {
      const real = await desk.as('provider2').post(`/v1/tickets/${id}${path}`, body);
      const invented = await desk.as('provider2').post(`/v1/tickets/${none}${path}`, body);
      expect([path, real.status]).toEqual([path, invented.status]);
      expect([403, 404]).toContain(real.status);
    }
  });

  it('the provider does not see whom the desk pages, nor the candidates', async () => {
    expect(await statuses('provider', ticketPaths(deskReads))).toEqual([403, 403]);
  });

  it('an administrator sees no case', async () => {
    for (const status of await statuses('admin', ticketPaths([...reads, ...deskReads])))
      expect([403, 404]).toContain(status);
    expect([200, 403]).toContain((await desk.as('admin').get('/v1/tickets')).status);
  });

  it('an integration sees what it reported and nothing else', async () => {
    expect((await desk.as('integration').get(`/v1/tickets/${id}`)).status).toBe(404);
    const own = (await desk.as('integration').post('/v1/tickets', { summary: 'Backup failed' })).body;
    expect((await desk.as('integration').get(`/v1/tickets/${own.id}`)).status).toBe(200);
  });

  it.each(changes)('an auditor changes nothing: %s', async (path, body) => {
    expect((await desk.as('auditor').post(`/v1/tickets/${id}${path}`, body)).status).toBe(403);
  });

  it('nobody but an administrator makes credentials, people and policies', async () => {
    for (const person of ['provider', 'responder', 'auditor', 'integration'] as const) {
      const key = await desk.as(person).post('/v1/api-keys', { name: 'x', role: 'admin' });
      const responder = await desk.as(person).post('/v1/responders', { name: 'x' });
      expect([person, key.status, responder.status]).toEqual([person, 403, 403]);
    }
  });

  it('TLP:RED is for those who take part', async () => {
    const red = await desk.open({ tlp: 'TLP:RED' });
    await desk.paged(red.id);
    const path = `/v1/tickets/${red.id}`;
    expect((await desk.as('responder').get(path)).status).toBe(200);
    expect((await desk.as('responder3').get(path)).status).toBe(404);
    expect((await desk.as('responder3').post(`${path}/claim`)).status).toBe(404);
    expect(await listed('responder3')).not.toContain(red.id);
    expect((await desk.as('coordinator').get(path)).status).toBe(200);
  });

  it.each(['/v1/tickets', '/v1/me', '/v1/clocks', '/v1/oncall', '/v1/responders'])(
    'nobody reads %s without a credential',
    async (path) => {
      expect((await desk.withKey(undefined).get(path)).status).toBe(401);
      expect((await desk.withKey('cgk_guessed').get(path)).status).toBe(401);
    },
  );

  it('a jurisdiction is the same in capitals and without', async () => {
    const coordinator = async (countries: string[]) => {
      const made = await desk.as('admin').post('/v1/api-keys', { name: 'Region', role: 'coordinator', countries });
      expect(made.body.countries).toEqual(countries.map((code) => code.toUpperCase()));
      return desk.withKey(made.body.key);
    };
    const { country } = await desk.ticket(id);
    const path = `/v1/tickets/${id}`;
    expect((await (await coordinator([country.toLowerCase()])).get(path)).status).toBe(200);
    expect((await (await coordinator(['mt'])).get(path)).status).toBe(404);
  });

  it('a revoked key is worth nothing', async () => {
    const made = await desk.as('admin').post('/v1/api-keys', { name: 'Short-lived', role: 'coordinator' });
    const holder = desk.withKey(made.body.key);
    expect((await holder.get('/v1/me')).status).toBe(200);
    const revoked = await desk.as('admin').delete(`/v1/api-keys/${made.body.id}`);
    expect([200, 204]).toContain(revoked.status);
    expect((await holder.get('/v1/me')).status).toBe(401);
  });
});
