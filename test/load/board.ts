import { request } from 'undici';
import { Stage } from './stage.js';
import { median } from './statistics.js';

const open = 200;
const histories = [1_000, 1_000_000];
const reads = 200;

/** The board with a thousand and with a million closed tickets behind it. Aim: at most 1.2 times as long. */
export async function measureBoard(): Promise<void> {
  const stage = await Stage.open();
  const desk = await stage.start('apps/api/main.js');
  const { key } = await stage.credential('coordinator');
  await fill(stage, open, 'open', 'running');
  const medians: number[] = [];
  let closed = 0;
  for (const history of histories) {
    await fill(stage, history - closed, 'closed', 'met');
    closed = history;
    await stage.pool.query('VACUUM ANALYZE tickets, clocks');
    medians.push(await readBoard(desk.url, key));
  }
  const [few = NaN, many = NaN] = medians;
  console.log(
    `board: ${many.toFixed(1)} ms with ${histories[1]} closed tickets, ${few.toFixed(1)} ms with ${histories[0]}: ${(many / few).toFixed(2)} times (aim 1.2)`,
  );
  await stage.close();
}

async function readBoard(url: string, key: string): Promise<number> {
  const latenciesMs: number[] = [];
  for (let index = 0; index < reads; index += 1) {
    const begin = performance.now();
    const { statusCode, body } = await request(`${url}/v1/board?limit=100`, {
      headers: { authorization: `Bearer ${key}` },
    });
    await body.dump();
    if (statusCode !== 200) throw new Error(`The board answered ${statusCode}.`);
    latenciesMs.push(performance.now() - begin);
  }
  return median(latenciesMs.slice(20));
}

/** Tickets with an incident and two clocks each, written in bulk. */
async function fill(stage: Stage, count: number, state: string, clockState: string): Promise<void> {
  const met = clockState === 'met' ? 'now()' : 'NULL';
  await stage.pool.query(
    `WITH given AS (SELECT gen_random_uuid() AS id, gen_random_uuid() AS incident, gen_random_uuid() AS reference FROM generate_series(1, ${count})),
     incidents AS (INSERT INTO incidents (id, reference, provider_id, country, tlp, exercise, phase, opened_at)
       SELECT incident, incident, incident, 'RO', 'TLP:AMBER', false, 'triage', now() FROM given),
     tickets AS (INSERT INTO tickets (id, reference, state, incident_id, provider_id, country, tlp, exercise, summary, severity_level, severity_rated, severity_reasons,
         dispatch_status, created_by_role, created_by, created_at, updated_at)
       SELECT id, reference, '${state}', incident, incident, 'RO', 'TLP:AMBER', false, 'Bench', 'SEV2', 'SEV2', '{}', 'paging', 'provider', incident, now(), now() FROM given)
     INSERT INTO clocks (id, kind, name, ticket_id, incident_id, provider_id, country, tlp, exercise, subject_type, subject_id, subject_reference, severity, policy_id,
       policy_version, state, pausable, started_at, target_ms, due_at, paused_total_ms, warn_at, warned_at, warnings_given, met_at)
     SELECT gen_random_uuid(), 'service', name, id, incident, incident, 'RO', 'TLP:AMBER', false, 'ticket', id, reference, 'SEV2', 'bench', 1, '${clockState}', false,
       now(), 600000, now() + interval '1 day' + random() * interval '1 day', 0, '{}', '{}', '{}', ${met}
     FROM given, (VALUES ('claim'), ('first-response')) AS names (name)`,
  );
}
