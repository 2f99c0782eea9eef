export {
  beforeFirstStep,
  nextStep,
  type EscalationPolicy,
  type EscalationPosition,
  type Target,
} from './escalation-policy.js';
export type { Candidate } from './matching.js';
