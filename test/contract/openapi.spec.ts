import { Validator } from '@seriousme/openapi-schema-validator';
import { Desk } from '../harness/desk.js';
import { eventually } from '../harness/eventually.js';
import { channels } from './channels.js';
import { Contract } from './contract.js';
import { rosterWatch } from './roster-watch.js';
import { matchingAndStorms } from './matching-and-storms.js';
import { ownTime } from './own-time.js';
import { escalationHolds } from './escalation.js';
import { schedulesInDepth } from './schedules.js';
import { replies } from './replies.js';

const nobody = '00000000-0000-7000-8000-000000000000';

describe('the contract', () => {
  let desk: Desk;
  let contract: Contract;

  beforeAll(async () => {
    desk = await Desk.start({ movableClock: true });
    contract = await Contract.of(desk);
  });

  afterAll(() => desk.stop());

  it('is valid OpenAPI 3.1', async () => {
    const result = await new Validator().validate(structuredClone(contract.document));
    expect(result.errors ?? []).toEqual([]);
    expect(result.valid).toBe(true);
  });

  it('holds for the desk itself', async () => {
    await contract.call(null, 'GET /healthz');
    await contract.call(null, 'GET /readyz');
    await contract.call(null, 'GET /metrics');
    await contract.call('provider', 'GET /v1/me');
    await contract.call('admin', 'POST /v1/clock/advance', {}, { by: 'PT1S' });
    const key = await contract.call('admin', 'POST /v1/api-keys', {}, { name: 'Contract', role: 'auditor' });
    await contract.call('admin', 'GET /v1/api-keys', {}, undefined, '?limit=2');
    await contract.call('admin', 'DELETE /v1/api-keys/{id}', { id: key.body.id });
    await contract.call('auditor', 'GET /v1/audit', {}, undefined, '?limit=5');
    await contract.call('auditor', 'GET /v1/audit/verify');
  });

  it('holds for providers and the roster', async () => {
    const provider = { name: 'Contract clinic', country: 'AT', timeZone: 'Europe/Vienna', kind: 'clinic' };
    const { body: clinic } = await contract.call('coordinator', 'POST /v1/providers', {}, provider);
    await contract.call('coordinator', 'GET /v1/providers', {}, undefined, '?country=AT');
    await contract.call('coordinator', 'GET /v1/providers/{id}', clinic);
    await contract.call('coordinator', 'PATCH /v1/providers/{id}', clinic, { languages: ['de'] });
    const { body: responder } = await contract.call(
      'admin',
      'POST /v1/responders',
      {},
      { name: 'Contract responder', conflictsWith: [clinic.id] },
    );
    await contract.call('coordinator', 'GET /v1/responders');
    await contract.call('coordinator', 'GET /v1/responders/{id}', responder);
    await contract.call('coordinator', 'GET /v1/responders/{id}/notices', responder);
    await contract.call('coordinator', 'PATCH /v1/responders/{id}', responder, { skills: ['negotiation'] });
    const { body: team } = await contract.call(
      'admin',
      'POST /v1/teams',
      {},
      { name: 'Contract team', members: [responder.id] },
    );
    await contract.call('admin', 'GET /v1/teams');
    await contract.call('admin', 'GET /v1/teams/{id}', team);
    await contract.call('admin', 'PATCH /v1/teams/{id}', team, { name: 'Contract team' });
    await contract.call('admin', 'PUT /v1/teams/{id}', team, { name: 'Contract team', members: [] });
    await contract.call('admin', 'DELETE /v1/teams/{id}', team);
    await schedules(contract, responder.id);
    await contactMethods(contract, responder.id);
    await contract.call('admin', 'DELETE /v1/responders/{id}', responder);
  });

  it('holds for the roster watch and the reports about the roster', () => rosterWatch(contract));
  it('holds for schedules in depth', () =>
    schedulesInDepth(contract, [desk.keys.responder.id, desk.keys.responder2.id, desk.keys.responder3.id]));

  it('holds for a case from call to close', async () => {
    const { body: ticket } = await contract.call(
      'provider',
      'POST /v1/tickets',
      {},
      { summary: 'EHR unreachable', impact: { services: [{ service: 'ehr', status: 'down' }] } },
    );
    const incident = { id: ticket.incidentId };
    await eventually(async () => expect(await desk.pages(ticket.id)).not.toEqual([]));
    await contract.call('responder', 'POST /v1/tickets/{id}/decline', ticket, { reason: 'no-capacity' });
    await contract.call('provider', 'GET /v1/tickets', {}, undefined, '?state=open&limit=1');
    await contract.call('provider', 'GET /v1/tickets/{id}', ticket);
    await contract.call('coordinator', 'GET /v1/tickets/{id}/candidates', ticket);
    await contract.call('coordinator', 'GET /v1/tickets/{id}/pages', ticket);
    await contract.call('responder2', 'POST /v1/tickets/{id}/claim', ticket);
    await contract.call('responder2', 'POST /v1/tickets/{id}/respond', ticket, { channel: 'telephone' });
    await contract.call('responder2', 'POST /v1/tickets/{id}/updates', ticket, { text: 'We are on it.' });
    await contract.call('responder2', 'POST /v1/tickets/{id}/severity', ticket, {
      level: 'SEV1',
      reason: 'Emergency care is diverted.',
    });
    await contract.call('responder2', 'POST /v1/tickets/{id}/reinforce', ticket, { count: 1 });
    const [asked] = await eventually(async () => {
      const helpers = (await desk.pages(ticket.id)).filter(({ purpose }) => purpose === 'reinforce');
      expect(helpers).not.toEqual([]);
      return helpers;
    });
    const helper = { name: 'Helper', role: 'responder', principalId: asked.responderId };
    const { key } = (await desk.as('admin').post('/v1/api-keys', helper)).body;
    await contract.callWith(key, 'POST /v1/tickets/{id}/join', ticket);
    const to = (await desk.as('responder3').get('/v1/me')).body.id as string;
    await contract.call('responder2', 'POST /v1/tickets/{id}/handover', ticket, { to });
    await contract.call('responder3', 'POST /v1/tickets/{id}/handover/refuse', ticket);
    await contract.call('responder2', 'POST /v1/tickets/{id}/handover', ticket, { to });
    await contract.call('responder3', 'POST /v1/tickets/{id}/handover/accept', ticket);
    const { body: clocks } = await contract.call('responder3', 'GET /v1/tickets/{id}/clocks', ticket);
    const containment = clocks.items.find(({ name }: { name: string }) => name === 'containment');
    await contract.call('responder3', 'POST /v1/clocks/{id}/pause', containment, { reason: 'waiting-for-provider' });
    await contract.call('responder3', 'POST /v1/clocks/{id}/resume', containment);
    await contract.call('coordinator', 'GET /v1/clocks');
    await contract.call('coordinator', 'GET /v1/board');
    await contract.call('responder3', 'POST /v1/tickets/{id}/release', ticket, {});
    await contract.call('responder3', 'POST /v1/tickets/{id}/claim', ticket);
    await contract.call(
      'provider',
      'PUT /v1/incidents/{id}/services/{service}',
      { ...incident, service: 'ehr' },
      { status: 'ok' },
    );
    for (const to of ['containment', 'eradication', 'recovery'])
      await contract.call('responder3', 'POST /v1/incidents/{id}/phase', incident, { to });
    await contract.call('responder3', 'POST /v1/incidents/{id}/notes', incident, {
      text: 'The domain controllers are clean.',
    });
    await contract.call('responder3', 'POST /v1/tickets/{id}/resolve', ticket, {});
    await contract.call('provider', 'POST /v1/tickets/{id}/reopen', ticket, { reason: 'It is down again.' });
    await contract.call('responder3', 'POST /v1/tickets/{id}/resolve', ticket, {});
    await contract.call('responder3', 'POST /v1/incidents/{id}/phase', incident, { to: 'post-incident' });
    await contract.call('responder3', 'POST /v1/incidents/{id}/review', incident, {
      summary: 'Offline copies saved the day.',
    });
    await contract.call('responder3', 'POST /v1/incidents/{id}/phase', incident, { to: 'closed' });
    await contract.call('provider', 'GET /v1/incidents/{id}', incident);
    await contract.call('provider', 'GET /v1/tickets/{id}/timeline', ticket, undefined, '?limit=100');
  });

  it('holds for reports that belong together, and those that are none', async () => {
    const [one, two, three] = [await desk.open(), await desk.open(), await desk.open()];
    await contract.call('coordinator', 'POST /v1/tickets/{id}/merge', one, { into: two.id });
    await contract.call('coordinator', 'POST /v1/tickets/{id}/unmerge', one);
    await contract.call('coordinator', 'POST /v1/tickets/{id}/reject', three, { reason: 'A test by mistake.' });
    const alert = { status: 'firing', labels: { alertname: 'EhrDown', service: 'ehr' }, fingerprint: 'f00d' };
    await contract.call(
      'integration',
      'POST /v1/intake/alertmanager',
      {},
      { version: '4', groupKey: '{}:{}', status: 'firing', alerts: [alert] },
    );
  });

  it('holds for page links, streams and the demo', async () => {
    const ticket = await desk.open();
    const [message] = await eventually(async () => {
      const messages = await desk.messages({ ticket: ticket.id });
      expect(messages).not.toEqual([]);
      return messages;
    });
    await contract.call('coordinator', 'GET /v1/demo/messages', {}, undefined, `?ticket=${ticket.reference}`);
    const token = String(message.links[0]).split('/').at(-1) ?? '';
    await contract.call(null, 'GET /v1/pages/{token}', { token });
    await contract.call(null, 'POST /v1/pages/{token}/claim', { token });
    await contract.call(null, 'POST /v1/pages/{token}/undo', { token });
    const again = await eventually(async () => {
      const messages = await desk.messages({ ticket: ticket.id });
      expect(messages.length).toBeGreaterThan(2);
      return messages[0];
    });
    await contract.call(
      null,
      'POST /v1/pages/{token}/decline',
      { token: String(again.links[0]).split('/').at(-1) ?? '' },
      { reason: 'other' },
    );
    const stream = await fetch(new URL('/v1/events', desk.url), {
      headers: { authorization: `Bearer ${desk.keys.coordinator.key}` },
    });
    expect(stream.headers.get('content-type')).toContain('text/event-stream');
    await stream.body?.cancel();
    contract.note('GET /v1/events');
  });

  it('holds for matching and storms', () => matchingAndStorms(contract, desk.keys.responder.id));
  it('holds for absences, shifts that are handed on, and calendars', () => ownTime(desk, contract));
  it('holds for channels', () => channels(contract));
  it('holds for escalation', () => escalationHolds(contract, desk));
  it('holds for replies and receipts', () => replies(contract, desk));

  it('describes failures as it answers them', async () => {
    await contract.call(null, 'GET /v1/me');
    await contract.call('provider', 'POST /v1/tickets', {}, { summmary: 'misspelt' });
    await contract.call('provider', 'GET /v1/tickets/{id}', { id: nobody });
    await contract.call('auditor', 'POST /v1/tickets', {}, { summary: 'An auditor asks for help' });
  });

  it('has been held against every operation', () => {
    expect(contract.unseen).toEqual([]);
  });
});

async function schedules(contract: Contract, responderId: string): Promise<void> {
  const rotation = { unit: 'week', length: 1, firstHandoff: '2026-01-05T08:00', members: [responderId, null] };
  const input = {
    name: 'Contract rota',
    timeZone: 'Europe/Vienna',
    layers: [{ name: 'Nights', rotation, restrictions: [{ days: ['mo'], from: '18:00', to: '08:00' }] }],
  };
  const window = '?from=2026-02-01T00:00:00Z&to=2026-03-01T00:00:00Z';
  const { body: schedule } = await contract.call('admin', 'POST /v1/schedules', {}, input);
  await contract.call('admin', 'GET /v1/schedules');
  await contract.call(
    'admin',
    'POST /v1/schedules/preview',
    {},
    { ...input, from: '2026-02-01T00:00:00Z', to: '2026-03-01T00:00:00Z' },
  );
  await contract.call('admin', 'GET /v1/schedules/{id}', schedule);
  await contract.call('admin', 'PUT /v1/schedules/{id}', schedule, input);
  await contract.call('admin', 'GET /v1/schedules/{id}/shifts', schedule, undefined, window);
  await contract.call('admin', 'GET /v1/schedules/{id}/gaps', schedule, undefined, window);
  const override = { kind: 'add', responderId, start: '2026-02-10T00:00:00Z', end: '2026-02-11T00:00:00Z' };
  const { body: added } = await contract.call('admin', 'POST /v1/schedules/{id}/overrides', schedule, override);
  await contract.call('admin', 'DELETE /v1/schedules/{id}/overrides/{override}', {
    id: schedule.id,
    override: added.id,
  });
  await contract.call('responder', 'GET /v1/oncall');
  const policy = {
    name: 'Contract policy',
    appliesTo: { countries: ['AT'] },
    steps: [{ targets: [{ schedule: schedule.id }], thenWait: 'PT5M' }],
  };
  const { body: made } = await contract.call('admin', 'POST /v1/escalation-policies', {}, policy);
  await contract.call('admin', 'GET /v1/escalation-policies');
  await contract.call('admin', 'GET /v1/escalation-policies/{id}', made);
  await contract.call('admin', 'PUT /v1/escalation-policies/{id}', made, policy);
  await contract.call('admin', 'DELETE /v1/escalation-policies/{id}', made);
  await contract.call('admin', 'DELETE /v1/schedules/{id}', schedule);
}

async function contactMethods(contract: Contract, id: string): Promise<void> {
  const { body: method } = await contract.call(
    'admin',
    'POST /v1/responders/{id}/contact-methods',
    { id },
    { channel: 'email', address: 'contract@desk.example' },
  );
  const parts = { id, method: method.id as string };
  await contract.call('admin', 'GET /v1/responders/{id}/contact-methods', { id });
  // A second code is sent only after a while.
  await contract.call('admin', 'POST /v1/clock/advance', {}, { by: 'PT2M' });
  await contract.call('admin', 'POST /v1/responders/{id}/contact-methods/{method}/code', parts);
  const code = await eventually(async () => {
    const { body } = await contract.call(
      'coordinator',
      'GET /v1/demo/messages',
      {},
      undefined,
      '?to=contract@desk.example',
    );
    expect(body.items).toHaveLength(2);
    return /\b\d{6}\b/.exec(body.items[0].text)?.[0];
  });
  await contract.call('admin', 'POST /v1/responders/{id}/contact-methods/{method}/verify', parts, { code });
  await contract.call('admin', 'POST /v1/responders/{id}/contact-methods/{method}/test', parts);
  await contract.call('admin', 'PUT /v1/responders/{id}/notification-rules', { id }, [
    { severity: ['SEV1'], contactMethodId: method.id, after: 'PT0S' },
  ]);
  await contract.call('admin', 'GET /v1/responders/{id}/notification-rules', { id });
  await contract.call('admin', 'DELETE /v1/responders/{id}/contact-methods/{method}', parts);
}
