import type { SeverityLevel } from './severity.js';
import type { PATIENT_SAFETY, PERSONAL_DATA, SERVICE_STATUSES } from './severity-conditions.js';

export const TICKET_STATES = ['open', 'claimed', 'resolved', 'closed', 'rejected', 'merged'] as const;

export type TicketState = (typeof TICKET_STATES)[number];

/** Traffic Light Protocol 2.0, the strictest first. */
export const TLP_LABELS = ['TLP:RED', 'TLP:AMBER+STRICT', 'TLP:AMBER', 'TLP:GREEN', 'TLP:CLEAR'] as const;

export type Tlp = (typeof TLP_LABELS)[number];

/** Where the paging of a ticket stands. `held`: nobody is to be paged (it is resolved, rejected or merged). */
export const DISPATCH_STATUSES = ['paging', 'claimed', 'exhausted', 'held'] as const;

export type DispatchStatus = (typeof DISPATCH_STATUSES)[number];

/** What the attack does to care. */
export interface Impact {
  patientSafety?: (typeof PATIENT_SAFETY)[number];
  services?: { service: string; status: (typeof SERVICE_STATUSES)[number] }[];
  personalData?: (typeof PERSONAL_DATA)[number];
  spreading?: boolean;
}

/** What is known of a demand. It is recorded; nothing in the product helps to pay. */
export interface Ransom {
  noteFound?: boolean;
  family?: string;
  demand?: { amount: string; currency: string };
  deadline?: string;
}

/** What the ticket asks of whoever helps. */
export interface Needs {
  skills?: string[];
  /** Of those of the skills whose level was said: 1 to 5. */
  skillLevels?: Record<string, number>;
  languages?: string[];
}

/** Whom to call back. */
export interface Contact {
  name?: string;
  phone?: string;
  email?: string;
  language?: string;
}

/** An offer of the ticket to another responder: it stays with the giver until it is accepted. */
export interface Handover {
  to: string;
  from: string;
  /** RFC 3339. */
  offeredAt: string;
}

/** One request for help by one provider. */
export interface TicketFacts {
  id: string;
  reference: string;
  state: TicketState;
  incidentId: string;
  providerId: string;
  country: string;
  tlp: Tlp;
  exercise: boolean;
  summary: string;
  description: string | null;
  classification: string | null;
  detectedAt: Date | null;
  awareAt: Date | null;
  impact: Impact | null;
  ransom: Ransom | null;
  needs: Needs | null;
  contact: Contact | null;
  severityLevel: SeverityLevel;
  severityRated: SeverityLevel;
  severityReasons: string[];
  severityOverride: string | null;
  dispatchStatus: DispatchStatus;
  dispatchStep: number;
  dispatchNextStepAt: Date | null;
  claimedBy: string | null;
  claimedAt: Date | null;
  joined: string[];
  handover: Handover | null;
  firstResponseAt: Date | null;
  callbackVerified: boolean;
  resolvedAt: Date | null;
  mergedInto: string | null;
  stateBeforeMerge: TicketState | null;
  createdByRole: string;
  createdBy: string;
  createdAt: Date;
  updatedAt: Date;
  version: number;
}

/** The stricter of two labels: what was said under one must not leave under a wider one. */
export function stricterTlp(one: Tlp, other: Tlp): Tlp {
  return TLP_LABELS.indexOf(one) <= TLP_LABELS.indexOf(other) ? one : other;
}
