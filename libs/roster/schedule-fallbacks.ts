import { problems, type Statement, type Work } from '../platform/index.js';
import { longestFallbackChain } from './domain/fallback.js';
import { rosterProblems } from './problems.js';
import type { Schedule } from './roster.entity.js';

/** Held while fallbacks are looked at and changed: two changes that are fine one by one may make a circle together. */
const lockFallbacks: Statement = {
  name: 'schedule-fallbacks-lock',
  text: `SELECT pg_advisory_xact_lock(hashtext('codegrey.schedules.fallback'))`,
};

/**
 * How many schedules stand behind $1 (with it), how many fall back on $2, each through any number of others, and whether
 * $2 is among the former. Indexes: the primary key, schedules_fallback.
 */
const readChain: Statement = {
  name: 'schedule-fallback-chain',
  text: `
    WITH RECURSIVE behind AS (
      SELECT id, definition, 1 AS depth FROM codegrey.schedules WHERE id = $1::uuid
      UNION ALL
      SELECT next.id, next.definition, depth + 1
      FROM behind JOIN codegrey.schedules next ON next.id = (behind.definition #>> '{fallback,schedule}')::uuid
      WHERE depth <= $3),
    before AS (
      SELECT id, 1 AS depth FROM codegrey.schedules WHERE definition #>> '{fallback,schedule}' = $2::text
      UNION ALL
      SELECT next.id, depth + 1
      FROM before JOIN codegrey.schedules next ON next.definition #>> '{fallback,schedule}' = before.id::text
      WHERE depth <= $3)
    SELECT coalesce((SELECT max(depth) FROM behind), 0) AS behind,
           coalesce((SELECT max(depth) FROM before), 0) AS before,
           EXISTS (SELECT FROM behind WHERE id::text = $2::text) AS leads_back`,
};

/** Names of those that fall back on $1 at once, the first 20. Index: schedules_fallback. */
const readFallingBack: Statement = {
  name: 'schedules-falling-back',
  text: `SELECT name FROM codegrey.schedules WHERE definition #>> '{fallback,schedule}' = $1::text ORDER BY id LIMIT 20`,
};

/**
 * Throws 422 when the schedule that is to fill the gaps does not exist, leads back to the one whose gaps it fills, or is
 * one too many in a row. Until the transaction ends, no fallback changes and none is deleted.
 */
export async function refuseImpossibleFallback(work: Work, { id, definition }: Schedule): Promise<void> {
  const { fallback } = definition;
  if (!fallback || !('schedule' in fallback)) return;
  await work.query(lockFallbacks);
  const [chain] = await work.query<{ behind: number; before: number; leads_back: boolean }>(readChain, [
    fallback.schedule,
    id,
    longestFallbackChain,
  ]);
  const detail = faultOf(chain ?? { behind: 0, before: 0, leads_back: false }, fallback.schedule === id);
  if (detail !== null) throw problems.invalidInput([{ pointer: '/fallback/schedule', detail }]);
}

/** Throws 409 while other schedules fall back on it. Until the transaction ends, none comes to. */
export async function refuseWhileFallback(work: Work, id: string): Promise<void> {
  await work.query(lockFallbacks);
  const fallingBack = await work.query<{ name: string }>(readFallingBack, [id]);
  if (fallingBack.length > 0) throw rosterProblems.isFallback(fallingBack.map(({ name }) => name));
}

function faultOf(chain: { behind: number; before: number; leads_back: boolean }, isItself: boolean): string | null {
  if (isItself || chain.leads_back) return 'leads back to this schedule: its gaps would fill themselves';
  if (chain.behind === 0) return 'is no schedule';
  if (chain.behind + chain.before > longestFallbackChain)
    return `is one too many: at most ${longestFallbackChain} schedules may stand behind one another`;
  return null;
}
