import { Injectable } from '@nestjs/common';
import { Clock, type Work } from '../platform/index.js';
import { absencesInPlans, toAway } from './absence-rows.js';
import type { AbsenceEffectsDto, ScheduleSpanDto } from './absence.dto.js';
import type { Absence } from './absence.entity.js';
import { absenceEffects } from './domain/absence-effects.js';
import { united } from './domain/span.js';
import { Roster } from './roster.service.js';

const mostTold = 200;
/** As far as shifts are computed at once. */
const furthestAheadMs = 400 * 86_400_000;

type Stretch = Pick<Absence, 'responderId' | 'startsAt' | 'endsAt'>;

/** What it means for the schedules when somebody is away. */
@Injectable()
export class AbsenceEffects {
  constructor(
    private readonly roster: Roster,
    private readonly clock: Clock,
  ) {}

  /** What these absences of one person, which are not written yet, take away from the schedules from now on. */
  async of(work: Work, responderId: string, added: readonly Stretch[]): Promise<AbsenceEffectsDto> {
    const now = this.clock.now().getTime();
    const from = new Date(Math.max(now, Math.min(...added.map(({ startsAt }) => startsAt.getTime()))));
    const latest = Math.max(...added.map(({ endsAt }) => endsAt.getTime()));
    const to = new Date(Math.min(latest, from.getTime() + furthestAheadMs));
    if (!(from < to)) return { shifts: [], uncovered: [] };
    const schedules = await this.roster.schedulesNaming(work, responderId);
    const before = await absencesInPlans(work.manager, schedules, from, to);
    const own = united([...(before.get(responderId) ?? []), ...added.map(toAway)]);
    const after = new Map([...before, [responderId, own]]);
    const effects = schedules.map((schedule) => ({
      scheduleId: schedule.id,
      ...absenceEffects(schedule, responderId, { from, to }, { before, after }),
    }));
    return {
      shifts: effects.flatMap(({ scheduleId, shifts }) => told(scheduleId, shifts)).slice(0, mostTold),
      uncovered: effects.flatMap(({ scheduleId, uncovered }) => told(scheduleId, uncovered)).slice(0, mostTold),
    };
  }
}

function told(scheduleId: string, spans: readonly { start: Date; end: Date }[]): ScheduleSpanDto[] {
  return spans.map(({ start, end }) => ({ scheduleId, start: start.toISOString(), end: end.toISOString() }));
}
