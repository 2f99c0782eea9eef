import type { Contract } from './contract.js';

/** Every operation about channels answers as the document says. */
export async function channels(contract: Contract): Promise<void> {
  await contract.call('responder', 'GET /v1/channels');
  await contract.call('responder', 'GET /v1/push-key');
}
