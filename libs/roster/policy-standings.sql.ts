import type { Statement, Work } from '../platform/index.js';
import type { WorstPath } from './domain/worst-path.js';

/** What a policy comes to at the worst, as it was found last. */
export interface PolicyStanding {
  policyId: string;
  worstPath: WorstPath;
  /** Who saved the policy last; null: it was saved before this was kept. */
  ownerId: string | null;
  /** Null: it cannot end in silence. */
  silentSince: Date | null;
}

type StandingRow = PolicyStanding & Record<string, unknown>;

/** The standings of some policies. Index: the primary key. */
const find: Statement = {
  name: 'policy-standings-find',
  text: `
    SELECT policy_id AS "policyId", worst_path AS "worstPath", owner_id AS "ownerId", silent_since AS "silentSince"
    FROM codegrey.escalation_policy_standings WHERE policy_id = ANY($1::uuid[])`,
};

/**
 * Writes standings of policies that are still there. One that somebody is saving at this moment is passed over, since what
 * they find is newer. Index: the primary keys.
 */
const write: Statement = {
  name: 'policy-standings-write',
  text: `
    INSERT INTO codegrey.escalation_policy_standings AS known (policy_id, worst_path, owner_id, silent_since)
    SELECT policy.id, given."worstPath", given."ownerId", given."silentSince"
    FROM jsonb_to_recordset($1::jsonb) AS given("policyId" uuid, "worstPath" jsonb, "ownerId" uuid, "silentSince" timestamptz)
    JOIN codegrey.escalation_policies AS policy ON policy.id = given."policyId"
    FOR KEY SHARE OF policy SKIP LOCKED
    ON CONFLICT (policy_id) DO UPDATE SET worst_path = excluded.worst_path, owner_id = excluded.owner_id,
      silent_since = excluded.silent_since
    RETURNING policy_id AS "policyId"`,
};

/** How many policies could end in silence. Index: escalation_policy_standings_silent. */
export const countSilentPolicies: Statement = {
  name: 'policy-standings-silent',
  text: `SELECT count(*)::integer AS count FROM codegrey.escalation_policy_standings WHERE silent_since IS NOT NULL`,
};

/** The standings of these policies, by policy. One that was never tested is missing. */
export async function standingsOf(
  within: Pick<Work, 'query'>,
  policyIds: readonly string[],
): Promise<Map<string, PolicyStanding>> {
  const rows = await within.query<StandingRow>(find, [policyIds]);
  return new Map(rows.map((row) => [row.policyId, row]));
}

/** Writes what was found of policies. Answers those of which it was written. */
export async function writeStandings(work: Work, standings: readonly PolicyStanding[]): Promise<Set<string>> {
  if (standings.length === 0) return new Set();
  const written = await work.query<{ policyId: string }>(write, [JSON.stringify(standings)]);
  return new Set(written.map(({ policyId }) => policyId));
}
