import { Desk } from '../harness/desk.js';
import { eventually, present } from '../harness/eventually.js';
import type { Json } from '../harness/client.js';

describe('paging', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await Desk.start({ movableClock: true });
  });
  afterAll(() => desk.stop());

  const pagedPeople = (pages: Json[]) => pages.map(({ responderId }) => responderId);
  const linkFor = async (ticket: string, to: string): Promise<string> => {
    const message = await eventually(async () => present((await desk.messages({ ticket, to }))[0], `message to ${to}`));
    return present<string>(message.links[0], 'link');
  };
  const press = (link: string, body?: object) => desk.withKey(undefined).post(link, body);

  it('reaches who is on call by telephone and by mail', async () => {
    const { id } = await desk.open();
    const [page] = await desk.paged(id);
    expect(page).toMatchObject({ responderId: desk.keys.responder.id, step: 1, purpose: 'claim' });
    expect(page.reasons).toContain('on call now');
    await eventually(async () => {
      const channels = (await desk.messages({ ticket: id })).map(({ channel }) => channel).sort();
      expect(channels).toEqual(['email', 'webhook']);
    });
  });

  it('is not answered by a mail scanner that opens the link', async () => {
    const { id } = await desk.open();
    const link = await linkFor(id, 'responder1@desk.example');
    const before = await desk.ticket(id);
    for (let time = 0; time < 5; time += 1) {
      expect((await fetch(link)).status).toBe(200);
      expect((await fetch(link, { method: 'HEAD' })).status).toBe(200);
    }
    expect(await desk.ticket(id)).toEqual(withoutRemaining(before));
    expect(pagedPeople(await desk.pages(id))).toHaveLength(1);
  });

  it('is answered by the button behind the link, which can be taken back for a minute', async () => {
    const { id } = await desk.open();
    const link = await linkFor(id, 'responder1');
    const claimed = await press(`${link}/claim`);
    expect([claimed.status, claimed.body.claimedBy]).toEqual([200, desk.keys.responder.id]);
    const undone = await press(`${link}/undo`);
    expect([undone.status, undone.body.state]).toEqual([200, 'open']);
    await desk.paged(id, 2);
  });

  it('does not let a claim be taken back after a minute', async () => {
    const { id } = await desk.open();
    const link = await linkFor(id, 'responder1');
    await press(`${link}/claim`);
    await desk.advance('PT61S');
    const undone = await press(`${link}/undo`);
    expect([undone.status, undone.body.type]).toEqual([409, expect.stringMatching(/undo-too-late$/)]);
    expect((await desk.ticket(id)).state).toBe('claimed');
  });

  it('says nothing about a ticket to whoever guesses a link', async () => {
    const guessed = await press('/v1/pages/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA/claim');
    expect([guessed.status, guessed.body.type]).toEqual([404, expect.stringMatching(/page-link-unknown$/)]);
  });

  it('goes to the next person at once when somebody declines', async () => {
    const { id } = await desk.open();
    await desk.paged(id);
    const declined = await desk.as('responder').post(`/v1/tickets/${id}/decline`, { reason: 'no-capacity' });
    expect(declined.status).toBe(200);
    expect(pagedPeople(await desk.paged(id, 2))).toEqual([desk.keys.responder.id, desk.keys.responder2.id]);
  });

  it('goes on step by step when nobody answers, and at the end to everybody and the coordinator', async () => {
    const { id } = await desk.open();
    await desk.paged(id);
    await desk.advance('PT5M');
    expect(pagedPeople(await desk.paged(id, 2))).toEqual([desk.keys.responder.id, desk.keys.responder2.id]);
    await desk.advance('PT5M');
    expect((await desk.ticket(id)).dispatch).toMatchObject({ status: 'paging', step: 3 });
    await desk.advance('PT21M');
    expect((await desk.ticket(id)).dispatch.status).toBe('exhausted');
    const pages = await desk.paged(id, 13);
    expect(new Set(pagedPeople(pages)).size).toBe(13);
    expect(pages.find(({ responderId }) => responderId === desk.keys.coordinator.id).purpose).toBe('notice');
    const escalations = (await desk.timeline(id)).filter(({ type }) => type.startsWith('dispatch.'));
    expect(escalations.at(0).type).toBe('dispatch.started');
    expect(escalations.at(-1).type).toBe('dispatch.exhausted');
  });

  it('begins anew when the holder gives the ticket back', async () => {
    const { id } = await desk.open();
    await desk.paged(id);
    await desk.as('responder2').post(`/v1/tickets/${id}/claim`);
    const released = await desk.as('responder2').post(`/v1/tickets/${id}/release`, { note: 'Called away' });
    expect([released.status, released.body.state]).toEqual([200, 'open']);
    const pages = await desk.paged(id, 2);
    expect(pages.filter(({ state }) => state === 'delivered' || state === 'sent')).toHaveLength(1);
  });

  it('is withdrawn once somebody holds the ticket', async () => {
    const { id } = await desk.open();
    await desk.paged(id);
    await desk.as('responder3').post(`/v1/tickets/${id}/claim`);
    expect((await desk.pages(id)).map(({ state }) => state)).toEqual(['withdrawn']);
    await desk.advance('PT10M');
    expect(await desk.pages(id)).toHaveLength(1);
  });
});

/** A ticket to compare with, whose clocks may meanwhile have less time left. */
function withoutRemaining(ticket: Json): Json {
  return {
    ...ticket,
    clocks: ticket.clocks.map((clock: Json) => ({ ...clock, remaining: expect.any(String) })),
  };
}
