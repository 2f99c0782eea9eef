import { Alertmanager } from '../harness/alertmanager.js';
import type { Json } from '../harness/client.js';
import { Desk } from '../harness/desk.js';
import { eventually, present } from '../harness/eventually.js';

const summaryOfPayload = 'EHR database does not answer';

/** As Alertmanager 0.25 and later send it (version "4"). */
function payload(status: 'firing' | 'resolved', fingerprint: string): object {
  const labels = { alertname: 'EhrDown', service: 'ehr', severity: 'critical' };
  return {
    version: '4',
    groupKey: '{}:{alertname="EhrDown"}',
    truncatedAlerts: 0,
    status,
    receiver: 'codegrey',
    groupLabels: { alertname: 'EhrDown' },
    commonLabels: labels,
    commonAnnotations: { summary: summaryOfPayload },
    externalURL: 'http://alertmanager.example:9093',
    alerts: [
      {
        status,
        labels,
        annotations: { summary: summaryOfPayload },
        startsAt: '2026-02-11T01:40:00.123456789Z',
        endsAt: status === 'resolved' ? '2026-02-11T02:40:00Z' : '0001-01-01T00:00:00Z',
        generatorURL: 'http://prometheus.example:9090/graph?g0.expr=up',
        fingerprint,
      },
    ],
  };
}

describe('alerts of a monitoring system', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await Desk.start();
  });
  afterAll(() => desk.stop());

  const ticketsAbout = async (summary: string): Promise<Json[]> => {
    const { items } = (await desk.as('coordinator').get('/v1/tickets?limit=200')).body;
    return items.filter((ticket: Json) => ticket.summary === summary);
  };
  const post = async (body: object) => {
    const answer = await desk.as('integration').post('/v1/intake/alertmanager', body);
    expect([answer.status, answer.body]).toEqual([200, expect.anything()]);
  };

  it('open one ticket, however often they are repeated, and tell it when they are over', async () => {
    await post(payload('firing', '9f2d1c0b7a6e5f40'));
    await post(payload('firing', '9f2d1c0b7a6e5f40'));
    const [ticket, ...others] = await ticketsAbout(summaryOfPayload);
    expect(others).toEqual([]);
    expect(ticket).toMatchObject({ severity: { level: 'SEV2' }, providerId: desk.keys.integration.providerId });
    await desk.paged(ticket.id);
    await post(payload('resolved', '9f2d1c0b7a6e5f40'));
    expect((await desk.timeline(ticket.id)).map(({ type }) => type)).toContain('ticket.alert-resolved');
    expect(await ticketsAbout(summaryOfPayload)).toHaveLength(1);
  });

  it('are taken from integrations only', async () => {
    const body = payload('firing', 'a');
    expect((await desk.as('provider').post('/v1/intake/alertmanager', body)).status).toBe(403);
    expect((await desk.withKey(undefined).post('/v1/intake/alertmanager', body)).status).toBe(401);
  });

  it('come from a real Alertmanager', async () => {
    const alertmanager = await Alertmanager.start(`${desk.url}/v1/intake/alertmanager`, desk.keys.integration.key);
    try {
      const labels = { alertname: 'PacsDown', service: 'imaging', severity: 'critical' };
      const annotations = { summary: 'The picture archive does not answer' };
      await alertmanager.alert(labels, annotations);
      const ticket = await eventually(
        async () => present((await ticketsAbout(annotations.summary))[0], 'ticket'),
        30_000,
      );
      expect(ticket.impact.services).toEqual([{ service: 'imaging', status: 'down' }]);
      await alertmanager.alert(labels, annotations, new Date());
      await eventually(async () => {
        expect((await desk.timeline(ticket.id)).map(({ type }) => type)).toContain('ticket.alert-resolved');
      }, 30_000);
      expect(await ticketsAbout(annotations.summary)).toHaveLength(1);
    } finally {
      await alertmanager.stop();
    }
  });
});
