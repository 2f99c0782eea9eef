import type { TicketFacts } from './domain/ticket.js';

const columns: Record<keyof TicketFacts, string> = {
  id: 'id',
  reference: 'reference',
  state: 'state',
  incidentId: 'incident_id',
  providerId: 'provider_id',
  country: 'country',
  tlp: 'tlp',
  exercise: 'exercise',
  summary: 'summary',
  description: 'description',
  classification: 'classification',
  detectedAt: 'detected_at',
  awareAt: 'aware_at',
  impact: 'impact',
  ransom: 'ransom',
  needs: 'needs',
  contact: 'contact',
  severityLevel: 'severity_level',
  severityRated: 'severity_rated',
  severityReasons: 'severity_reasons',
  severityOverride: 'severity_override',
  dispatchStatus: 'dispatch_status',
  dispatchStep: 'dispatch_step',
  dispatchNextStepAt: 'dispatch_next_step_at',
  claimedBy: 'claimed_by',
  claimedAt: 'claimed_at',
  joined: 'joined',
  handover: 'handover',
  firstResponseAt: 'first_response_at',
  callbackVerified: 'callback_verified',
  resolvedAt: 'resolved_at',
  mergedInto: 'merged_into',
  stateBeforeMerge: 'state_before_merge',
  createdByRole: 'created_by_role',
  createdBy: 'created_by',
  createdAt: 'created_at',
  updatedAt: 'updated_at',
  version: 'version',
};

/** The columns of `codegrey.tickets AS ticket` under the names of the entity, for SQL by hand. */
export const ticketColumns = Object.entries(columns)
  .map(([property, column]) => `ticket.${column} AS "${property}"`)
  .join(', ');

/** Who may see a ticket is decided on these. */
export const ticketCaseColumns = {
  ticketId: 'ticket.id',
  providerId: 'ticket.provider_id',
  country: 'ticket.country',
  tlp: 'ticket.tlp',
};
