import { Injectable } from '@nestjs/common';
import { Clock, type Work } from '../platform/index.js';
import type { EscalationPolicy } from './domain/escalation-policy.js';
import { windowsToWatch } from './domain/watched-window.js';
import { worstPath, type WorstPath, type WorstPathFacts } from './domain/worst-path.js';
import { loadEscalationConfig } from './escalation-config.js';
import { Reachability } from './reachability.js';
import { Roster } from './roster.service.js';

type Followed = Pick<EscalationPolicy, 'steps' | 'repeat'>;

/** Puts escalation policies to the test: what each comes to at the worst, by the roster as it is. */
@Injectable()
export class PolicyTests {
  readonly config = loadEscalationConfig();

  constructor(
    private readonly roster: Roster,
    private readonly reachability: Reachability,
    private readonly clock: Clock,
  ) {}

  /** The worst path of each of these policies, in their order. */
  async worstPaths(work: Work, policies: readonly Followed[]): Promise<WorstPath[]> {
    const facts = await this.facts(work, policies);
    return policies.map((policy) => worstPath(policy, facts));
  }

  private async facts(work: Work, policies: readonly Followed[]): Promise<WorstPathFacts> {
    const targets = policies.flatMap(({ steps }) => steps.flatMap((step) => step.targets));
    const schedules = new Set(targets.flatMap((target) => ('schedule' in target ? [target.schedule] : [])));
    const teams = new Set(targets.flatMap((target) => ('team' in target ? [target.team] : [])));
    const members = await this.roster.activeResponders(work);
    const ids = (role: string) => members.filter(({ deskRole }) => deskRole === role).map(({ id }) => id);
    const timeZones = await this.roster.timeZonesOf(work, [...schedules]);
    const windows = windowsToWatch(this.clock.now(), this.config.lookAheadMs, timeZones);
    return {
      responders: ids('responder'),
      coordinators: ids('coordinator'),
      teams: await this.roster.teamMembers(work, [...teams]),
      windows: await this.roster.shiftsWithin(work, [...schedules], windows),
      ways: await this.reachability.waysOf(
        work,
        members.map(({ id }) => id),
      ),
    };
  }
}
