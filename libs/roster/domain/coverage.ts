import { primarySubtag } from './matching-judgements.js';
import type { Shift } from './schedule.js';
import type { Span } from './span.js';

/** What can be wrong with who is on call by a schedule. */
export const coverageKinds = [
  'gap',
  'too-few',
  'one-person',
  'missing-skill',
  'missing-language',
  'unreachable',
] as const;

export type CoverageKind = (typeof coverageKinds)[number];

/** What a schedule must have at every moment at which somebody is on call by it. */
export interface ScheduleNeeds {
  /** People at once; null: nobody has said. */
  people: number | null;
  skills: readonly string[];
  /** BCP 47 tags. Regional variants count as the same language. */
  languages: readonly string[];
}

/** A person, as cover. */
export interface CoveringPerson {
  name: string;
  /** Whoever has been taken off the roster covers nothing, whatever a plan still says. */
  active: boolean;
  skills: readonly string[];
  languages: readonly string[];
  /** Whether they have a verified contact method that works. */
  reachable: boolean;
}

/** A stretch of time in which the cover of a schedule is not what it should be. */
export interface CoverageFinding extends Span {
  kind: CoverageKind;
  /** The skill or language that is missing. */
  about: string | null;
  /** Who is on call meanwhile, or is planned and cannot serve. */
  responderIds: readonly string[];
  reason: string;
}

/** A stretch in which nobody comes or goes. */
interface Staffing extends Span {
  planned: readonly string[];
  serving: readonly string[];
}

/** One thing to look for: what is wrong with a staffing, or null. */
interface Check {
  kind: CoverageKind;
  about: string | null;
  wrong: (staffing: Staffing) => string | null;
}

/**
 * Every gap and thin spot of one schedule in the window, in order of time, each as long as it lasts for one and the same
 * reason. A gap is nothing else besides.
 */
export function coverageFindings(
  shifts: readonly Shift[],
  needs: ScheduleNeeds,
  people: ReadonlyMap<string, CoveringPerson>,
  window: Span,
): CoverageFinding[] {
  const staffings = staffingsOf(shifts, people, window);
  const found = checksOf(needs, people).flatMap((check) => findingsOf(check, staffings));
  return found.sort((a, b) => a.start - b.start || a.end - b.end);
}

function checksOf(needs: ScheduleNeeds, people: ReadonlyMap<string, CoveringPerson>): Check[] {
  const has = ({ serving }: Staffing, fits: (person: CoveringPerson) => boolean): boolean =>
    serving.some((id) => fits(people.get(id)!));
  const staffed = (kind: CoverageKind, about: string | null, wrong: (staffing: Staffing) => string | null): Check => ({
    kind,
    about,
    wrong: (staffing) => (staffing.serving.length === 0 ? null : wrong(staffing)),
  });
  return [
    { kind: 'gap', about: null, wrong: (staffing) => gapReason(staffing, people) },
    needs.people === null
      ? staffed('one-person', null, ({ serving }) => (serving.length === 1 ? 'One person alone is on call.' : null))
      : staffed('too-few', null, ({ serving }) => tooFewReason(serving.length, needs.people ?? 0)),
    ...[...new Set(needs.skills)].map((skill) =>
      staffed('missing-skill', skill, (staffing) =>
        has(staffing, ({ skills }) => skills.includes(skill)) ? null : `Nobody on call has the skill ${skill}.`,
      ),
    ),
    ...[...new Set(needs.languages.map(primarySubtag))].map((language) =>
      staffed('missing-language', language, (staffing) =>
        has(staffing, ({ languages }) => languages.map(primarySubtag).includes(language))
          ? null
          : `Nobody on call speaks ${language}.`,
      ),
    ),
    staffed('unreachable', null, (staffing) =>
      has(staffing, ({ reachable }) => reachable) ? null : 'Nobody on call has a verified contact method that works.',
    ),
  ];
}

function gapReason({ serving, planned }: Staffing, people: ReadonlyMap<string, CoveringPerson>): string | null {
  if (serving.length > 0) return null;
  if (planned.length === 0) return 'Nobody is on call.';
  const names = planned.map((id) => people.get(id)?.name ?? 'somebody unknown').join(', ');
  return `Nobody is on call: ${names} ${planned.length === 1 ? 'is' : 'are'} planned, and no longer on the roster.`;
}

function tooFewReason(serving: number, needed: number): string | null {
  if (serving >= needed) return null;
  return `Only ${serving} of the ${needed} people that the schedule requires ${serving === 1 ? 'is' : 'are'} on call.`;
}

/** The staffings that the check finds wrong, those that touch and are wrong for the same reason made one. */
function findingsOf({ kind, about, wrong }: Check, staffings: readonly Staffing[]): CoverageFinding[] {
  const found: (CoverageFinding & { responderIds: string[] })[] = [];
  for (const staffing of staffings) {
    const reason = wrong(staffing);
    if (reason === null) continue;
    const last = found.at(-1);
    if (last?.end === staffing.start && last.reason === reason) {
      last.end = staffing.end;
      last.responderIds.push(...staffing.planned.filter((id) => !last.responderIds.includes(id)));
    } else {
      found.push({
        kind,
        about,
        reason,
        start: staffing.start,
        end: staffing.end,
        responderIds: [...staffing.planned],
      });
    }
  }
  return found;
}

/** The window cut wherever somebody comes or goes. */
function staffingsOf(shifts: readonly Shift[], people: ReadonlyMap<string, CoveringPerson>, window: Span): Staffing[] {
  const changes = new Map<number, { come: string[]; go: string[] }>();
  const at = (instant: number): { come: string[]; go: string[] } => {
    const change = changes.get(instant) ?? { come: [], go: [] };
    changes.set(instant, change);
    return change;
  };
  at(window.start);
  for (const shift of shifts) {
    const start = Math.max(shift.start.getTime(), window.start);
    const end = Math.min(shift.end.getTime(), window.end);
    if (start >= end) continue;
    at(start).come.push(shift.responderId);
    at(end).go.push(shift.responderId);
  }
  changes.delete(window.end);
  const instants = [...changes.keys()].sort((a, b) => a - b);
  const onCall = new Set<string>();
  return instants.map((start, index) => {
    const { come, go } = changes.get(start)!;
    for (const id of go) onCall.delete(id);
    for (const id of come) onCall.add(id);
    const planned = [...onCall].sort();
    const serving = planned.filter((id) => people.get(id)?.active ?? false);
    return { start, end: instants[index + 1] ?? window.end, planned, serving };
  });
}
