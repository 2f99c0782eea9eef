import type { Contract } from './contract.js';

/** Holds what somebody says of themselves, and the storms, against the document. */
export async function matchingAndStorms(contract: Contract, responderId: string): Promise<void> {
  const until = new Date(Date.now() + 3_600_000).toISOString();
  const parts = { id: responderId };
  await contract.call('responder', 'PUT /v1/responders/{id}/standby', parts, { status: 'awake', until });
  await contract.call('coordinator', 'GET /v1/responders/{id}/standby', parts);
  await contract.call('coordinator', 'PUT /v1/responders/{id}/standby', parts, { status: 'normal' });
  await contract.call('coordinator', 'PATCH /v1/responders/{id}', parts, {
    quietHours: [{ from: '22:00', to: '06:00', days: ['sa', 'su'] }],
    mandates: ['RO'],
  });
  await contract.call('coordinator', 'PATCH /v1/responders/{id}', parts, { quietHours: [], mandates: [] });
  await contract.call('coordinator', 'GET /v1/storms', {}, undefined, '?limit=5');
}
