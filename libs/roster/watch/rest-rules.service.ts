import { Injectable } from '@nestjs/common';
import type { Work } from '../../platform/index.js';
import { restFindings, type RestFinding } from '../domain/rest.js';
import type { Shift } from '../domain/schedule.js';
import type { Span } from '../domain/span.js';
import { WallClock } from '../domain/wall-clock.js';
import { countryOfZone } from '../domain/zone-country.js';
import { Responder } from '../roster.entity.js';
import { PlannedShifts } from './planned-shifts.service.js';
import { loadRestConfig, type PersonalRestRule } from './rest-config.js';

const millisecondsPerDay = 86_400_000;
/** An override may last for decades; what is wrong with it shows long before. */
const mostLookedAtMs = 100 * millisecondsPerDay;

/** What is wrong with whose rest. */
export interface RestFindingOf extends RestFinding {
  responderId: string;
}

/** Warns before somebody gets too little rest. Nothing is refused for it: an emergency may need just that. */
@Injectable()
export class RestRules {
  private readonly config = loadRestConfig();

  constructor(private readonly plannedShifts: PlannedShifts) {}

  /** The rule for somebody who lives in this zone. */
  ruleFor(timeZone: string): PersonalRestRule {
    return this.config.countries.get(countryOfZone(timeZone) ?? '') ?? this.config.default;
  }

  /**
   * What would be wrong with the rest of this person if they were on call in this span besides what they are planned for,
   * one sentence each; what is wrong already without it is not said. Empty for somebody who is not on the roster.
   */
  async warnings(work: Work, responderId: string, extra: { start: Date; end: Date }): Promise<string[]> {
    const responder = await work.manager.findOneBy(Responder, { id: responderId });
    if (!responder) return [];
    const rule = this.ruleFor(responder.timeZone);
    const start = extra.start.getTime();
    const more = { start, end: Math.min(extra.end.getTime(), start + mostLookedAtMs) };
    const known = { start: more.start - lookMs(rule), end: more.end + lookMs(rule) };
    const [from, to] = [new Date(known.start), new Date(known.end)];
    const planned = await this.plannedShifts.ofResponder(work.manager, responderId, from, to);
    const found = newFindings(planned.map(spanOf), more, known, rule, new WallClock(responder.timeZone));
    return found.map(({ reason }) => reason);
  }

  /** What is wrong in the window with the rest that these shifts leave each person, by person; no other shifts are looked at. */
  ofPlan(shifts: readonly Shift[], window: Span, people: readonly { id: string; timeZone: string }[]): RestFindingOf[] {
    const byPerson = Map.groupBy(shifts, ({ responderId }) => responderId);
    return people.flatMap(({ id, timeZone }) => {
      const situation = { shifts: (byPerson.get(id) ?? []).map(spanOf), worked: [], known: window };
      const found = restFindings(situation, this.ruleFor(timeZone), new WallClock(timeZone));
      return found.map((finding) => ({ responderId: id, ...finding }));
    });
  }
}

function spanOf({ start, end }: { start: Date; end: Date }): Span {
  return { start: start.getTime(), end: end.getTime() };
}

function newFindings(
  shifts: Span[],
  extra: Span,
  known: Span,
  rule: PersonalRestRule,
  clock: WallClock,
): RestFinding[] {
  const before = restFindings({ shifts, worked: [], known }, rule, clock);
  const after = restFindings({ shifts: [...shifts, extra], worked: [], known }, rule, clock);
  const keyOf = ({ kind, start, end }: RestFinding): string => [kind, start, end].join();
  const already = new Set(before.map(keyOf));
  return after.filter((finding) => !already.has(keyOf(finding)));
}

/** How far around a shift the rule can reach: the longest row of nights or hours, or the weeks of which an average is made. */
function lookMs(rule: PersonalRestRule): number {
  const weeks = rule.onCallIs === 'working-time' ? rule.averagedOverWeeks + 1 : 0;
  const days = Math.max(rule.nightsInARow + 2, weeks * 7);
  return Math.max(days * millisecondsPerDay, rule.hoursInARowMs + millisecondsPerDay);
}
