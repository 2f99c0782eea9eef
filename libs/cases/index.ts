export { CasesModule } from './cases.module.js';
export { ACTION_STATES, allows, worksOn, type TicketAction } from './domain/ticket-actions.js';
export { SEVERITY_LEVELS, type SeverityLevel } from './domain/severity.js';
export {
  TICKET_STATES,
  TLP_LABELS,
  type DispatchStatus,
  type Handover,
  type TicketFacts,
  type TicketState,
  type Tlp,
} from './domain/ticket.js';
export { casesMigrations } from './migrations/index.js';
export { presentTicket } from './present-ticket.js';
export { caseProblems } from './problems.js';
export { ticketCaseColumns, ticketColumns } from './ticket-columns.js';
export { TicketDto } from './ticket.dto.js';
export { Ticket } from './ticket.entity.js';
export { TicketReader } from './ticket-reader.service.js';
export {
  byIdOrReference,
  clockCaseOf,
  scopeOfTicket,
  ticketFact,
  Tickets,
  type TicketChange,
} from './tickets.service.js';
