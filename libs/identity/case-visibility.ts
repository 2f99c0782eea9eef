import { deskRoles, type Viewer } from './viewer.js';

/** The columns of a query that say which case a row belongs to, as SQL. All of them are `NULL`-safe. */
export interface CaseColumns {
  ticketId: string;
  providerId: string;
  country: string;
  tlp: string;
  /** Where rows have an audience of their own (the journal). */
  audience?: string;
}

/** The parameters of a query, collected while its text is put together. */
export class Parameters {
  readonly values: unknown[] = [];

  /** Adds a value and answers its placeholder. */
  add(value: unknown): string {
    this.values.push(value);
    return `$${this.values.length}`;
  }
}

/**
 * The one place that turns a caller into what they may see, as an SQL condition. Every read, list, stream, search and
 * export about cases stands behind it.
 *
 * - A provider sees its own cases. - A coordinator and an auditor see those of their jurisdiction, and what is said to the
 *   desk as a whole. - A responder sees those they take part in (paged, holding, joined, offered), and in their jurisdiction
 *   those that are not TLP:RED or TLP:AMBER+STRICT and whose provider they have no conflict of interest with. - An
 *   integration sees what it reported.
 * - An administrator sees the entries about administration and no case.
 */
export function visibleTo(viewer: Viewer, columns: CaseColumns, parameters: Parameters): string {
  const conditions = [caseCondition(viewer, columns, parameters)];
  if (columns.audience !== undefined)
    conditions.push(`${columns.audience} = ANY(${parameters.add(audiencesOf(viewer))}::text[])`);
  return `(${conditions.join(' AND ')})`;
}

function audiencesOf(viewer: Viewer): string[] {
  if (viewer.role === 'admin') return ['administration'];
  if (viewer.role === 'auditor') return ['case', 'desk', 'administration'];
  return deskRoles.includes(viewer.role) ? ['case', 'desk'] : ['case'];
}

function caseCondition(viewer: Viewer, columns: CaseColumns, parameters: Parameters): string {
  switch (viewer.role) {
    case 'provider':
      return `${columns.providerId} = ${parameters.add(viewer.providerId)}`;
    case 'coordinator':
      return coordinatorCondition(viewer, columns, parameters);
    case 'auditor':
      return inJurisdiction(viewer, columns, parameters);
    case 'responder':
      return responderCondition(viewer, columns, parameters);
    case 'integration':
      return takesPart(viewer, columns, parameters);
    case 'admin':
      return columns.audience === undefined ? 'false' : `${columns.ticketId} IS NULL`;
  }
}

/** Where rows have an audience, one for the desk that concerns no case at all is for every coordinator. */
function coordinatorCondition(viewer: Viewer, columns: CaseColumns, parameters: Parameters): string {
  const ofCase = `${columns.ticketId} IS NOT NULL AND ${inJurisdiction(viewer, columns, parameters)}`;
  if (columns.audience === undefined) return ofCase;
  return `(${ofCase} OR (${columns.ticketId} IS NULL AND ${columns.providerId} IS NULL AND ${columns.audience} = 'desk'))`;
}

function responderCondition(viewer: Viewer, columns: CaseColumns, parameters: Parameters): string {
  const principal = parameters.add(viewer.principalId);
  const open = `${columns.tlp} NOT IN ('TLP:RED', 'TLP:AMBER+STRICT')`;
  const noConflict = `NOT EXISTS (SELECT FROM codegrey.conflicts_of_interest AS conflict
    WHERE conflict.principal_id = ${principal} AND conflict.provider_id = ${columns.providerId})`;
  return `(${takesPart(viewer, columns, parameters)} OR (${open} AND ${inJurisdiction(viewer, columns, parameters)} AND ${noConflict}))`;
}

function takesPart(viewer: Viewer, columns: CaseColumns, parameters: Parameters): string {
  return `EXISTS (SELECT FROM codegrey.case_participants AS participant
    WHERE participant.ticket_id = ${columns.ticketId} AND participant.principal_id = ${parameters.add(viewer.principalId)})`;
}

function inJurisdiction(viewer: Viewer, columns: CaseColumns, parameters: Parameters): string {
  if (viewer.countries === null) return 'true';
  return `${columns.country} = ANY(${parameters.add(viewer.countries)}::text[])`;
}
