import { Desk } from '../harness/desk.js';

const json = { 'content-type': 'application/json' };
const summary = 'EHR unreachable';
const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
const bytes = (text: string) => Buffer.from(text, 'latin1');

interface Refusal {
  name: string;
  body: unknown;
  headers?: Record<string, string>;
  status: number;
  slug: string;
  pointers?: string[];
}

const refusals: Refusal[] = [
  { name: 'a garbled body', body: '{"summary": ', status: 400, slug: 'malformed-json' },
  { name: '10,000 levels of arrays', body: nested(10_000), status: 400, slug: 'malformed-json' },
  { name: '400,000 levels of arrays', body: nested(400_000), status: 400, slug: 'malformed-json' },
  { name: '__proto__', body: `{"summary":"x","__proto__":{"role":"admin"}}`, status: 400, slug: 'malformed-json' },
  { name: 'invalid UTF-8', body: bytes('{"summary":"\xff\xfe"}'), status: 400, slug: 'malformed-json' },
  { name: '20 MB', body: { summary: 'x'.repeat(20_000_000) }, status: 413, slug: 'content-too-large' },
  {
    name: 'a form',
    body: 'summary=x',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    status: 415,
    slug: 'unsupported-media-type',
  },
  {
    name: 'plain text',
    body: 'help',
    headers: { 'content-type': 'text/plain' },
    status: 415,
    slug: 'unsupported-media-type',
  },
  { name: 'NUL', body: '{"summary":"a\\u0000b"}', status: 422, slug: 'invalid-input', pointers: ['/summary'] },
  {
    name: 'half a surrogate pair',
    body: '{"summary":"\\ud800"}',
    status: 422,
    slug: 'invalid-input',
    pointers: ['/summary'],
  },
  { name: 'nothing', body: {}, status: 422, slug: 'invalid-input', pointers: ['/summary'] },
  { name: 'no object', body: '[1]', status: 422, slug: 'invalid-input' },
  {
    name: 'an unknown field',
    body: { summary, priority: 1 },
    status: 422,
    slug: 'invalid-input',
    pointers: ['/priority'],
  },
  {
    name: 'a million characters',
    body: { summary, description: 'x'.repeat(1_000_000) },
    status: 422,
    slug: 'invalid-input',
    pointers: ['/description'],
  },
  {
    name: 'a date in the year 275760',
    body: { summary, detectedAt: '+275760-09-13T00:00:00.000Z' },
    status: 422,
    slug: 'invalid-input',
    pointers: ['/detectedAt'],
  },
  {
    name: 'a date that does not exist',
    body: { summary, detectedAt: '2026-02-30T00:00:00Z' },
    status: 422,
    slug: 'invalid-input',
    pointers: ['/detectedAt'],
  },
  {
    name: 'several faults at once',
    body: {
      summary: 7,
      tlp: 'TLP:PINK',
      impact: { patientSafety: 'maybe', services: [{ service: 'ehr', status: 'gone' }] },
      colour: 'red',
    },
    status: 422,
    slug: 'invalid-input',
    pointers: ['/colour', '/impact/patientSafety', '/impact/services/0/status', '/summary', '/tlp'],
  },
];

describe('bad input', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await Desk.start();
  });
  afterAll(() => desk.stop());

  const openTickets = async () => (await desk.as('provider').get('/v1/tickets?limit=200')).body.items.length;

  it.each(refusals)('is refused: $name', async ({ body, headers, status, slug, pointers }) => {
    const before = await openTickets();
    const answer = await desk.as('provider').post('/v1/tickets', body, { ...json, ...headers });
    expect([answer.status, answer.body.type]).toEqual([status, `https://codegrey.eu/problems/${slug}`]);
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(answer.body).toMatchObject({ status, title: expect.any(String), detail: expect.any(String) });
    if (pointers) {
      const named = answer.body.errors.map(({ pointer }: { pointer: string }) => pointer);
      expect([...new Set(named)].sort()).toEqual(pointers);
    }
    expect(JSON.stringify(answer.body)).not.toMatch(/\.(js|ts):\d+|node_modules|at \w+ \(/);
    expect(await openTickets()).toBe(before);
  });

  it.each([
    ['/v1/tickets?limit=-1', 422],
    ['/v1/tickets?limit=201', 422],
    ['/v1/tickets?limit=many', 422],
    ['/v1/tickets?cursor=%00', 422],
    ['/v1/tickets?cursor=eyJ9', 422],
    ['/v1/tickets?state=asleep', 422],
    ['/v1/tickets?colour=red', 422],
    ['/v1/tickets/not-a-reference', 404],
    ['/v1/tickets/CG-0000-0001', 404],
    ['/v1/tickets/%00', 404],
    ['/v1/incidents/%27%3B--', 404],
    ['/v1/nothing', 404],
  ])('is refused in an address: %s', async (path, status) => {
    const answer = await desk.as('coordinator').get(path);
    expect([answer.status, answer.body.status]).toEqual([status, status]);
  });

  it('names a method that an address does not take', async () => {
    expect([404, 405]).toContain((await desk.as('provider').put('/v1/tickets', {})).status);
  });

  it('does not overwrite what somebody else changed meanwhile', async () => {
    const { id } = await desk.open();
    const stale = (await desk.as('coordinator').get(`/v1/tickets/${id}`)).headers.get('etag') ?? '';
    const level = { level: 'SEV1', reason: 'ICU diverts' };
    const first = await desk.as('coordinator').post(`/v1/tickets/${id}/severity`, level, { 'if-match': stale });
    expect(first.status).toBe(200);
    const second = await desk.as('coordinator').post(`/v1/tickets/${id}/severity`, level, { 'if-match': stale });
    expect([second.status, second.body.type]).toEqual([412, expect.stringMatching(/precondition-failed$/)]);
  });

  it('leaves the process alive', async () => {
    expect(desk.isRunning).toBe(true);
    expect((await desk.open()).state).toBe('open');
    expect((await desk.withKey(undefined).get('/healthz')).status).toBe(200);
    expect((await desk.withKey(undefined).get('/readyz')).status).toBe(200);
  });
});
