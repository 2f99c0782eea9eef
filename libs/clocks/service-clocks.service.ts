import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock, TimerHandlers, type Actor, type FiredTimer, type Work } from '../platform/index.js';
import { system } from '../identity/index.js';
import { followUp, serviceClockTimer, type ChangedClock } from './clock-changes.js';
import { loadServiceClockPolicy } from './clock-policy.js';
import {
  lockClocks,
  lockClocksOfTicket,
  newClockRow,
  saveClocks,
  type ClockCase,
  type ClockRow,
  type ClockSubject,
} from './clock-row.js';
import { clocksStartedBy, clocksStoppedBy, type CaseFact } from './domain/clock-facts.js';
import { targetMs } from './domain/service-clock-policy.js';
import { dueHappenings, meetClock, reopenClock, retargetClock } from './domain/service-clock.js';
import type { ServiceClockOutcome } from './domain/service-clock-state.js';

/** A fact that starts and stops clocks, and what the clocks it starts are about. */
export interface ClockFact extends CaseFact {
  subject: ClockSubject;
}

/** Starts, stops and moves the service clocks of a case, inside the transaction of the fact that does so. */
@Injectable()
export class ServiceClocks implements OnModuleInit {
  readonly policy = loadServiceClockPolicy();

  constructor(
    private readonly clock: Clock,
    private readonly timers: TimerHandlers,
  ) {}

  onModuleInit(): void {
    this.timers.add(serviceClockTimer, (work, timers) => this.fire(work, timers));
  }

  /** The clocks with which a case begins, to be written in the statement that opens it. */
  opening(facts: ClockFact[], of: ClockCase, now: Date): ChangedClock[] {
    return facts.flatMap((fact) => this.started(fact, [], of, now));
  }

  /** Meets the clocks that the facts stop, and starts those that they start. Answers all clocks of the ticket. */
  async apply(work: Work, facts: ClockFact[], of: ClockCase, actor: Actor): Promise<ClockRow[]> {
    const now = this.clock.now();
    return this.change(work, of.scope.ticketId, actor, (clocks) => {
      const changed: ChangedClock[] = [];
      for (const fact of facts) {
        const present = merged(clocks, changed);
        const stopped = clocksStoppedBy(fact, present, this.policy).flatMap((row) =>
          outcome(row, meetClock(row, fact.at)),
        );
        changed.push(...stopped, ...this.started(fact, merged(present, stopped), of, now));
      }
      return changed;
    });
  }

  /**
   * Moves the targets of a case to another severity, each computed from its clock's own start. `facts` are those in force
   * at present: they start what had no target before.
   */
  async retarget(work: Work, facts: ClockFact[], of: ClockCase, actor: Actor): Promise<ClockRow[]> {
    const now = this.clock.now();
    return this.change(work, of.scope.ticketId, actor, (clocks) => {
      const moved = clocks.flatMap((row) => this.moved(row, of, now));
      return [...moved, ...facts.flatMap((fact) => this.started(fact, merged(clocks, moved), of, now))];
    });
  }

  /** Takes back that clocks of these names were met: they go on with the time used before. */
  reopen(work: Work, names: readonly string[], of: ClockCase, actor: Actor): Promise<ClockRow[]> {
    return this.reopenThose(work, (row) => names.includes(row.name), of, actor);
  }

  /** Takes back that clocks were met at this moment: those that a resolution ended, and no others. */
  reopenMetAt(work: Work, at: Date, of: ClockCase, actor: Actor): Promise<ClockRow[]> {
    return this.reopenThose(work, (row) => row.metAt?.getTime() === at.getTime(), of, actor);
  }

  /** A clock goes on by the terms it had, unless the severity has changed since it was met. */
  private reopenThose(
    work: Work,
    chosen: (row: ClockRow) => boolean,
    of: ClockCase,
    actor: Actor,
  ): Promise<ClockRow[]> {
    const now = this.clock.now();
    return this.change(work, of.scope.ticketId, actor, (clocks) =>
      clocks.filter(chosen).flatMap((row) => {
        const reopened = outcome(row, reopenClock(row, now));
        const [open] = reopened;
        return open && row.severity !== of.severity ? [...reopened, ...this.moved(open.row, of, now)] : reopened;
      }),
    );
  }

  /** A clock moved to the target of another severity. */
  private moved(row: ClockRow, { severity }: ClockCase, now: Date): ChangedClock[] {
    const target = targetMs(this.policy, row.name, severity);
    return outcome({ ...row, severity, policyVersion: this.policy.version }, retargetClock(row, target, now));
  }

  /** Meets the open clocks of these names (null: all of them) at a moment. */
  async meet(
    work: Work,
    ticketId: string,
    names: readonly string[] | null,
    at: Date,
    actor: Actor,
  ): Promise<ClockRow[]> {
    return this.change(work, ticketId, actor, (clocks) =>
      clocks.filter((row) => names?.includes(row.name) ?? true).flatMap((row) => outcome(row, meetClock(row, at))),
    );
  }

  /** Writes the same label on the clocks of a ticket as the ticket has now. */
  async relabel(work: Work, ticketId: string, tlp: string): Promise<void> {
    await work.query({ name: 'clocks-relabel', text: 'UPDATE codegrey.clocks SET tlp = $2 WHERE ticket_id = $1' }, [
      ticketId,
      tlp,
    ]);
  }

  private async change(
    work: Work,
    ticketId: string,
    actor: Actor,
    decide: (clocks: ClockRow[]) => ChangedClock[],
  ): Promise<ClockRow[]> {
    const clocks = await work.query<ClockRow>(lockClocksOfTicket, [ticketId]);
    const changed = decide(clocks);
    await this.write(work, changed, actor);
    return merged(clocks, changed);
  }

  private async write(work: Work, changed: ChangedClock[], actor: Actor): Promise<void> {
    if (changed.length === 0) return;
    const last = new Map(changed.map(({ row }) => [row.id, row]));
    await work.query(saveClocks, [JSON.stringify([...last.values()])]);
    const now = this.clock.now();
    for (const change of changed) followUp(change, actor, now, work);
  }

  private started(fact: ClockFact, clocks: ClockRow[], of: ClockCase, now: Date): ChangedClock[] {
    const about = clocks.filter((clock) => clock.subjectId === fact.subject.id);
    return clocksStartedBy(fact, about, of.severity, this.policy, now).map(({ name, clock, happenings }) => ({
      row: newClockRow(clock, { name, service: fact.service, subject: fact.subject, of, policy: this.policy }),
      happenings,
    }));
  }

  private async fire(work: Work, timers: FiredTimer[]): Promise<void> {
    const firedAt = timers[0]?.firedAt ?? this.clock.now();
    const rows = await work.query<ClockRow>(lockClocks, [timers.map((timer) => timer.subjectId)]);
    const byId = new Map(rows.map((row) => [row.id, row]));
    // In the order in which the timers were due, so that the journal tells it in that order.
    const changed = timers.flatMap(({ subjectId }) => {
      const row = byId.get(subjectId);
      if (!row) return [];
      const { clock, happenings } = dueHappenings(row, firedAt);
      return [{ row: { ...row, ...clock }, happenings }];
    });
    await this.write(work, changed, system);
  }
}

function outcome(row: ClockRow, result: ServiceClockOutcome): ChangedClock[] {
  return result.kind === 'changed' ? [{ row: { ...row, ...result.clock }, happenings: result.happenings }] : [];
}

function merged(clocks: ClockRow[], changed: ChangedClock[]): ClockRow[] {
  const rows = new Map(clocks.map((row) => [row.id, row]));
  for (const { row } of changed) rows.set(row.id, row);
  return [...rows.values()];
}
