import type { Actor, CaseScope } from '../platform/index.js';
import type { Viewer } from './viewer.js';

/** The caller, as the journal names them. */
export function actorOf(viewer: Viewer): Actor {
  return { type: viewer.role, id: viewer.principalId };
}

/** The desk itself: timers, escalations, consequences. */
export const system: Actor = { type: 'system', id: null };

/** The scope of what concerns no case: configuration and credentials. */
export const administration: CaseScope = {
  ticketId: null,
  incidentId: null,
  providerId: null,
  country: null,
  tlp: null,
};
