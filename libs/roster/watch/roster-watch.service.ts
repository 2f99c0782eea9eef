import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock, TimerHandlers, type Work } from '../../platform/index.js';
import { compareFindings, dueLead, nextLeadAt, type RecordedFinding } from '../domain/finding-records.js';
import {
  personFindings,
  scheduleFindings,
  type WatchedPerson,
  type WatchedSchedule,
  type WatchFinding,
} from '../domain/roster-watch.js';
import { isReachable } from '../domain/contact-way.js';
import type { Span } from '../domain/span.js';
import { watchNotices, type AnnouncedFinding } from '../domain/watch-notice.js';
import { PersonalNotices } from '../personal-notices.service.js';
import { Reachability } from '../reachability.js';
import { Responder, Schedule } from '../roster.entity.js';
import { newRecord, recordedFindings, saveFindings } from './finding-rows.js';
import { PlannedShifts } from './planned-shifts.service.js';
import { RestRules } from './rest-rules.service.js';
import { loadWatchConfig } from './watch-config.js';
import { rosterChangedTimer, watchTimer, wholeRoster } from './watch-timers.js';

/** How far back shifts are looked at, so that a row of nights or hours that has begun is seen whole. */
const lookBackMs = 15 * 86_400_000;

/** The roster as it is at one look. */
interface Roster {
  schedules: Schedule[];
  responders: Map<string, Responder>;
}

/**
 * Finds gaps and thin spots ahead, keeps them on record while they last, and tells the owners of the schedules in time. A
 * look and all that follows from it are one transaction, so that everybody is told once, whatever fails.
 */
@Injectable()
export class RosterWatch implements OnModuleInit {
  private readonly config = loadWatchConfig();

  constructor(
    private readonly timers: TimerHandlers,
    private readonly clock: Clock,
    private readonly plannedShifts: PlannedShifts,
    private readonly reachability: Reachability,
    private readonly rest: RestRules,
    private readonly notices: PersonalNotices,
  ) {}

  onModuleInit(): void {
    this.timers.add(watchTimer, (work) => this.look(work));
    this.timers.add(rosterChangedTimer, async (work) => {
      work.arm({ kind: watchTimer, subjectId: wholeRoster, dueAt: this.clock.now() });
      return Promise.resolve();
    });
  }

  private async look(work: Work): Promise<void> {
    const now = this.clock.now();
    const until = new Date(now.getTime() + this.config.aheadMs);
    const roster = await readRoster(work);
    const found = await this.findings(work, roster, now, until);
    const { kept, fresh, gone } = compareFindings(await recordedFindings(work), found);
    const records = [...kept, ...fresh.map(newRecord)];
    const due = records.filter((record) => this.leadDue(record, now) !== null);
    const current = records.map((record) => ({
      ...record,
      toldLeadMs: this.leadDue(record, now) ?? record.toldLeadMs,
    }));
    await saveFindings(work, current, gone, { now, until });
    await this.tell(work, roster, due);
    work.arm({ kind: watchTimer, subjectId: wholeRoster, dueAt: this.nextLook(current, now) });
  }

  private leadDue(record: RecordedFinding, now: Date): number | null {
    return this.config.tellOf.has(record.kind) ? dueLead(record, this.config.leadsMs, now.getTime()) : null;
  }

  private nextLook(records: readonly RecordedFinding[], now: Date): Date {
    const leads = records
      .filter(({ kind }) => this.config.tellOf.has(kind))
      .flatMap((record) => nextLeadAt(record, this.config.leadsMs, now.getTime()) ?? []);
    return new Date(leads.reduce((next, lead) => Math.min(next, lead), now.getTime() + this.config.lookAgainAfterMs));
  }

  private async findings(work: Work, roster: Roster, now: Date, until: Date): Promise<WatchFinding[]> {
    const from = new Date(now.getTime() - lookBackMs);
    const planned = await this.plannedShifts.between(work.manager, roster.schedules, from, until);
    const schedules = planned.map(({ schedule, shifts }) => ({ id: schedule.id, needs: schedule.requires, shifts }));
    const people = await this.people(work, roster);
    return findingsOf(schedules, people, { start: from.getTime(), end: until.getTime() }).filter(
      ({ end }) => end > now.getTime(),
    );
  }

  private async people(work: Work, { responders }: Roster): Promise<Map<string, WatchedPerson>> {
    const ways = await this.reachability.waysOf(work, [...responders.keys()]);
    return new Map(
      [...responders].map(([id, { name, active, skills, languages, timeZone }]) => [
        id,
        {
          name,
          active,
          skills,
          languages,
          timeZone,
          reachable: isReachable(ways.get(id)),
          rest: this.rest.ruleFor(timeZone),
        },
      ]),
    );
  }

  private async tell(work: Work, roster: Roster, due: readonly RecordedFinding[]): Promise<void> {
    const announced = due.map((finding) => announcement(finding, roster));
    for (const { recipients, subject, text } of watchNotices(announced))
      await this.notices.tell(work, recipients, { kind: 'roster-watch', subject, text });
  }
}

/** What is wrong, of each schedule and then of each person. */
function findingsOf(
  schedules: readonly WatchedSchedule[],
  people: ReadonlyMap<string, WatchedPerson>,
  window: Span,
): WatchFinding[] {
  return [
    ...schedules.flatMap((schedule) => scheduleFindings(schedule, people, window)),
    ...personFindings(schedules, people, window),
  ];
}

async function readRoster({ manager }: Work): Promise<Roster> {
  const schedules = await manager.find(Schedule, { order: { id: 'ASC' } });
  const responders = await manager.find(Responder, { order: { id: 'ASC' } });
  return { schedules, responders: new Map(responders.map((responder) => [responder.id, responder])) };
}

function announcement(finding: WatchFinding, { schedules, responders }: Roster): AnnouncedFinding {
  const concerned = schedules.filter(({ id }) => finding.scheduleIds.includes(id));
  return {
    finding,
    schedules: concerned.map(({ name }) => name),
    people: finding.responderIds.map((id) => responders.get(id)?.name ?? id),
    timeZone: concerned[0]?.definition.timeZone ?? 'UTC',
    recipients: concerned.flatMap(({ owners }) => ownersOf(owners, responders)),
  };
}

/** The owners who are still there; where there are none, every coordinator. */
function ownersOf(owners: readonly string[], responders: ReadonlyMap<string, Responder>): string[] {
  const present = owners.filter((id) => responders.get(id)?.active);
  if (present.length > 0) return present;
  return [...responders.values()]
    .filter(({ active, deskRole }) => active && deskRole === 'coordinator')
    .map(({ id }) => id);
}
