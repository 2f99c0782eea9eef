import { Injectable } from '@nestjs/common';
import type { Viewer } from '../identity/index.js';
import { Clock, newId, type Statement, type Work } from '../platform/index.js';
import { absencesInPlans } from './absence-rows.js';
import { shiftChangeNotice } from './domain/shift-change-notice.js';
import { shiftChanges, type ShiftChange } from './domain/shift-changes.js';
import type { Absences } from './domain/absences.js';
import type { Plan, Shift } from './domain/schedule.js';
import { shadowShiftsBetween, shiftsBetween } from './domain/shifts.js';
import { PersonalNotices } from './personal-notices.service.js';
import type { Schedule } from './roster.entity.js';
import { loadSchedulesConfig } from './schedules-config.js';

/** What was asked before about this schedule no longer stands as it was asked. Index: schedule_changes_asked. */
const supersede: Statement = {
  name: 'schedule-changes-supersede',
  text: `UPDATE codegrey.schedule_changes SET state = 'superseded', answered_at = $3
         WHERE schedule_id = $1 AND responder_id = ANY($2) AND state = 'asked'`,
};

const insertAsked: Statement = {
  name: 'schedule-changes-insert',
  text: `
    INSERT INTO codegrey.schedule_changes (id, schedule_id, responder_id, spans, state, asked_at)
    SELECT id, $2, responder_id, spans, 'asked', $3
    FROM jsonb_to_recordset($1::jsonb) AS asked(id uuid, responder_id uuid, spans jsonb)`,
};

/** Tells people that an edited schedule has moved their shifts, and asks those whom it puts on call at short notice. */
@Injectable()
export class ScheduleEdits {
  private readonly config = loadSchedulesConfig();

  constructor(
    private readonly notices: PersonalNotices,
    private readonly clock: Clock,
  ) {}

  /** The time in which people are told that their shifts have moved. */
  window(): { from: Date; to: Date } {
    const from = this.clock.now();
    return { from, to: new Date(from.getTime() + this.config.tellAheadMs) };
  }

  /** For the transaction of the edit. Whoever made it is not told what they know; nor is anybody of what is over. */
  async announce(work: Work, viewer: Viewer, schedule: Schedule, before: Plan, after: Plan): Promise<void> {
    const { from: now, to: until } = this.window();
    const askBefore = new Date(now.getTime() + this.config.askWithinMs);
    const absences = await absencesInPlans(work.manager, [before, after], now, until);
    const changes = effects(before, after, now, until, absences).filter(
      ({ responderId }) => responderId !== viewer.principalId,
    );
    const byResponder = Map.groupBy(changes, ({ responderId }) => responderId);
    await work.query(supersede, [schedule.id, [...byResponder.keys()], now]);
    const asked: { id: string; responder_id: string; spans: { start: Date; end: Date }[] }[] = [];
    for (const [responderId, own] of byResponder) {
      const soon = own.filter(({ change, shadow, start }) => change === 'gains' && !shadow && start < askBefore);
      const notice = shiftChangeNotice(own, schedule.name, schedule.definition.timeZone, soon.length > 0);
      await this.notices.tell(work, [responderId], { kind: 'schedule-changed', ...notice });
      if (soon.length > 0)
        asked.push({ id: newId(), responder_id: responderId, spans: soon.map(({ start, end }) => ({ start, end })) });
    }
    if (asked.length > 0) await work.query(insertAsked, [JSON.stringify(asked), schedule.id, now]);
  }
}

/** Who gains and who loses which time, when one plan takes the place of another. */
export function effects(before: Plan, after: Plan, from: Date, to: Date, absences: Absences): ShiftChange[] {
  return shiftChanges(allShifts(before, from, to, absences), allShifts(after, from, to, absences));
}

function allShifts({ definition, overrides }: Plan, from: Date, to: Date, absences: Absences): Shift[] {
  return [...shiftsBetween(definition, overrides, from, to, absences), ...shadowShiftsBetween(definition, from, to)];
}
