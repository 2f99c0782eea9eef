export {
  beforeFirstStep,
  choosePolicy,
  nextStep,
  type EscalationPolicy,
  type EscalationPosition,
  type EscalationStep,
  type Target,
} from './domain/escalation-policy.js';
export { rankCandidates, type Candidate } from './domain/matching.js';
export { rosterMigrations } from './migrations/index.js';
export { noticeOwed, PersonalNotices, type PersonalNotice } from './personal-notices.service.js';
export { RosterModule } from './roster.module.js';
export { Roster, type RosterMember } from './roster.service.js';
