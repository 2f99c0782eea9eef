import { In, type EntityManager } from 'typeorm';
import type { Fault } from '../platform/index.js';
import type { EscalationStep } from './domain/escalation-policy.js';
import { rosterProblems } from './problems.js';
import { EscalationPolicyRow, Schedule, Team } from './roster.entity.js';
import { unknownMembers } from './unknown-members.js';

/** Something that a policy names, and where. */
interface NamedTarget {
  id: string;
  pointer: string;
}

/**
 * Throws 409 while an escalation policy pages by this schedule or team: without it the step would page nobody. The caller
 * has locked its row for the transaction, so that no policy comes to name it meanwhile.
 */
export async function refuseWhileNamed(manager: EntityManager, kind: 'schedule' | 'team', id: string): Promise<void> {
  const policies = await manager.find(EscalationPolicyRow, { order: { id: 'ASC' } });
  const naming = policies.filter(({ definition }) =>
    targetsOf(kind, definition.steps).some((target) => target.id === id),
  );
  if (naming.length > 0) throw rosterProblems.inUse(naming.map(({ name }) => name));
}

/**
 * A fault for each target that does not exist: a step that names it would page nobody. The schedules and teams that do
 * exist cannot be deleted before the transaction ends; responders never are.
 */
export async function unknownTargets(manager: EntityManager, steps: readonly EscalationStep[]): Promise<Fault[]> {
  const schedules = targetsOf('schedule', steps);
  const teams = targetsOf('team', steps);
  const responders = targetsOf('responder', steps).map(({ id, pointer }) => ({ pointer, responderId: id }));
  return [
    ...missing(schedules, await manager.find(Schedule, lockedAgainstDeletion(schedules)), 'is no schedule'),
    ...missing(teams, await manager.find(Team, lockedAgainstDeletion(teams)), 'is no team'),
    ...(await unknownMembers(manager, responders)),
  ];
}

function targetsOf(kind: 'schedule' | 'team' | 'responder', steps: readonly EscalationStep[]): NamedTarget[] {
  return steps.flatMap(({ targets }, step) =>
    targets.flatMap((target, place) =>
      Object.entries(target)
        .filter(([name]) => name === kind)
        .map(([, id]) => ({ id: String(id), pointer: `/steps/${step}/targets/${place}/${kind}` })),
    ),
  );
}

/** In the order of their ids, so that two policies that name the same ones never wait for each other. */
function lockedAgainstDeletion(named: NamedTarget[]) {
  const mode = 'pessimistic_read' as const;
  return { where: { id: In(named.map(({ id }) => id)) }, order: { id: 'ASC' as const }, lock: { mode } };
}

function missing(named: NamedTarget[], found: { id: string }[], detail: string): Fault[] {
  const known = new Set(found.map(({ id }) => id));
  return named.filter(({ id }) => !known.has(id)).map(({ pointer }) => ({ pointer, detail }));
}
