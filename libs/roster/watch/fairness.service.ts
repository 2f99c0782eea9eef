import { Injectable } from '@nestjs/common';
import { DataSource, In } from 'typeorm';
import { decodeCursor, problems, toPage } from '../../platform/index.js';
import { deviations, dutyLoad } from '../domain/fairness.js';
import { peopleNamed } from '../domain/people-named.js';
import { restFindings, type RestFinding } from '../domain/rest.js';
import { WallClock } from '../domain/wall-clock.js';
import { Responder, Schedule } from '../roster.entity.js';
import { toDefinition } from '../schedule-definition.js';
import { findSchedules } from '../schedule-rows.js';
import type { FairnessPageDto, FairnessQuery, PersonLoadDto } from './fairness.dto.js';
import { PageHistory } from './page-history.js';
import { PlannedShifts } from './planned-shifts.service.js';
import { RestRules } from './rest-rules.service.js';

const longestWindowMs = 100 * 86_400_000;
const mostRestFindings = 50;

/** How evenly being on call is spread. */
@Injectable()
export class Fairness {
  constructor(
    private readonly dataSource: DataSource,
    private readonly plannedShifts: PlannedShifts,
    private readonly rest: RestRules,
    private readonly pages: PageHistory,
  ) {}

  /** What each person named by these schedules carries, those with nothing too. Throws 404 for a schedule that does not exist. */
  async report({ schedule, limit, cursor, ...window }: FairnessQuery): Promise<FairnessPageDto> {
    const [from, to] = [new Date(window.from), new Date(window.to)];
    refuseImpossible(from, to);
    const [after] = decodeCursor(cursor, ['id']) ?? [];
    const { manager } = this.dataSource;
    const schedules = await (schedule
      ? findSchedules(manager, schedule)
      : manager.find(Schedule, { order: { id: 'ASC' } }));
    const planned = await this.plannedShifts.between(manager, schedules, from, to);
    const shifts = Map.groupBy(
      planned.flatMap((plan) => plan.shifts),
      ({ responderId }) => responderId,
    );
    const named = schedules.flatMap(({ definition }) => [
      ...peopleNamed({ definition: toDefinition(definition), overrides: [] }),
    ]);
    const ids = [...new Set([...named, ...shifts.keys()])];
    const people = await manager.find(Responder, { where: { id: In(ids) }, order: { id: 'ASC' } });
    const pages = await this.pages.countBetween(ids, from, to);
    const known = { start: from.getTime(), end: to.getTime() };
    const loads = people.map(({ id, timeZone }) => {
      const own = (shifts.get(id) ?? []).map(({ start, end }) => ({ start: start.getTime(), end: end.getTime() }));
      const [rule, clock] = [this.rest.ruleFor(timeZone), new WallClock(timeZone)];
      const rest = restFindings({ shifts: own, known }, rule, clock).slice(0, mostRestFindings).map(presentRest);
      return { responderId: id, load: dutyLoad(own, pages.get(id) ?? 0, rule, clock), rest };
    });
    const apart = deviations(loads.map(({ load }) => load));
    const rows = loads.map((person, index): PersonLoadDto => ({ ...person, deviation: apart[index]! }));
    const next = rows.filter(({ responderId }) => after === undefined || responderId > after);
    return toPage(
      next.slice(0, limit + 1),
      limit,
      ({ responderId }) => [responderId],
      (row) => row,
    );
  }
}

function refuseImpossible(from: Date, to: Date): void {
  const length = to.getTime() - from.getTime();
  if (length <= 0) throw problems.invalidInput([{ pointer: '/to', detail: 'must come after from' }]);
  if (length > longestWindowMs)
    throw problems.invalidInput([{ pointer: '/to', detail: 'must lie within 100 days of from' }]);
}

function presentRest({ kind, start, end, reason }: RestFinding): PersonLoadDto['rest'][number] {
  return { kind, start: new Date(start).toISOString(), end: new Date(end).toISOString(), reason };
}
