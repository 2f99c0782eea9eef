import type { Desk } from '../harness/desk.js';
import type { Contract } from './contract.js';

/** Absences, shifts that are handed on, and calendars. */
export async function ownTime(desk: Desk, contract: Contract): Promise<void> {
  const now = new Date((await desk.as('admin').post('/v1/clock/advance', { by: 'PT1S' })).body.now).getTime();
  const inHours = (count: number) => new Date(now + count * 3_600_000).toISOString();
  const { id } = desk.keys.responder3;
  await absences(contract, id, inHours);
  const schedule = await shiftRequests(desk, contract, inHours);
  await calendars(contract, id, schedule);
}

async function absences(contract: Contract, id: string, inHours: (count: number) => string): Promise<void> {
  const vacation = { start: inHours(1_000), end: inHours(1_100), kind: 'vacation', note: 'The sea' };
  const { body } = await contract.call('responder3', 'POST /v1/responders/{id}/absences', { id }, vacation);
  await contract.call('auditor', 'GET /v1/responders/{id}/absences', { id });
  await contract.call('responder3', 'DELETE /v1/responders/{id}/absences/{absence}', { id, absence: body.id });
}

async function shiftRequests(
  desk: Desk,
  contract: Contract,
  inHours: (count: number) => string,
): Promise<{ id: string }> {
  const [one, other] = [desk.keys.responder.id, desk.keys.responder3.id];
  const [tonight, firstHandoff] = [inHours(2), inHours(-48).slice(0, 16)];
  const rotation = { unit: 'week', length: 1, firstHandoff, members: [one, other] };
  const rota = { name: 'Own time', timeZone: 'UTC', layers: [{ name: 'Weeks', rotation }] };
  const { body: schedule } = await desk.as('admin').post('/v1/schedules', rota);
  const cover = { kind: 'cover', scheduleId: schedule.id, start: tonight, end: inHours(4), to: other };
  const ask = async () => (await contract.call('responder', 'POST /v1/shift-requests', {}, cover)).body;
  await contract.call('responder3', 'POST /v1/shift-requests/{id}/refuse', await ask(), {});
  await contract.call('responder', 'POST /v1/shift-requests/{id}/withdraw', await ask());
  const request = await ask();
  await contract.call('responder3', 'POST /v1/shift-requests/{id}/accept', request, {});
  await contract.call('auditor', 'GET /v1/shift-requests', {}, undefined, '?state=accepted');
  await contract.call('responder', 'GET /v1/shift-requests/{id}', request);
  await contract.call('responder3', 'POST /v1/schedules/{id}/take-over', schedule, { from: one, until: inHours(1) });
  return schedule;
}

async function calendars(contract: Contract, id: string, schedule: { id: string }): Promise<void> {
  await contract.call('responder', 'GET /v1/schedules/{id}/calendar.ics', schedule);
  await contract.call('responder', 'GET /v1/responders/{id}/calendar.ics', { id });
  const { body } = await contract.call('responder3', 'POST /v1/calendars', {}, { responderId: id });
  const token = String(body.url).split('/').at(-1)?.replace('.ics', '') ?? '';
  await contract.call(null, 'GET /v1/calendars/{token}.ics', { token });
  await contract.call('responder3', 'GET /v1/calendars');
  await contract.call('responder3', 'DELETE /v1/calendars/{id}', body);
}
