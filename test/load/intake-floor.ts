import { randomBytes, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import pg from 'pg';
import { openCase } from '../../libs/cases/intake.sql.js';
import { newReference } from '../../libs/platform/index.js';

/**
 * The floor of intake: bare node:http and pg, which write the same rows in the same statement, and nothing else: no
 * authentication, no validation, no severity, no framework.
 */
const pool = new pg.Pool({
  connectionString: process.env.DATABASE_URL,
  max: 20,
  options: '-c role=codegrey_desk -c search_path=codegrey',
});
const provider = randomUUID();
const clock = (name: string, ticket: string, incident: string, reference: string, now: string) => ({
  ...{
    id: randomUUID(),
    kind: 'service',
    name,
    service: null,
    ticketId: ticket,
    incidentId: incident,
    providerId: provider,
    country: 'RO',
  },
  ...{
    tlp: 'TLP:AMBER',
    exercise: false,
    subjectType: 'ticket',
    subjectId: ticket,
    subjectReference: reference,
    severity: 'SEV2',
  },
  ...{
    policyId: 'default',
    policyVersion: 1,
    state: 'running',
    pausable: false,
    startedAt: now,
    targetMs: 600_000,
    dueAt: now,
    pausedAt: null,
  },
  ...{
    pausedTotalMs: 0,
    pauseReason: null,
    warnAt: [0.5, 0.75, 0.9],
    warnedAt: [],
    warningsGiven: [],
    breachedAt: null,
    metAt: null,
  },
});

function values(summary: string): unknown[] {
  const [id, incident, reference, now] = [
    randomUUID(),
    randomUUID(),
    newReference(randomBytes),
    new Date().toISOString(),
  ];
  const ticket = {
    ...{
      id,
      reference,
      incident_id: incident,
      incident_reference: newReference(randomBytes),
      provider_id: provider,
      country: 'RO',
      tlp: 'TLP:AMBER',
    },
    ...{
      exercise: false,
      summary,
      severity_level: 'SEV2',
      severity_reasons: ['A ransom note was found.'],
      created_by_role: 'provider',
    },
    ...{ created_by: provider, created_at: now },
  };
  const clocks = [clock('claim', id, incident, reference, now), clock('first-response', id, incident, reference, now)];
  const entry = (type: string, subject: string, data: object) => ({
    ...{
      id: randomUUID(),
      type,
      subject_type: type.split('.')[0],
      subject_id: subject,
      subject_reference: reference,
      ticket_id: id,
      incident_id: incident,
    },
    ...{
      provider_id: provider,
      country: 'RO',
      tlp: 'TLP:AMBER',
      audience: 'case',
      actor_type: 'provider',
      actor_id: provider,
      changes: null,
      data,
    },
  });
  const journal = [
    entry('ticket.opened', id, ticket),
    ...clocks.map((started) => entry('clock.started', started.id, started)),
  ];
  const news = { id: randomUUID(), queue: 'dispatch', event: 'ticket.opened', subject_id: id, ticket_id: id };
  const outbox = [{ ...news, priority: 1, lane: provider }];
  const timers = clocks.map((started) => ({ kind: 'service-clock', subject_id: started.id, due_at: now }));
  return [ticket, [], clocks, journal, outbox, timers, []]
    .map((rows) => JSON.stringify(rows))
    .concat([null, null, null, null] as never[]);
}

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const { summary } = JSON.parse(Buffer.concat(chunks).toString()) as { summary: string };
    const row = values(summary);
    pool.query({ ...openCase, values: row }).then(
      () => response.writeHead(201, { 'content-type': 'application/json' }).end(row[0] as string),
      (error: Error) => response.writeHead(500).end(error.message),
    );
  });
});
server.listen(0, '127.0.0.1', () =>
  process.stdout.write(`The floor is ready at http://127.0.0.1:${(server.address() as { port: number }).port}\n`),
);
process.on('SIGTERM', () => process.exit(0));
