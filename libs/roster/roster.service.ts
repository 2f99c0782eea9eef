import { Injectable } from '@nestjs/common';
import { MoreThan } from 'typeorm';
import type { Viewer } from '../identity/index.js';
import { Clock, loadDeskConfig, type Statement, type Work } from '../platform/index.js';
import type { EscalationPolicy } from './domain/escalation-policy.js';
import type { MatchingResponder, MatchingWeights } from './domain/matching.js';
import type { Plan } from './domain/schedule.js';
import { membersOnCall } from './on-call-members.js';
import { rosterEntry, type RosterChange } from './roster-changes.js';
import { assembledPlans } from './schedule-plans.js';
import { EscalationPolicyRow, Responder, Schedule, ScheduleOverride, Team, type DeskRole } from './roster.entity.js';

/** Somebody on the roster, as dispatch sees them. */
export interface RosterMember extends MatchingResponder {
  deskRole: DeskRole;
  timeZone: string;
}

interface Snapshot {
  revision: string;
  members: RosterMember[];
  teams: Map<string, string[]>;
  schedules: Map<string, Plan>;
  policies: EscalationPolicy[];
}

const readRevision: Statement = { name: 'roster-revision', text: 'SELECT revision FROM codegrey.roster_revision' };
const bumpRevision: Statement = {
  name: 'roster-revision-bump',
  text: 'UPDATE codegrey.roster_revision SET revision = revision + 1',
};
const readConflicts: Statement = {
  name: 'roster-conflicts',
  text: `SELECT principal_id AS "responderId", array_agg(provider_id::text) AS providers FROM codegrey.conflicts_of_interest GROUP BY principal_id`,
};

/** How long an override that is over stays in the copy: longer than the clocks of two processes can differ. */
const overIsForgottenMs = 86_400_000;

const weightNames = ['skills', 'languages', 'country', 'onCall', 'onCallUrgent', 'freeCapacity', 'alreadyPaged'];
const weightsSchema = {
  type: 'object',
  additionalProperties: false,
  required: weightNames,
  properties: Object.fromEntries(weightNames.map((name) => [name, { type: 'number' }])),
};

/**
 * Who is on the roster, on call and in which policy. All of it changes rarely, so each process keeps a copy and asks only
 * whether it is still the present one: one round trip on the way from a call for help to a page.
 */
@Injectable()
export class Roster {
  /** What each match is worth. */
  readonly weights = loadDeskConfig<MatchingWeights>('matching', weightsSchema);
  private snapshot: Snapshot | undefined;
  /** What each transaction has seen, so that it asks once and sees one roster throughout. */
  private readonly seen = new WeakMap<Work, Snapshot>();

  constructor(private readonly clock: Clock) {}

  /** Tells the journal what changed, and every process that its copy is old. For the transaction of each change of the roster. */
  async changed(work: Work, viewer: Viewer, change: RosterChange): Promise<void> {
    work.record(rosterEntry(viewer, change));
    await work.query(bumpRevision);
  }

  /** Everybody who is active: responders and coordinators. */
  async activeResponders(work: Work): Promise<RosterMember[]> {
    return (await this.current(work)).members;
  }

  async policies(work: Work): Promise<EscalationPolicy[]> {
    return (await this.current(work)).policies;
  }

  async teamMembers(work: Work, teamIds: readonly string[]): Promise<Map<string, string[]>> {
    const { teams } = await this.current(work);
    return new Map(teamIds.map((id) => [id, teams.get(id) ?? []]));
  }

  /** Who is on call by each of these schedules at an instant, from now on: what is over is not looked at. */
  async onCallNow(work: Work, scheduleIds: readonly string[], at: Date): Promise<Map<string, string[]>> {
    const { schedules } = await this.current(work);
    return new Map(
      scheduleIds.map((id) => {
        const schedule = schedules.get(id);
        return [id, schedule ? membersOnCall(schedule.definition, schedule.overrides, at) : []];
      }),
    );
  }

  /** Who is on call by any schedule at an instant. */
  async everybodyOnCall(work: Work, at: Date): Promise<Set<string>> {
    const { schedules } = await this.current(work);
    const bySchedule = await this.onCallNow(work, [...schedules.keys()], at);
    return new Set([...bySchedule.values()].flat());
  }

  private async current(work: Work): Promise<Snapshot> {
    const seen = this.seen.get(work);
    if (seen) return seen;
    const [row] = await work.query<{ revision: string }>(readRevision);
    const revision = row?.revision ?? '0';
    const current = this.snapshot?.revision === revision ? this.snapshot : await this.load(work, revision);
    this.snapshot = current;
    this.seen.set(work, current);
    return current;
  }

  private async load(work: Work, revision: string): Promise<Snapshot> {
    const { manager } = work;
    const responders = await manager.find(Responder, { where: { active: true }, order: { id: 'ASC' } });
    const conflicts = await work.query<{ responderId: string; providers: string[] }>(readConflicts);
    const teams = await manager.find(Team);
    const schedules = await manager.find(Schedule);
    const overrides = await manager.find(ScheduleOverride, {
      where: { endsAt: MoreThan(new Date(this.clock.now().getTime() - overIsForgottenMs)) },
      order: { id: 'ASC' },
    });
    const policies = await manager.find(EscalationPolicyRow);
    const conflictsOf = new Map(conflicts.map(({ responderId, providers }) => [responderId, providers]));
    const overridesOf = Map.groupBy(overrides, ({ scheduleId }) => scheduleId);
    const active = new Set(responders.map(({ id }) => id));
    return {
      revision,
      members: responders.map((responder) => ({ ...responder, conflictsWith: conflictsOf.get(responder.id) ?? [] })),
      teams: new Map(teams.map(({ id, members }) => [id, members.filter((member) => active.has(member))])),
      schedules: assembledPlans(schedules, overridesOf),
      policies: policies.map(({ id, name, version, definition }) => ({ id, name, version, ...definition })),
    };
  }
}
