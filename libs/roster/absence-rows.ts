import { In, IsNull, LessThan, MoreThan, type EntityManager } from 'typeorm';
import type { PlannedSchedule } from './domain/absence-effects.js';
import { absencesFrom, type Absences, type Away } from './domain/absences.js';
import { peopleNamed } from './domain/people-named.js';
import type { Span } from './domain/span.js';
import { Absence } from './absence.entity.js';
import { rosterProblems } from './problems.js';

/** When these people are away in the window. Index: absences_responder. */
export async function absencesOf(
  manager: EntityManager,
  responderIds: Iterable<string>,
  from: Date,
  to: Date,
): Promise<Absences> {
  const rows = await manager.find(Absence, {
    select: { responderId: true, startsAt: true, endsAt: true },
    where: { responderId: In([...responderIds]), removedAt: IsNull(), endsAt: MoreThan(from), startsAt: LessThan(to) },
  });
  return absencesFrom(rows.map(toAway));
}

/** When the people of these plans are away in the window. */
export function absencesInPlans(
  manager: EntityManager,
  plans: readonly PlannedSchedule[],
  from: Date,
  to: Date,
): Promise<Absences> {
  return absencesOf(manager, new Set(plans.flatMap((plan) => [...peopleNamed(plan)])), from, to);
}

/** When anybody at all is away in the window. Index: absences_ends. */
export async function everybodysAbsences(manager: EntityManager, from: Date, to: Date): Promise<Absences> {
  const rows = await manager.find(Absence, {
    select: { responderId: true, startsAt: true, endsAt: true },
    where: { removedAt: IsNull(), endsAt: MoreThan(from), startsAt: LessThan(to) },
  });
  return absencesFrom(rows.map(toAway));
}

/** Throws 409 when this person is away at any time in the window: put on call then, nobody would be there. */
export async function refuseAway(manager: EntityManager, responderId: string, from: Date, to: Date): Promise<void> {
  const away = (await absencesOf(manager, [responderId], from, to)).get(responderId) ?? [];
  if (away.length > 0) throw rosterProblems.responderAway(away.map(toTexts));
}

function toTexts({ start, end }: Span): { start: string; end: string } {
  return { start: new Date(start).toISOString(), end: new Date(end).toISOString() };
}

/** A stored absence as the arithmetic takes it. */
export function toAway({ responderId, startsAt, endsAt }: Pick<Absence, 'responderId' | 'startsAt' | 'endsAt'>): Away {
  return { responderId, start: startsAt.getTime(), end: endsAt.getTime() };
}
