import type { Contract } from './contract.js';

/** What the roster watch and the reports about the roster answer. */
export async function rosterWatch(contract: Contract): Promise<void> {
  await contract.call('responder', 'GET /v1/roster/watch', {}, undefined, '?limit=2');
  const window = '?from=2026-02-01T00:00:00Z&to=2026-03-01T00:00:00Z';
  await contract.call('responder', 'GET /v1/roster/fairness', {}, undefined, window);
}
