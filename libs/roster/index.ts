export { isReachable, type ContactWay } from './domain/contact-way.js';
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
export { nightOf } from './domain/nights.js';
export { levelOf } from './domain/skill-levels.js';
export { wallShown } from './domain/wall-clock.js';
export { rosterMigrations } from './migrations/index.js';
export { testPoliciesAt } from './policy-test-timer.js';
export { noticeOwed, PersonalNotices, type PersonalNotice } from './personal-notices.service.js';
export { AreSkillLevels } from './skill-levels.validator.js';
export { Reachability } from './reachability.js';
export { RosterModule, RosterWorkerModule } from './roster.module.js';
export { Roster, type RosterMember } from './roster.service.js';
export { RestRules } from './watch/rest-rules.service.js';
