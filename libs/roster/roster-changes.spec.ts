import type { Viewer } from '../identity/index.js';
import { rosterEntry } from './roster-changes.js';

const viewer: Viewer = {
  role: 'coordinator',
  principalId: 'principal',
  keyId: 'key',
  providerId: null,
  countries: null,
};
const subject = { type: 'team', id: 'team' };

describe('a change of the roster in the journal', () => {
  it('says who made it, and what changed from what to what', () => {
    const before = { name: 'Night', members: ['a'], version: 1 };
    const after = { name: 'Night', members: ['a', 'b'], version: 2 };
    expect(rosterEntry(viewer, { type: 'team.changed', subject, before, after })).toMatchObject({
      type: 'team.changed',
      actor: { type: 'coordinator', id: 'principal' },
      audience: 'administration',
      changes: { members: { from: ['a'], to: ['a', 'b'] }, version: { from: 1, to: 2 } },
      data: after,
    });
  });

  it('says of what is new only what it is', () => {
    const entry = rosterEntry(viewer, { type: 'team.created', subject, before: null, after: { name: 'Night' } });
    expect(entry).toMatchObject({ data: { name: 'Night' } });
    expect(entry.changes).toBeUndefined();
  });
});
