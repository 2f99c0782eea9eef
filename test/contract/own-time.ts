import type { Desk } from '../harness/desk.js';
import type { Contract } from './contract.js';

/** Absences, shifts that are handed on, and calendars. */
export async function ownTime(desk: Desk, contract: Contract): Promise<void> {
  const now = new Date((await desk.as('admin').post('/v1/clock/advance', { by: 'PT1S' })).body.now).getTime();
  const inHours = (count: number) => new Date(now + count * 3_600_000).toISOString();
  const { id } = desk.keys.responder3;
  await absences(contract, id, inHours);
}

async function absences(contract: Contract, id: string, inHours: (count: number) => string): Promise<void> {
  const vacation = { start: inHours(1_000), end: inHours(1_100), kind: 'vacation', note: 'The sea' };
  const { body } = await contract.call('responder3', 'POST /v1/responders/{id}/absences', { id }, vacation);
  await contract.call('auditor', 'GET /v1/responders/{id}/absences', { id });
  await contract.call('responder3', 'DELETE /v1/responders/{id}/absences/{absence}', { id, absence: body.id });
}
