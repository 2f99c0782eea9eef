import type { Contract } from './contract.js';

/** Calls the operations about escalation that no other part of the contract calls. */
export async function escalationHolds(contract: Contract): Promise<void> {
  const policy = {
    name: 'Contract preview',
    steps: [{ targets: [{ bestFit: 1 }, { role: 'coordinator' }], thenWait: 'PT5M' }],
  };
  await contract.call('coordinator', 'POST /v1/escalation-policies/preview', {}, policy);
  await contract.call('coordinator', 'POST /v1/escalation-policies/preview', {}, { ...policy, steps: [] });
}
