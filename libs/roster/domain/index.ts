export type { ContactWay } from './contact-way.js';
export { canWait } from './availability.js';
export {
  beforeFirstStep,
  nextStep,
  type EscalationPolicy,
  type EscalationPosition,
  type EscalationStep,
  type Target,
} from './escalation-policy.js';
export type { Candidate } from './matching.js';
export { worstPath } from './worst-path.js';
