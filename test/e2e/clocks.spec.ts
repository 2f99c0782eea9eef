import { Client, type Json } from '../harness/client.js';
import { Credentials } from '../harness/credentials.js';
import { Desk, sev1 } from '../harness/desk.js';
import { eventually } from '../harness/eventually.js';
import { Postgres } from '../harness/postgres.js';
import { Program } from '../harness/program.js';

describe('service clocks', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await Desk.start({ movableClock: true });
  });
  afterAll(() => desk.stop());

  const clockOf = async (ticketId: string, name: string): Promise<Json> =>
    (await desk.ticket(ticketId)).clocks.find((clock: Json) => clock.name === name);
  const happened = async (ticketId: string, clockId: string): Promise<string[]> =>
    (await desk.timeline(ticketId)).filter(({ subject }) => subject.id === clockId).map(({ type }) => type);
  // Requests between two moves of the time take some milliseconds of their own.
  const minutes = (clock: Json) => Math.round((Date.parse(clock.dueAt) - Date.parse(clock.startedAt)) / 60_000);

  it('warn at 50, 75 and 90 % and breach, each once and in order, even when all fall due in one leap', async () => {
    const ticket = await desk.open(sev1);
    await desk.advance('PT6M');
    const claim = await clockOf(ticket.id, 'claim');
    expect(claim.state).toBe('breached');
    expect(await happened(ticket.id, claim.id)).toEqual([
      'clock.started',
      'clock.warning',
      'clock.warning',
      'clock.warning',
      'clock.breached',
    ]);
    const start = Date.parse(claim.startedAt);
    const after = [...claim.warnedAt, claim.breachedAt].map((at: string) => (Date.parse(at) - start) / 1_000);
    for (const [index, due] of [150, 225, 270, 300].entries()) {
      expect(after[index]).toBeGreaterThanOrEqual(due);
      expect(after[index]).toBeLessThan(due + 15);
    }
  });

  it('are met once by the claim, and never warn after that', async () => {
    const ticket = await desk.open(sev1);
    await desk.as('responder').post(`/v1/tickets/${ticket.id}/claim`);
    await desk.advance('PT6M');
    const claim = await clockOf(ticket.id, 'claim');
    expect(claim).toMatchObject({ state: 'met', warnedAt: [], breachedAt: null });
    expect(await happened(ticket.id, claim.id)).toEqual(['clock.started', 'clock.met']);
  });

  it('stand still while paused, and are due later by the length of the pause', async () => {
    const ticket = await desk.open(sev1);
    const before = await clockOf(ticket.id, 'first-response');
    const path = `/v1/clocks/${before.id}`;
    const paused = await desk.as('coordinator').post(`${path}/pause`, { reason: 'waiting-for-provider' });
    expect([paused.status, paused.body.state]).toEqual([200, 'paused']);
    await desk.advance('PT1H');
    expect((await clockOf(ticket.id, 'first-response')).state).toBe('paused');
    const resumed = await desk.as('coordinator').post(`${path}/resume`);
    expect(resumed.body.state).toBe('running');
    expect(minutes(resumed.body)).toBe(75);
  });

  it('of the claim cannot be paused: reaching somebody waits for nobody', async () => {
    const ticket = await desk.open(sev1);
    const { id } = await clockOf(ticket.id, 'claim');
    const answer = await desk.as('coordinator').post(`/v1/clocks/${id}/pause`, { reason: 'waiting-for-provider' });
    expect([answer.status, answer.body.type]).toEqual([409, expect.stringMatching(/clock-not-pausable$/)]);
  });

  it('are paused only for a reason of the policy', async () => {
    const ticket = await desk.open(sev1);
    const { id } = await clockOf(ticket.id, 'first-response');
    const answer = await desk.as('coordinator').post(`/v1/clocks/${id}/pause`, { reason: 'lunch' });
    expect([answer.status, answer.body.errors?.[0]?.pointer]).toEqual([422, '/reason']);
  });

  it('move their target with the severity, counted from their own start', async () => {
    const ticket = await desk.open();
    expect(minutes(await clockOf(ticket.id, 'claim'))).toBe(10);
    await desk.as('coordinator').post(`/v1/tickets/${ticket.id}/severity`, { level: 'SEV1', reason: 'ICU diverts' });
    expect(minutes(await clockOf(ticket.id, 'claim'))).toBe(5);
    await desk.as('coordinator').post(`/v1/tickets/${ticket.id}/severity`, { level: 'SEV3', reason: 'Over-rated' });
    expect(minutes(await clockOf(ticket.id, 'claim'))).toBe(30);
  });

  it('of a claim that is given back go by the severity that the ticket has by then', async () => {
    const ticket = await desk.open();
    const path = `/v1/tickets/${ticket.id}`;
    await desk.as('responder').post(`${path}/claim`);
    await desk.as('coordinator').post(`${path}/severity`, { level: 'SEV1', reason: 'ICU diverts' });
    expect(await clockOf(ticket.id, 'claim')).toMatchObject({ state: 'met' });
    await desk.as('responder').post(`${path}/release`, { note: 'Called away' });
    expect(minutes(await clockOf(ticket.id, 'claim'))).toBe(5);
  });

  it('go on after a reopening with the time that was used before', async () => {
    const ticket = await desk.open(sev1);
    const path = `/v1/tickets/${ticket.id}`;
    await desk.as('responder').post(`${path}/claim`);
    await desk.as('responder').post(`${path}/respond`, { channel: 'phone', callbackVerified: true });
    await desk.advance('PT1H');
    await desk.as('responder').post(`${path}/resolve`, { note: 'Back' });
    expect((await clockOf(ticket.id, 'next-update')).state).toBe('met');
    await desk.advance('PT30M');
    expect((await desk.as('coordinator').post(`${path}/reopen`, { reason: 'It came back' })).status).toBe(200);
    const update = await clockOf(ticket.id, 'next-update');
    expect(['running', 'warning']).toContain(update.state);
    // Two hours, one of them used: the half hour in which the ticket was resolved does not count.
    expect(minutes(update)).toBe(150);
  });
});

describe('a clock that falls due while the desk is down', () => {
  let postgres: Postgres;
  let program: Program | undefined;
  beforeAll(async () => {
    postgres = await Postgres.start();
  });
  afterAll(async () => {
    await program?.kill('SIGKILL');
    await postgres.stop();
  });

  const start = () =>
    Program.start('standalone', {
      DATABASE_URL: postgres.url,
      CODEGREY_DATA_DIR: postgres.dataDir,
      CODEGREY_MOVABLE_CLOCK: '1',
    });

  it('breaches when it is back, once, and says how late', async () => {
    program = await start();
    const { key } = await new Credentials(postgres).issue('provider');
    const desk = new Client(() => program?.url ?? '', key);
    const ticket = (await desk.post('/v1/tickets', { summary: 'Emergency department down', ...sev1 })).body;
    await program.kill('SIGKILL');
    await postgres.query("UPDATE codegrey.desk_clock SET moved_by = moved_by + interval '10 minutes'");
    program = await start();
    await eventually(async () => {
      const claim = (await desk.get(`/v1/tickets/${ticket.id}`)).body.clocks.find(({ name }: Json) => name === 'claim');
      expect(claim.state).toBe('breached');
    });
    const [breach, ...more] = await postgres.query<{ late: number }>(
      `SELECT extract(epoch FROM (data ->> 'lateBy')::interval)::float AS late FROM codegrey.journal
       WHERE type = 'clock.breached' AND ticket_id = $1 AND data ->> 'name' = 'claim'`,
      [ticket.id],
    );
    expect(more).toEqual([]);
    expect(breach?.late).toBeGreaterThan(290);
    expect(breach?.late).toBeLessThan(420);
  });
});
