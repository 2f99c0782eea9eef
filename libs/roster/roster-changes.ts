import { actorOf, administration, type Viewer } from '../identity/index.js';
import type { JournalEntry } from '../platform/index.js';

/** A change of the roster: what it is about as the API shows it, before (null: it is new) and after. */
export interface RosterChange {
  type: string;
  subject: { type: string; id: string };
  before: object | null;
  after: object;
}

/** The change as the journal tells it: who made it, and from what to what. */
export function rosterEntry(viewer: Viewer, { type, subject, before, after }: RosterChange): JournalEntry {
  return {
    type,
    subject,
    actor: actorOf(viewer),
    scope: administration,
    audience: 'administration',
    changes: before ? differences(before, after) : undefined,
    data: after,
  };
}

function differences(before: object, after: object): Record<string, { from: unknown; to: unknown }> {
  const earlier = new Map<string, unknown>(Object.entries(before));
  const changed = Object.entries(after).filter(
    ([name, value]) => JSON.stringify(earlier.get(name)) !== JSON.stringify(value),
  );
  return Object.fromEntries(
    changed.map(([name, to]) => [name, { from: earlier.get(name) ?? null, to: to as unknown }]),
  );
}
