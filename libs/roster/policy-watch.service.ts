import { isDeepStrictEqual } from 'node:util';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Gauge } from 'prom-client';
import { actorOf, administration, system, type Viewer } from '../identity/index.js';
import { Clock, Database, registry, TimerHandlers, type Actor, type Work } from '../platform/index.js';
import type { EscalationPolicy } from './domain/escalation-policy.js';
import { standingChange } from './domain/policy-standing.js';
import type { WorstPath } from './domain/worst-path.js';
import { PersonalNotices } from './personal-notices.service.js';
import { countSilentPolicies, standingsOf, writeStandings, type PolicyStanding } from './policy-standings.sql.js';
import { policyTestTimer } from './policy-test-timer.js';
import { PolicyTests } from './policy-tests.service.js';
import { presentWorstPath } from './present-worst-path.js';
import { Roster } from './roster.service.js';

type Named = Pick<EscalationPolicy, 'id' | 'name'>;

/**
 * Sees to it that no escalation policy comes to end in silence unnoticed: all of them are put to the test again whenever the
 * roster or a contact method changes, and every so often, since time alone brings gaps nearer and methods begin to fail.
 */
@Injectable()
export class PolicyWatch implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly timers: TimerHandlers,
    private readonly roster: Roster,
    private readonly tests: PolicyTests,
    private readonly notices: PersonalNotices,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.timers.add(policyTestTimer, (work) => this.testAll(work));
    countSilent(this.database);
  }

  /** Keeps what was found of a policy when it was saved, and who saved it. */
  async found(work: Work, viewer: Viewer, policy: Named, path: WorstPath): Promise<PolicyStanding> {
    const before = (await standingsOf(work, [policy.id])).get(policy.id);
    const standing = { policyId: policy.id, worstPath: path, ownerId: viewer.principalId, silentSince: null };
    await writeStandings(work, [standing]);
    await this.tell(work, policy, before?.silentSince ?? null, standing, actorOf(viewer));
    return standing;
  }

  /** Puts every policy to the test, and says which could end in silence from now on, and which no longer. */
  private async testAll(work: Work): Promise<void> {
    const now = this.clock.now();
    const policies = await this.roster.policies(work);
    const paths = await this.tests.worstPaths(work, policies);
    const known = await standingsOf(
      work,
      policies.map(({ id }) => id),
    );
    const changed = policies.flatMap((policy, index) => {
      const [path, before] = [paths[index]!, known.get(policy.id)];
      const silentSince = path.lastResort === null ? (before?.silentSince ?? now) : null;
      const standing = { policyId: policy.id, worstPath: path, ownerId: before?.ownerId ?? null, silentSince };
      return isSame(before, standing) ? [] : [{ policy, before, standing }];
    });
    const written = await writeStandings(
      work,
      changed.map(({ standing }) => standing),
    );
    for (const { policy, before, standing } of changed.filter(({ policy: { id } }) => written.has(id)))
      await this.tell(work, policy, before?.silentSince ?? null, standing, system);
  }

  private async tell(
    work: Work,
    { id, name }: Named,
    silentBefore: Date | null,
    { worstPath, ownerId, silentSince }: PolicyStanding,
    actor: Actor,
  ): Promise<void> {
    const change = standingChange(silentBefore, silentSince !== null);
    if (change === 'unchanged') return;
    const isSilent = change === 'fell-silent';
    work.record({
      type: isSilent ? 'escalation-policy.silent' : 'escalation-policy.recovered',
      subject: { type: 'escalation-policy', id },
      actor,
      scope: administration,
      audience: 'desk',
      data: { id, name, silentSince: silentSince?.toISOString() ?? null, worstPath: presentWorstPath(worstPath) },
    });
    await this.notices.tell(work, await this.concerned(work, ownerId), {
      kind: isSilent ? 'policy-silent' : 'policy-recovered',
      subject: isSilent
        ? `the escalation policy ${name} could end in silence`
        : `the escalation policy ${name} is safe`,
      text: isSilent
        ? `By the escalation policy ${name}, at the worst nobody would be reached: ${worstPath.silences.join('; ')}.`
        : `By the escalation policy ${name} somebody is reached again even at the worst.`,
    });
  }

  /** The coordinators, and whoever saved the policy last. */
  private async concerned(work: Work, ownerId: string | null): Promise<string[]> {
    const members = await this.roster.activeResponders(work);
    return members.filter(({ id, deskRole }) => deskRole === 'coordinator' || id === ownerId).map(({ id }) => id);
  }
}

function isSame(before: PolicyStanding | undefined, after: PolicyStanding): boolean {
  return (
    before !== undefined &&
    before.silentSince?.getTime() === after.silentSince?.getTime() &&
    isDeepStrictEqual(before.worstPath, after.worstPath)
  );
}

/** Shows in the metrics how many policies could end in silence, asked of the database since any process may have found them. */
function countSilent(database: Database): void {
  registry.removeSingleMetric('codegrey_policies_silent');
  new Gauge({
    name: 'codegrey_policies_silent',
    help: 'Escalation policies that could end in silence.',
    registers: [registry],
    async collect() {
      const [row] = await database.query<{ count: number }>(countSilentPolicies).catch(() => []);
      this.set(row?.count ?? Number.NaN);
    },
  });
}
