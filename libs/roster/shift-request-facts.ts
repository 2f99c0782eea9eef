import type { EntityManager } from 'typeorm';
import type { Work } from '../platform/index.js';
import { absencesOf } from './absence-rows.js';
import { overridesFor, type ShiftRequestFacts, type ShiftRequestTerms } from './domain/shift-request.js';
import { shiftsBetween } from './domain/shifts.js';
import type { Schedule } from './roster.entity.js';
import { toDefinition, toOverride } from './schedule-definition.js';
import { overridesBetween } from './schedule-rows.js';
import type { RestRules } from './watch/rest-rules.service.js';

/** What the roster says about the times of a request, and when these people are away then. */
export async function shiftRequestFacts(
  manager: EntityManager,
  { id, definition }: Schedule,
  { span, theirs }: Pick<ShiftRequestTerms, 'span' | 'theirs'>,
  people: readonly string[],
): Promise<ShiftRequestFacts> {
  const spans = theirs ? [span, theirs] : [span];
  const from = new Date(Math.min(...spans.map(({ start }) => start)));
  const to = new Date(Math.max(...spans.map(({ end }) => end)));
  const overrides = ((await overridesBetween(manager, [id], from, to)).get(id) ?? []).map(toOverride);
  const plan = toDefinition(definition);
  return {
    planned: spans.flatMap(({ start, end }) => shiftsBetween(plan, overrides, new Date(start), new Date(end))),
    absences: await absencesOf(manager, people, from, to),
  };
}

/** What it would mean for the rest of those whom the request puts on call, when this person takes it. */
export async function restWarnings(
  work: Work,
  rest: RestRules,
  terms: ShiftRequestTerms,
  takerId: string,
): Promise<string[]> {
  const warnings: string[] = [];
  // Two at most: a swap puts either on call once.
  for (const { responderId, start, end } of overridesFor(terms, takerId))
    warnings.push(...(await rest.warnings(work, responderId, { start, end })));
  return warnings;
}
