import type { ClockDto } from '../clocks/index.js';
import type { TicketFacts } from './domain/ticket.js';
import type { TicketDto } from './ticket.dto.js';

/** A ticket as the API shows it. */
export function presentTicket(ticket: TicketFacts, clocks?: ClockDto[]): TicketDto {
  return {
    id: ticket.id,
    reference: ticket.reference,
    state: ticket.state,
    severity: {
      level: ticket.severityLevel,
      rated: ticket.severityRated,
      reasons: ticket.severityReasons,
      override: ticket.severityOverride,
    },
    providerId: ticket.providerId,
    incidentId: ticket.incidentId,
    country: ticket.country,
    summary: ticket.summary,
    description: ticket.description,
    classification: ticket.classification,
    detectedAt: ticket.detectedAt?.toISOString() ?? null,
    awareAt: ticket.awareAt?.toISOString() ?? null,
    impact: ticket.impact,
    ransom: ticket.ransom,
    needs: ticket.needs,
    contact: ticket.contact,
    tlp: ticket.tlp,
    exercise: ticket.exercise,
    dispatch: {
      status: ticket.dispatchStatus,
      step: ticket.dispatchStep,
      nextStepAt: ticket.dispatchNextStepAt?.toISOString() ?? null,
    },
    claimedBy: ticket.claimedBy,
    claimedAt: ticket.claimedAt?.toISOString() ?? null,
    joined: ticket.joined,
    handover: ticket.handover,
    firstResponseAt: ticket.firstResponseAt?.toISOString() ?? null,
    callbackVerified: ticket.callbackVerified,
    resolvedAt: ticket.resolvedAt?.toISOString() ?? null,
    mergedInto: ticket.mergedInto,
    createdAt: ticket.createdAt.toISOString(),
    updatedAt: ticket.updatedAt.toISOString(),
    version: ticket.version,
    ...(clocks === undefined ? {} : { clocks }),
  };
}
