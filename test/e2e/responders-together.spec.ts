import { Desk } from '../harness/desk.js';
import { eventually } from '../harness/eventually.js';

describe('responders together on one ticket', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await Desk.start();
  });
  afterAll(() => desk.stop());

  const claimed = async () => {
    const { id } = await desk.open();
    await desk.paged(id);
    await desk.as('responder').post(`/v1/tickets/${id}/claim`);
    return `/v1/tickets/${id}`;
  };

  it('hand over: the ticket stays with the giver until it is accepted', async () => {
    const ticket = await claimed();
    const offered = await desk
      .as('responder')
      .post(`${ticket}/handover`, { to: desk.keys.responder2.id, note: 'Shift' });
    expect(offered.body.claimedBy).toBe(desk.keys.responder.id);
    const stranger = await desk.as('responder3').post(`${ticket}/handover/accept`);
    expect([403, 409]).toContain(stranger.status);
    const accepted = await desk.as('responder2').post(`${ticket}/handover/accept`);
    expect([accepted.status, accepted.body.claimedBy]).toEqual([200, desk.keys.responder2.id]);
  });

  it('hand over: it stays where it is when it is refused', async () => {
    const ticket = await claimed();
    await desk.as('responder').post(`${ticket}/handover`, { to: desk.keys.responder2.id });
    const refused = await desk.as('responder2').post(`${ticket}/handover/refuse`);
    expect([refused.status, refused.body.claimedBy]).toEqual([200, desk.keys.responder.id]);
    expect((await desk.as('responder2').post(`${ticket}/handover/accept`)).status).toBe(409);
  });

  it('tell each other what the provider does not read', async () => {
    const ticket = await claimed();
    await desk.as('responder').post(`${ticket}/handover`, { to: desk.keys.responder2.id, note: 'Their chief panics' });
    await desk.as('responder').post(`${ticket}/release`, { note: 'I cannot work with them' });
    const said = async (person: 'provider' | 'coordinator') =>
      JSON.stringify((await desk.as(person).get(`${ticket}/timeline?limit=200`)).body);
    expect(await said('coordinator')).toMatch(/Their chief panics.*I cannot work with them/);
    expect(await said('provider')).toContain('ticket.released');
    expect(await said('provider')).not.toMatch(/panics|cannot work/);
  });

  it('are reinforced: more are paged, they join, the holder stays', async () => {
    const ticket = await claimed();
    const asked = await desk.as('responder').post(`${ticket}/reinforce`, { skills: ['backup-recovery'], count: 10 });
    expect(asked.status).toBe(200);
    await eventually(async () => {
      const { items } = (await desk.as('coordinator').get(`${ticket}/pages`)).body;
      const people = items.filter(({ purpose }: { purpose: string }) => purpose === 'reinforce');
      expect(people.map(({ responderId }: { responderId: string }) => responderId)).toContain(desk.keys.responder2.id);
    });
    const joined = await desk.as('responder2').post(`${ticket}/claim`);
    expect([joined.status, joined.body.claimedBy]).toEqual([200, desk.keys.responder.id]);
    expect(joined.body.joined).toEqual([desk.keys.responder2.id]);
  });

  it('cannot claim after a conflict of interest has come to light, even when they were paged before', async () => {
    const { id } = await desk.open();
    await desk.paged(id);
    const change = { conflictsWith: [desk.keys.provider.providerId] };
    await desk.as('admin').patch(`/v1/responders/${desk.keys.responder.id}`, change);
    const claim = await desk.as('responder').post(`/v1/tickets/${id}/claim`);
    await desk.as('admin').patch(`/v1/responders/${desk.keys.responder.id}`, { conflictsWith: [] });
    expect([claim.status, claim.body.type]).toEqual([403, expect.stringMatching(/conflict-of-interest$/)]);
    expect((await desk.ticket(id)).state).toBe('open');
  });

  it('are never paged about, nor given, a provider with which they have a conflict of interest', async () => {
    const { id: responderId } = desk.keys.responder3;
    const change = { conflictsWith: [desk.keys.provider.providerId] };
    expect((await desk.as('admin').patch(`/v1/responders/${responderId}`, change)).status).toBe(200);
    const { id } = await desk.open({ needs: { skills: ['ehr-vendor'] } });
    expect((await desk.as('responder3').post(`/v1/tickets/${id}/claim`)).status).toBe(404);
    const candidates = (await desk.as('coordinator').get(`/v1/tickets/${id}/candidates`)).body.items;
    const ruledOut = candidates.find((candidate: { responderId: string }) => candidate.responderId === responderId);
    expect(ruledOut).toMatchObject({ fits: false, ruledOutBecause: [expect.stringMatching(/conflict/i)] });
    const offered = await desk.as('coordinator').post(`/v1/tickets/${id}/handover`, { to: responderId });
    expect([403, 409, 422]).toContain(offered.status);
    expect((await desk.paged(id)).map((page) => page.responderId)).not.toContain(responderId);
  });
});
