import { Desk } from '../harness/desk.js';

describe('a case from the call to its close', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await Desk.start();
  });
  afterAll(() => desk.stop());

  const ransomNote = {
    summary: 'Ransom note on ward PCs, EHR unreachable',
    impact: { services: [{ service: 'ehr', status: 'down' }] },
    ransom: { noteFound: true },
  };

  it('is rated with reasons, and has its clocks from the first answer on', async () => {
    const ticket = await desk.open(ransomNote);
    expect(ticket.reference).toMatch(/^CG-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-Z*~$=]{4}$/);
    expect(ticket.state).toBe('open');
    expect(ticket.severity).toMatchObject({ level: 'SEV2', rated: 'SEV2' });
    expect(ticket.severity.reasons).toHaveLength(2);
    expect(namesOf(ticket.clocks)).toEqual(['claim', 'clinical-restoration', 'first-response']);
  });

  it('is found by its reference in any case and with confused characters', async () => {
    const ticket = await desk.open(ransomNote);
    const confused = ticket.reference.toLowerCase().replaceAll('0', 'o').replaceAll('1', 'l');
    const found = await desk.as('provider').get(`/v1/tickets/${confused}`);
    expect(found.body.id).toBe(ticket.id);
  });

  it('can be opened by a coordinator on behalf of a provider, and by an integration', async () => {
    const { providerId } = desk.keys.provider2;
    const onBehalf = await desk.as('coordinator').post('/v1/tickets', { summary: 'By telephone', providerId });
    expect([onBehalf.status, onBehalf.body.providerId]).toEqual([201, providerId]);
    const monitored = await desk.as('integration').post('/v1/tickets', { summary: 'Backup failed' });
    expect([monitored.status, monitored.body.providerId]).toEqual([201, desk.keys.integration.providerId]);
    expect(monitored.headers.get('location')).toBe(`/v1/tickets/${monitored.body.id}`);
  });

  it('goes the whole way, each step by the role whose step it is', async () => {
    const { id, incidentId } = await desk.open(ransomNote);
    const ticket = `/v1/tickets/${id}`;
    const incident = `/v1/incidents/${incidentId}`;
    const holder = desk.as('responder');
    await expectOk(holder.post(`${ticket}/claim`), { state: 'claimed', claimedBy: desk.keys.responder.id });
    await expectOk(holder.post(`${ticket}/respond`, { channel: 'phone', callbackVerified: true }), {
      callbackVerified: true,
    });
    await expectOk(holder.post(`${ticket}/updates`, { text: 'We are looking at the domain controllers.' }));
    await expectOk(desk.as('coordinator').post(`${ticket}/severity`, { level: 'SEV1', reason: 'ICU diverts' }), {
      severity: { level: 'SEV1', rated: 'SEV2' },
    });
    for (const phase of ['containment', 'eradication', 'recovery']) {
      await expectOk(holder.post(`${incident}/phase`, { to: phase }), { phase });
    }
    await expectOk(holder.put(`${incident}/services/ehr`, { status: 'ok' }), {
      restoration: { restored: 1, affected: 1 },
    });
    await expectOk(holder.post(`${ticket}/resolve`, { note: 'Restored from backup' }), { state: 'resolved' });
    await expectOk(holder.post(`${incident}/phase`, { to: 'post-incident' }), { phase: 'post-incident' });
    await expectOk(holder.post(`${incident}/review`, { summary: 'Legacy authentication was still on.' }));
    await expectOk(holder.post(`${incident}/phase`, { to: 'closed' }), { phase: 'closed' });

    const closed = await desk.as('provider').get(ticket);
    expect(closed.body.state).toBe('closed');
    expect(closed.body.clocks.map(({ state }: { state: string }) => state)).not.toContain('running');
    const told = (await desk.as('provider').get(`${ticket}/timeline?limit=200`)).body.items;
    expect(told.map(({ type }: { type: string }) => type).filter(isStep)).toEqual([
      'ticket.opened',
      'ticket.claimed',
      'ticket.responded',
      'ticket.update-posted',
      'ticket.severity-changed',
      'incident.phase-changed',
      'incident.phase-changed',
      'incident.phase-changed',
      'incident.service-changed',
      'ticket.resolved',
      'incident.phase-changed',
      'incident.review-published',
      'ticket.closed',
      'incident.phase-changed',
    ]);
  });

  it('refuses a phase that does not follow, and an action that its state does not allow', async () => {
    const { id, incidentId } = await desk.open(ransomNote);
    const phase = await desk.as('coordinator').post(`/v1/incidents/${incidentId}/phase`, { to: 'closed' });
    expect([phase.status, phase.body.type]).toEqual([409, expect.stringMatching(/phase-not-allowed$/)]);
    const release = await desk.as('coordinator').post(`/v1/tickets/${id}/release`, {});
    expect([release.status, release.body.state]).toEqual([409, 'open']);
  });

  it('is merged into another and taken apart again, each report kept whole and the stricter label on both', async () => {
    const first = await desk.open({ summary: 'EHR unreachable', tlp: 'TLP:GREEN' });
    const second = await desk.open({ summary: 'Ward PCs show a note', tlp: 'TLP:AMBER+STRICT' });
    const merged = await desk.as('coordinator').post(`/v1/tickets/${second.id}/merge`, { into: first.id });
    expect([merged.status, merged.body.state]).toEqual([200, 'merged']);
    expect(await desk.ticket(first.id)).toMatchObject({ tlp: 'TLP:AMBER+STRICT', summary: 'EHR unreachable' });
    expect(await desk.ticket(second.id)).toMatchObject({ summary: 'Ward PCs show a note', mergedInto: first.id });
  });
});

const isStep = (type: string) => /^(ticket|incident)\./.test(type);
const namesOf = (clocks: { name: string }[]) => clocks.map(({ name }) => name).sort();

async function expectOk(answered: Promise<{ status: number; body: unknown }>, expected: object = {}): Promise<void> {
  const { status, body } = await answered;
  expect({ status, body }).toMatchObject({ status: expect.any(Number), body: expected });
  expect([200, 201]).toContain(status);
}
