import { setTimeout as sleep } from 'node:timers/promises';
import { Stage } from './stage.js';
import { describe } from './statistics.js';

const armed = 100_000;
const perSecond = 1_667;

/** 100,000 armed clocks, 1,667 due a second for a minute. Aim: lateness p99 under 100 ms, none early, none twice. */
export async function measureTimers(): Promise<void> {
  const stage = await Stage.open();
  await stage.start('apps/worker/main.js');
  await stage.pool.query(
    `WITH given AS (SELECT gen_random_uuid() AS id, now() + interval '5 seconds' + n * interval '1 millisecond' * (1000.0 / ${perSecond}) AS due FROM generate_series(1, ${armed}) AS n),
     clocks AS (
       INSERT INTO clocks (id, kind, name, ticket_id, incident_id, provider_id, country, tlp, exercise, subject_type, subject_id, subject_reference, severity, policy_id,
         policy_version, state, pausable, started_at, target_ms, due_at, paused_total_ms, warn_at, warned_at, warnings_given)
       SELECT id, 'service', 'claim', id, id, id, 'RO', 'TLP:AMBER', false, 'ticket', id, 'CG-0000-0000', 'SEV1', 'bench', 1, 'running', false,
         due - interval '5 minutes', 300000, due, 0, '{}', '{}', '{}' FROM given)
     INSERT INTO timers (kind, subject_id, due_at) SELECT 'service-clock', id, due FROM given`,
  );
  await stage.pool.query('ANALYZE timers, clocks');
  await sleep(5_000 + (armed / perSecond) * 1_000 + 3_000);
  const { rows } = await stage.pool.query<{ late: number; times: number }>(
    `SELECT extract(epoch FROM min(entry.at) - min(clock.due_at))::float8 * 1000 AS late, count(*)::int AS times
     FROM journal AS entry JOIN clocks AS clock ON clock.id = entry.subject_id WHERE entry.type = 'clock.breached' GROUP BY entry.subject_id`,
  );
  const late = rows.map((row) => row.late);
  const early = late.filter((ms) => ms < -1).length;
  const twice = rows.filter(({ times }) => times > 1).length;
  console.log(
    `timers: ${rows.length} of ${armed} fired at ${perSecond}/s; lateness ${describe(late)} (aim p99 100 ms); ${early} early, ${twice} twice`,
  );
  await stage.close();
}
