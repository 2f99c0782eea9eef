import type { Fault } from '../platform/index.js';
import { parseWaitMs, type Target } from './domain/escalation-policy.js';
import { policyFaults } from './domain/validate-policy.js';
import type { EscalationPolicyInputDto, TargetDto } from './escalation-policy.dto.js';
import type { EscalationPolicyRow } from './roster.entity.js';

const shortestWaitMs = 10_000;
const longestWaitMs = 86_400_000;

/**
 * What is kept of a policy that somebody wrote down, and every fault in it, apart from targets that do not exist. What is
 * left out, or null, is: any ticket, all targets of a step at once, no repetition.
 */
export function policyDefinition(input: EscalationPolicyInputDto): {
  definition: EscalationPolicyRow['definition'];
  faults: Fault[];
} {
  const faults: Fault[] = [];
  const { severity, countries, classification } = input.appliesTo ?? {};
  const definition = {
    appliesTo: {
      severity: severity ?? [],
      countries: countries?.map((code) => code.toUpperCase()) ?? [],
      classification: classification ?? [],
    },
    steps: input.steps.map(({ targets, roundRobin, answers, respectStandby, thenWait }, step) => ({
      targets: targets.flatMap((target, place) => oneTarget(target, `/steps/${step}/targets/${place}`, faults)),
      roundRobin: roundRobin ?? false,
      ...(answers === undefined || answers === null ? {} : { answers }),
      ...(typeof respectStandby === 'boolean' ? { respectStandby } : {}),
      thenWait,
    })),
    repeat: input.repeat ?? 0,
  };
  // A step that has lost a target to a fault would be told off for having too few.
  if (faults.length === 0) faults.push(...policyFaults({ name: input.name, ...definition }));
  return { definition, faults: [...faults, ...waitFaults(input)] };
}

function oneTarget(target: TargetDto, pointer: string, faults: Fault[]): Target[] {
  const given = Object.entries(target).filter(([, value]) => value !== undefined && value !== null);
  if (given.length === 1) return [Object.fromEntries(given) as Target];
  faults.push({ pointer, detail: 'must have exactly one of schedule, responder, team, bestFit and role' });
  return [];
}

/** Less than a page takes to be answered, or more than a day, is a slip of the pen. What is no duration is told by `policyFaults`. */
function waitFaults({ steps }: EscalationPolicyInputDto): Fault[] {
  return steps.flatMap(({ thenWait }, step) => {
    const waitMs = parseWaitMs(thenWait);
    if (waitMs === null || (waitMs >= shortestWaitMs && waitMs <= longestWaitMs)) return [];
    return [{ pointer: `/steps/${step}/thenWait`, detail: 'must be from PT10S to PT24H' }];
  });
}
