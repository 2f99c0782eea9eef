import type { Desk } from '../harness/desk.js';
import { eventually, present } from '../harness/eventually.js';
import type { Contract } from './contract.js';

/** Calls the operations about escalation that no other part of the contract calls. */
export async function escalationHolds(contract: Contract, desk: Desk): Promise<void> {
  const policy = {
    name: 'Contract preview',
    steps: [{ targets: [{ bestFit: 1 }, { role: 'coordinator' }], thenWait: 'PT5M' }],
  };
  await contract.call('coordinator', 'POST /v1/escalation-policies/preview', {}, policy);
  await contract.call('coordinator', 'POST /v1/escalation-policies/preview', {}, { ...policy, steps: [] });
  await contract.call('admin', 'GET /v1/desk/heartbeat');
  const ticket = await desk.open();
  const link = await eventually(async () => {
    const [message] = await desk.messages({ ticket: ticket.id });
    return present<string>(message?.links[0], 'link');
  });
  await contract.call(null, 'POST /v1/pages/{token}/confirm', { token: link.split('/').at(-1) ?? '' });
  await contract.call('responder2', 'POST /v1/tickets/{id}/claim', ticket);
  await contract.call('responder2', 'POST /v1/tickets/{id}/confirm', ticket);
}
