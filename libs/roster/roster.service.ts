import { Injectable } from '@nestjs/common';
import { MoreThan } from 'typeorm';
import type { Viewer } from '../identity/index.js';
import { Clock, type Statement, type Work } from '../platform/index.js';
import type { ConflictKind, MatchingResponder } from './domain/matching.js';
import { loadMatchingConfig } from './matching-config.js';
import type { PlannedSchedule } from './domain/absence-effects.js';
import type { Absences } from './domain/absences.js';
import { peopleNamed } from './domain/people-named.js';
import type { EscalationPolicy } from './domain/escalation-policy.js';
import { everybodysAbsences } from './absence-rows.js';
import type { Override, ScheduleDefinition, Shift } from './domain/schedule.js';
import { shiftsBetween } from './domain/shifts.js';
import type { WatchedWindow } from './domain/watched-window.js';
import { membersOnCall } from './on-call-members.js';
import { testPoliciesAt } from './policy-test-timer.js';
import { rosterEntry, type RosterChange } from './roster-changes.js';
import { toDefinition, toOverride } from './schedule-definition.js';
import {
  EscalationPolicyRow,
  Responder,
  ResponderStandby,
  Schedule,
  ScheduleOverride,
  Team,
  type DeskRole,
} from './roster.entity.js';

/** Somebody on the roster, as dispatch sees them. */
export interface RosterMember extends MatchingResponder {
  deskRole: DeskRole;
  timeZone: string;
}

interface Snapshot {
  revision: string;
  /** From when on the copy lacks absences that lie further ahead. */
  staleFrom: Date;
  members: RosterMember[];
  teams: Map<string, string[]>;
  schedules: Map<string, { definition: ScheduleDefinition; overrides: Override[] }>;
  absences: Absences;
  policies: EscalationPolicy[];
}

const readRevision: Statement = { name: 'roster-revision', text: 'SELECT revision FROM codegrey.roster_revision' };
const bumpRevision: Statement = {
  name: 'roster-revision-bump',
  text: 'UPDATE codegrey.roster_revision SET revision = revision + 1',
};
const readConflicts: Statement = {
  name: 'roster-conflicts',
  text: `SELECT principal_id AS "responderId", jsonb_object_agg(provider_id, kind) AS kinds FROM codegrey.conflicts_of_interest GROUP BY principal_id`,
};

/** How long an override that is over stays in the copy: longer than the clocks of two processes can differ. */
const overIsForgottenMs = 86_400_000;

/** Absences up to so far ahead are in the copy, so that it stays small however far people plan … */
const absencesAheadMs = 14 * 86_400_000;
/** … and after so long a new copy is made, though nothing has changed. */
const copyLastsMs = 7 * 86_400_000;

/**
 * Who is on the roster, on call and in which policy. All of it changes rarely, so each process keeps a copy and asks only
 * whether it is still the present one: one round trip on the way from a call for help to a page.
 */
@Injectable()
export class Roster {
  /** The rules by which responders are matched. */
  readonly matching = loadMatchingConfig();
  private snapshot: Snapshot | undefined;
  /** What each transaction has seen, so that it asks once and sees one roster throughout. */
  private readonly seen = new WeakMap<Work, Snapshot>();

  constructor(private readonly clock: Clock) {}

  /**
   * Tells the journal what changed, and every process that its copy is old; and has the escalation policies tested. For the
   * transaction of each change of the roster.
   */
  async changed(work: Work, viewer: Viewer, change: RosterChange): Promise<void> {
    work.record(rosterEntry(viewer, change));
    await work.query(bumpRevision);
    testPoliciesAt(work, this.clock.now());
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
    const { schedules, absences } = await this.current(work);
    return new Map(
      scheduleIds.map((id) => {
        const schedule = schedules.get(id);
        return [id, schedule ? membersOnCall(schedule.definition, schedule.overrides, at, absences) : []];
      }),
    );
  }

  /** Who is on call by any schedule at an instant. */
  async everybodyOnCall(work: Work, at: Date): Promise<Set<string>> {
    const { schedules } = await this.current(work);
    const bySchedule = await this.onCallNow(work, [...schedules.keys()], at);
    return new Set([...bySchedule.values()].flat());
  }

  /** Who is away at an instant, within a week from now. */
  async awayAt(work: Work, at: Date): Promise<Set<string>> {
    const { absences } = await this.current(work);
    const time = at.getTime();
    const away = [...absences].filter(([, stretches]) =>
      stretches.some(({ start, end }) => start <= time && time < end),
    );
    return new Set(away.map(([responderId]) => responderId));
  }

  /** The schedules that can put this person on call, each with the changes of it that are not long over. */
  async schedulesNaming(work: Work, responderId: string): Promise<(PlannedSchedule & { id: string })[]> {
    const { schedules } = await this.current(work);
    return [...schedules]
      .filter(([, schedule]) => peopleNamed(schedule).has(responderId))
      .map(([id, schedule]) => ({ id, ...schedule }));
  }

  /** The zones in which these schedules are read. */
  async timeZonesOf(work: Work, scheduleIds: readonly string[]): Promise<Set<string>> {
    const { schedules } = await this.current(work);
    return new Set(scheduleIds.flatMap((id) => schedules.get(id)?.definition.timeZone ?? []));
  }

  /** Each window with the shifts in it by these schedules. Only overrides that are not long over are known. */
  async shiftsWithin(
    work: Work,
    scheduleIds: readonly string[],
    windows: readonly Omit<WatchedWindow, 'shifts'>[],
  ): Promise<WatchedWindow[]> {
    const { schedules, absences } = await this.current(work);
    return windows.map((window) => {
      const shifts = scheduleIds.map((id): [string, Shift[]] => {
        const schedule = schedules.get(id);
        if (!schedule) return [id, []];
        const { definition, overrides } = schedule;
        return [id, shiftsBetween(definition, overrides, new Date(window.start), new Date(window.end), absences)];
      });
      return { ...window, shifts: new Map(shifts) };
    });
  }

  private async current(work: Work): Promise<Snapshot> {
    const seen = this.seen.get(work);
    if (seen) return seen;
    const [row] = await work.query<{ revision: string }>(readRevision);
    const revision = row?.revision ?? '0';
    const now = this.clock.now();
    const copy = this.snapshot;
    const current = copy?.revision === revision && now < copy.staleFrom ? copy : await this.load(work, revision, now);
    this.snapshot = current;
    this.seen.set(work, current);
    return current;
  }

  private async load(work: Work, revision: string, now: Date): Promise<Snapshot> {
    const { manager } = work;
    const responders = await manager.find(Responder, { where: { active: true }, order: { id: 'ASC' } });
    const conflicts = await work.query<{ responderId: string; kinds: Record<string, ConflictKind> }>(readConflicts);
    const standbys = await manager.find(ResponderStandby);
    const teams = await manager.find(Team);
    const schedules = await manager.find(Schedule);
    const notLongOver = new Date(now.getTime() - overIsForgottenMs);
    const overrides = await manager.find(ScheduleOverride, {
      where: { endsAt: MoreThan(notLongOver) },
      order: { id: 'ASC' },
    });
    const absences = await everybodysAbsences(manager, notLongOver, new Date(now.getTime() + absencesAheadMs));
    const policies = await manager.find(EscalationPolicyRow);
    const conflictsOf = new Map(
      conflicts.map(({ responderId, kinds }) => [responderId, new Map(Object.entries(kinds))]),
    );
    const standbyOf = new Map(standbys.map(({ responderId, status, until }) => [responderId, { status, until }]));
    const overridesOf = Map.groupBy(overrides, ({ scheduleId }) => scheduleId);
    const active = new Set(responders.map(({ id }) => id));
    return {
      revision,
      members: responders.map((responder) => {
        const conflictKinds = conflictsOf.get(responder.id) ?? new Map<string, ConflictKind>();
        const standby = standbyOf.get(responder.id) ?? null;
        return { ...responder, conflictsWith: [...conflictKinds.keys()], conflictKinds, standby };
      }),
      staleFrom: new Date(now.getTime() + copyLastsMs),
      absences,
      teams: new Map(teams.map(({ id, members }) => [id, members.filter((member) => active.has(member))])),
      schedules: new Map(
        schedules.map(({ id, definition }) => [
          id,
          {
            definition: toDefinition(definition),
            overrides: (overridesOf.get(id) ?? []).map(toOverride),
          },
        ]),
      ),
      policies: policies.map(({ id, name, version, definition }) => ({ id, name, version, ...definition })),
    };
  }
}
