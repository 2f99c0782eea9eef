import { newId, type CaseScope, type Statement } from '../platform/index.js';
import type { ServiceClockState } from './domain/service-clock-state.js';
import type { ServiceClockName, ServiceClockPolicy, ServiceClockSeverity } from './domain/service-clock-policy.js';

/** What a clock is about, and by what it is found. */
export interface ClockSubject {
  type: 'ticket' | 'incident';
  id: string;
  reference: string;
}

/** The case that a clock belongs to, as it stands when the clock starts. */
export interface ClockCase {
  /** The ticket on whose board line the clock appears, and the rest of what may be seen by whom. */
  scope: CaseScope & { ticketId: string; incidentId: string; providerId: string; country: string; tlp: string };
  severity: ServiceClockSeverity;
  exercise: boolean;
}

/** One row of `codegrey.clocks`: the state of the clock, and which case it belongs to. */
export interface ClockRow extends ServiceClockState {
  id: string;
  kind: 'service' | 'legal';
  name: ServiceClockName;
  /** The clinical service whose restoration it counts; null for clocks that are not about one. */
  service: string | null;
  ticketId: string;
  incidentId: string;
  providerId: string;
  country: string;
  tlp: string;
  exercise: boolean;
  subjectType: ClockSubject['type'];
  subjectId: string;
  subjectReference: string;
  severity: ServiceClockSeverity;
  policyId: string;
  policyVersion: number;
  pauseReason: string | null;
}

/** The row of a clock that starts now. */
export function newClockRow(
  state: ServiceClockState,
  terms: {
    name: ServiceClockName;
    service: string | null;
    subject: ClockSubject;
    of: ClockCase;
    policy: ServiceClockPolicy;
  },
): ClockRow {
  const { name, service, subject, of, policy } = terms;
  return {
    ...state,
    id: newId(),
    kind: 'service',
    name,
    service,
    ticketId: of.scope.ticketId,
    incidentId: of.scope.incidentId,
    providerId: of.scope.providerId,
    country: of.scope.country,
    tlp: of.scope.tlp,
    exercise: of.exercise,
    subjectType: subject.type,
    subjectId: subject.id,
    subjectReference: subject.reference,
    severity: of.severity,
    policyId: policy.id,
    policyVersion: policy.version,
    pauseReason: null,
  };
}

/** Who may see the clock, as journal entries carry it. */
export function scopeOf(row: ClockRow): CaseScope {
  const { ticketId, incidentId, providerId, country, tlp } = row;
  return { ticketId, incidentId, providerId, country, tlp };
}

const columns: [property: keyof ClockRow, column: string, type: string][] = [
  ['id', 'id', 'uuid'],
  ['kind', 'kind', 'text'],
  ['name', 'name', 'text'],
  ['service', 'service', 'text'],
  ['ticketId', 'ticket_id', 'uuid'],
  ['incidentId', 'incident_id', 'uuid'],
  ['providerId', 'provider_id', 'uuid'],
  ['country', 'country', 'text'],
  ['tlp', 'tlp', 'text'],
  ['exercise', 'exercise', 'boolean'],
  ['subjectType', 'subject_type', 'text'],
  ['subjectId', 'subject_id', 'uuid'],
  ['subjectReference', 'subject_reference', 'text'],
  ['severity', 'severity', 'text'],
  ['policyId', 'policy_id', 'text'],
  ['policyVersion', 'policy_version', 'integer'],
  ['state', 'state', 'text'],
  ['pausable', 'pausable', 'boolean'],
  ['startedAt', 'started_at', 'timestamptz'],
  ['targetMs', 'target_ms', 'bigint'],
  ['dueAt', 'due_at', 'timestamptz'],
  ['pausedAt', 'paused_at', 'timestamptz'],
  ['pausedTotalMs', 'paused_total_ms', 'bigint'],
  ['pauseReason', 'pause_reason', 'text'],
  ['warnAt', 'warn_at', 'double precision[]'],
  ['warnedAt', 'warned_at', 'timestamptz[]'],
  ['warningsGiven', 'warnings_given', 'double precision[]'],
  ['breachedAt', 'breached_at', 'timestamptz'],
  ['metAt', 'met_at', 'timestamptz'],
];

/** The columns of a clock under the names of `ClockRow`, of the table or alias `from`. */
export function clockColumns(from: string): string {
  return columns
    .map(([property, column, type]) => {
      // As double precision, since pg gives bigint as text: these are milliseconds, far below 2^53.
      const value = type === 'bigint' ? `${from}.${column}::double precision` : `${from}.${column}`;
      return `${value} AS "${property}"`;
    })
    .join(', ');
}

const columnNames = columns.map(([, column]) => column).join(', ');
const recordTypes = columns.map(([property, , type]) => `"${property}" ${type}`).join(', ');
const recordValues = columns.map(([property]) => `record."${property}"`).join(', ');
const changeable = [
  'state',
  'tlp',
  'severity',
  'policy_version',
  'target_ms',
  'due_at',
  'paused_at',
  'paused_total_ms',
  'pause_reason',
].concat(['warned_at', 'warnings_given', 'breached_at', 'met_at']);

/** The common table expression that writes new clocks from the JSON in `$parameter`: for hot paths, in their own statement. */
export function insertClocksSql(parameter: number): string {
  return `clock_rows AS (
  INSERT INTO codegrey.clocks (${columnNames})
  SELECT ${recordValues} FROM jsonb_to_recordset($${parameter}::jsonb) AS record(${recordTypes}))`;
}

/** Writes clocks, new and changed, in one statement. Index: the primary key. */
export const saveClocks: Statement = {
  name: 'clocks-save',
  text: `
    INSERT INTO codegrey.clocks (${columnNames})
    SELECT ${recordValues} FROM jsonb_to_recordset($1::jsonb) AS record(${recordTypes})
    ON CONFLICT (id) DO UPDATE SET ${changeable.map((column) => `${column} = excluded.${column}`).join(', ')}`,
};

/** The clocks of a ticket, locked. Index: clocks_ticket. */
export const lockClocksOfTicket: Statement = {
  name: 'clocks-of-ticket-lock',
  text: `SELECT ${clockColumns('clock')} FROM codegrey.clocks AS clock WHERE clock.ticket_id = $1 ORDER BY clock.id FOR UPDATE`,
};

/** Clocks by id, locked in one order by everybody. Index: the primary key. */
export const lockClocks: Statement = {
  name: 'clocks-lock',
  text: `SELECT ${clockColumns('clock')} FROM codegrey.clocks AS clock WHERE clock.id = ANY($1::uuid[]) ORDER BY clock.id FOR UPDATE`,
};
