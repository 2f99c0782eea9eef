import { type EscalationPolicy, type EscalationStep, parseWaitMs, type Target } from './escalation-policy.js';
import { type Fault, faultIf } from './fault.js';

/** What faults are looked for in: the part of a policy that somebody writes down. */
export type PolicyDefinition = Pick<EscalationPolicy, 'name' | 'appliesTo' | 'steps' | 'repeat'>;

/**
 * Every fault of a policy at once, in its order; empty when it can be followed. Pointers begin at the policy
 * (`/steps/0/targets`). Whether the schedules, responders and teams exist is not asked here.
 */
export function policyFaults(policy: PolicyDefinition): Fault[] {
  return [
    ...faultIf(policy.name.trim() === '', '/name', 'must not be empty'),
    ...blankFaults(policy.appliesTo.severity, '/appliesTo/severity'),
    ...policy.appliesTo.countries.flatMap((country, index) =>
      faultIf(
        !/^[A-Z]{2}$/.test(country),
        `/appliesTo/countries/${index}`,
        'must be a country code of ISO 3166-1, such as RO',
      ),
    ),
    ...blankFaults(policy.appliesTo.classification, '/appliesTo/classification'),
    ...faultIf(policy.steps.length === 0, '/steps', 'must have one step at least'),
    ...policy.steps.flatMap((step, index) => stepFaults(step, `/steps/${index}`)),
    ...faultIf(!isCount(policy.repeat, 0), '/repeat', 'must be a whole number, 0 or more'),
  ];
}

function stepFaults(step: EscalationStep, pointer: string): Fault[] {
  return [
    ...faultIf(step.targets.length === 0, `${pointer}/targets`, 'must name one target at least'),
    ...step.targets.flatMap((target, index) => targetFaults(target, `${pointer}/targets/${index}`)),
    ...faultIf(
      parseWaitMs(step.thenWait) === null,
      `${pointer}/thenWait`,
      'must be an ISO 8601 duration of days, hours, minutes and seconds, such as PT5M',
    ),
  ];
}

function targetFaults(target: Target, pointer: string): Fault[] {
  const named = Object.entries(target) as [string, unknown][];
  const [kind, value] = named[0] ?? [];
  if (named.length !== 1) return [{ pointer, detail: oneKind }];
  switch (kind) {
    case 'schedule':
    case 'responder':
    case 'team':
      return faultIf(typeof value !== 'string' || value === '', `${pointer}/${kind}`, 'must be an id');
    case 'bestFit':
      return faultIf(!isCount(value, 1), `${pointer}/bestFit`, 'must be a whole number of people, 1 or more');
    case 'role':
      return faultIf(value !== 'coordinator', `${pointer}/role`, 'must be coordinator');
    default:
      return [{ pointer, detail: oneKind }];
  }
}

const oneKind = 'must be exactly one of schedule, responder, team, bestFit and role';

function blankFaults(values: readonly string[], pointer: string): Fault[] {
  return values.flatMap((value, index) => faultIf(value.trim() === '', `${pointer}/${index}`, 'must not be empty'));
}

function isCount(value: unknown, least: number): boolean {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= least;
}
