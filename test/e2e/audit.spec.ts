import type { Json } from '../harness/client.js';
import { Desk } from '../harness/desk.js';
import { eventually } from '../harness/eventually.js';

describe('the audit trail', () => {
  let desk: Desk;
  beforeEach(async () => {
    desk = await Desk.start();
  });
  afterEach(() => desk.stop());

  const verification = async (): Promise<Json> => (await desk.as('auditor').get('/v1/audit/verify')).body;
  const sealed = () =>
    eventually(async () => {
      const answer = await verification();
      expect(answer).toMatchObject({ intact: true, unsealed: 0 });
      return answer;
    });
  const entryOf = async (ticketId: string, type: string): Promise<Json> => {
    const { items } = (await desk.as('auditor').get(`/v1/audit?ticketId=${ticketId}&type=${type}`)).body;
    return items[0];
  };
  /** Does as somebody with all rights over the database and bad intentions would. */
  const tamper = (statement: string) =>
    desk.database.query(`DO $$ BEGIN SET LOCAL session_replication_role = replica; ${statement}; END $$`);

  it('holds every change with who, what and from what to what, is sealed, and names an altered entry', async () => {
    const { id } = await desk.open();
    await desk.as('responder').post(`/v1/tickets/${id}/claim`);
    await desk.as('coordinator').post(`/v1/tickets/${id}/severity`, { level: 'SEV1', reason: 'ICU diverts' });
    expect((await sealed()).sealed).toBeGreaterThan(10);
    const claim = await entryOf(id, 'ticket.claimed');
    expect(claim.actor).toEqual({ type: 'responder', id: desk.keys.responder.id });
    expect(claim.sealed).toEqual(expect.any(Number));
    const severity = await entryOf(id, 'ticket.severity-changed');
    expect(severity.changes.severityLevel).toEqual({ from: 'SEV2', to: 'SEV1' });

    const other = desk.keys.responder2.id;
    await tamper(`UPDATE codegrey.journal SET actor_id = '${other}' WHERE id = '${claim.id}'`);
    expect(await verification()).toMatchObject({
      intact: false,
      firstFault: { kind: 'altered', entryId: claim.id, number: claim.sealed },
    });
  });

  it('names an entry that was removed, and one that was removed together with its seal', async () => {
    const { id } = await desk.open();
    await desk.as('responder').post(`/v1/tickets/${id}/claim`);
    await sealed();
    const opened = await entryOf(id, 'ticket.opened');
    await tamper(`DELETE FROM codegrey.journal WHERE id = '${opened.id}'`);
    expect(await verification()).toMatchObject({
      intact: false,
      firstFault: { kind: 'missing-entry', number: opened.sealed },
    });
    await tamper(`DELETE FROM codegrey.journal_seals WHERE number = ${opened.sealed}`);
    expect(await verification()).toMatchObject({
      intact: false,
      firstFault: { kind: 'missing-seal', number: opened.sealed },
    });
  });

  it('cannot be changed by the desk itself, nor by any request', async () => {
    await desk.open();
    const change = desk.database.query(`UPDATE codegrey.journal SET type = 'nothing.happened'`);
    await expect(change).rejects.toThrow(/append|only|journal/i);
    await expect(desk.database.query('TRUNCATE codegrey.journal')).rejects.toThrow();
    for (const method of ['PUT', 'PATCH', 'DELETE', 'POST']) {
      expect([404, 405]).toContain((await desk.as('auditor').send(method, '/v1/audit')).status);
    }
  });

  it('is read by auditors and, as far as it is about administration, by administrators', async () => {
    const { id } = await desk.open();
    expect((await desk.as('provider').get('/v1/audit')).status).toBe(403);
    expect((await desk.as('responder').get('/v1/audit/verify')).status).toBe(403);
    const { items } = (await desk.as('admin').get('/v1/audit?limit=200')).body;
    expect(items.length).toBeGreaterThan(0);
    expect(JSON.stringify(items)).not.toContain(id);
  });
});
