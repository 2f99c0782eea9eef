import { Temporal } from 'temporal-polyfill';
import type {
  Layer,
  Override,
  Plan,
  Recurrence,
  Restriction,
  Rotation,
  ScheduleDefinition,
  TurnMembers,
} from '../../libs/roster/domain/schedule.js';
import { weekdays } from '../../libs/roster/domain/schedule.js';

const minute = 60_000;
const day = 24 * 60 * minute;

/** A stretch of time with whoever holds it: from, to, members. */
type Held = [number, number, readonly string[]];

/**
 * Who is on call at each minute of the window, sorted. Slow and plain: it steps through every unit and every day from the first
 * one on, and asks minute by minute. The fast arithmetic is held against it.
 */
export function slowSchedule({ definition, overrides }: Plan, from: number, to: number): string[][] {
  const layers = definition.layers.filter(({ shadow }) => !shadow).map((layer) => opened(layer, definition, from, to));
  const { fallback } = definition;
  const behind = fallback && 'plan' in fallback ? slowSchedule(fallback.plan, from, to) : [];
  return eachMinute(from, to, (at, index) => {
    const planned = layers.reduce<string[]>((below, layer) => {
      const own = onLayer(layer, at);
      return own.length > 0 ? own : below;
    }, []);
    const onCall = overrides.reduce((before, override) => overridden(before, override, at), planned);
    if (onCall.length > 0 || !fallback) return onCall.sort();
    return 'plan' in fallback ? (behind[index] ?? []) : [fallback.responderId];
  });
}

/** Who shadows at each minute of the window, sorted. */
export function slowShadows(definition: ScheduleDefinition, from: number, to: number): string[][] {
  const layers = definition.layers.filter(({ shadow }) => shadow).map((layer) => opened(layer, definition, from, to));
  return eachMinute(from, to, (at) => [...new Set(layers.flatMap((layer) => onLayer(layer, at)))].sort());
}

/** The wall times at which a recurrence begins, found by looking at every day from its start to the end of `until`. */
export function slowOccurrences({ rule, start }: Recurrence, until: Temporal.PlainDate): Temporal.PlainDateTime[] {
  const first = Temporal.PlainDateTime.from(start);
  const parts = new Map(rule.split(';').map((part) => part.split('=') as [string, string]));
  const found: Temporal.PlainDateTime[] = [];
  for (let date = first.toPlainDate(); Temporal.PlainDate.compare(date, until) <= 0; date = date.add({ days: 1 })) {
    if (found.length >= Number(parts.get('COUNT') ?? Infinity)) break;
    if (isNamed(parts, first.toPlainDate(), date)) found.push(date.toPlainDateTime(first.toPlainTime()));
  }
  return found;
}

function eachMinute<T>(from: number, to: number, tell: (at: number, index: number) => T): T[] {
  return Array.from({ length: Math.ceil((to - from) / minute) }, (_, index) => tell(from + index * minute, index));
}

interface OpenedLayer {
  layer: Layer;
  held: Held[];
  cover: [number, number][] | null;
}

function opened(layer: Layer, { timeZone }: ScheduleDefinition, from: number, to: number): OpenedLayer {
  const zone = layer.timeZone ?? timeZone;
  const restricted = layer.restrictions !== undefined && layer.restrictions.length > 0;
  return {
    layer,
    held: layer.rotation
      ? heldByRotation(layer.rotation, layer.restrictions ?? [], zone, to)
      : heldByRecurrence(layer.recurrence, zone, to),
    cover: restricted ? coverSpans(layer, zone, from) : null,
  };
}

function onLayer({ layer: { startsAt, endsAt }, held, cover }: OpenedLayer, at: number): string[] {
  if ((startsAt && at < startsAt.getTime()) || (endsAt && at >= endsAt.getTime())) return [];
  if (cover && !cover.some(([start, end]) => start <= at && at < end)) return [];
  // The one that began last holds; when its time is over, nobody does.
  const [, end, members] = held.findLast(([start]) => start <= at) ?? [0, 0, []];
  return at < end ? [...members] : [];
}

function overridden(onCall: string[], { kind, responderId, replaces, start, end }: Override, at: number): string[] {
  if (at < start.getTime() || at >= end.getTime()) return onCall;
  const others = onCall.filter((id) => id !== responderId);
  if (kind === 'add') return [...others, responderId];
  if (kind === 'remove') return others;
  if (replaces ? !onCall.includes(replaces) : onCall.length === 0) return onCall;
  return [...(replaces ? others.filter((id) => id !== replaces) : []), responderId];
}

function instantOf(wall: Temporal.PlainDateTime, zone: string, disambiguation: 'compatible' | 'later'): number {
  return wall.toZonedDateTime(zone, { disambiguation }).epochMilliseconds;
}

function coverSpans({ restrictions = [], holidays }: Layer, zone: string, around: number): [number, number][] {
  const today = Temporal.Instant.fromEpochMilliseconds(around).toZonedDateTimeISO(zone).toPlainDate();
  return Array.from({ length: 15 }, (_, index) => today.add({ days: index - 7 })).flatMap((date) =>
    restrictions
      .filter(({ days, exceptHolidays }) => {
        const holiday = holidays?.(date.toZonedDateTime('UTC').epochMilliseconds / day) ?? false;
        if (holiday && days.includes('holiday')) return true;
        return days.includes(weekdays[date.dayOfWeek - 1]!) && !(holiday && exceptHolidays);
      })
      .map(({ from, to }): [number, number] => [
        instantOf(date.toPlainDateTime(from), zone, 'compatible'),
        instantOf((to > from ? date : date.add({ days: 1 })).toPlainDateTime(to), zone, 'later'),
      ]),
  );
}

/** Whether any minute of the unit is restricted time on the wall. */
function isServed(
  from: Temporal.PlainDateTime,
  to: Temporal.PlainDateTime,
  restrictions: readonly Restriction[],
): boolean {
  for (let wall = from; Temporal.PlainDateTime.compare(wall, to) < 0; wall = wall.add({ minutes: 5 })) {
    const time = wall.toPlainTime().toString({ smallestUnit: 'minute' });
    const today = weekdays[wall.dayOfWeek - 1]!;
    const yesterday = weekdays[(wall.dayOfWeek + 5) % 7]!;
    const hit = restrictions.some((restriction) =>
      restriction.from < restriction.to
        ? restriction.days.includes(today) && restriction.from <= time && time < restriction.to
        : (restriction.days.includes(today) && restriction.from <= time) ||
          (restriction.days.includes(yesterday) && time < restriction.to),
    );
    if (hit) return true;
  }
  return false;
}

/** Every turn with who holds it, counted unit by unit up to a few days after the instant. */
function heldByRotation(rotation: Rotation, restrictions: readonly Restriction[], zone: string, until: number): Held[] {
  const first = Temporal.PlainDateTime.from(rotation.firstHandoff);
  const lengths = [rotation.length].flat();
  const result: Held[] = [];
  let left = 0;
  for (let unit = 0; ; unit += 1) {
    const begins = first.add({ [`${rotation.unit}s`]: unit });
    const at = instantOf(begins, zone, 'compatible');
    if (at > until + 3 * day) return result;
    const ends = first.add({ [`${rotation.unit}s`]: unit + 1 });
    const counts = !rotation.countOnlyServed || restrictions.length === 0 || isServed(begins, ends, restrictions);
    if (left === 0 && (counts || unit === 0)) {
      left = lengths[result.length % lengths.length]!;
      result.push([at, Infinity, membersOf(rotation.members, result.length)]);
    }
    if (counts) left -= 1;
  }
}

function heldByRecurrence(recurrence: Recurrence | undefined, zone: string, until: number): Held[] {
  if (!recurrence) return [];
  const last = Temporal.Instant.fromEpochMilliseconds(until + 3 * day)
    .toZonedDateTimeISO(zone)
    .toPlainDate();
  const ends = /UNTIL=(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z/.exec(recurrence.rule);
  const end = ends ? Date.parse(`${ends[1]}-${ends[2]}-${ends[3]}T${ends[4]}:${ends[5]}:${ends[6]}Z`) : Infinity;
  return slowOccurrences(recurrence, last)
    .map((wall, number): Held => [
      instantOf(wall, zone, 'compatible'),
      instantOf(wall.add(Temporal.Duration.from(recurrence.duration)), zone, 'later'),
      membersOf(recurrence.members, number),
    ])
    .filter(([start]) => start <= end);
}

function membersOf(members: readonly TurnMembers[], turn: number): readonly string[] {
  return [members[turn % members.length] ?? []].flat();
}

/** Whether the rule names the day. Knows the parts that the tests use. */
function isNamed(parts: ReadonlyMap<string, string>, first: Temporal.PlainDate, date: Temporal.PlainDate): boolean {
  const list = (name: string): string[] | undefined => parts.get(name)?.split(',');
  const frequency = parts.get('FREQ');
  const months = list('BYMONTH');
  const monthDays = list('BYMONTHDAY')?.map(Number);
  const weekDays = list('BYDAY');
  if (!fallsOnInterval(frequency, Number(parts.get('INTERVAL') ?? 1), first, date)) return false;
  if (months ? !months.includes(String(date.month)) : frequency === 'YEARLY' && date.month !== first.month)
    return false;
  if (monthDays && !monthDays.some((n) => date.day === (n > 0 ? n : date.daysInMonth + 1 + n))) return false;
  if (weekDays && !weekDays.some((text) => isWeekday(text, date))) return false;
  if (monthDays || weekDays) return true;
  if (frequency === 'WEEKLY') return date.dayOfWeek === first.dayOfWeek;
  return frequency === 'DAILY' || date.day === first.day;
}

function fallsOnInterval(
  frequency: string | undefined,
  interval: number,
  first: Temporal.PlainDate,
  date: Temporal.PlainDate,
): boolean {
  const monday = (of: Temporal.PlainDate): Temporal.PlainDate => of.subtract({ days: of.dayOfWeek - 1 });
  const passed = {
    DAILY: () => first.until(date).days,
    WEEKLY: () => monday(first).until(monday(date)).days / 7,
    MONTHLY: () => (date.year - first.year) * 12 + date.month - first.month,
    YEARLY: () => date.year - first.year,
  }[frequency as 'DAILY' | 'WEEKLY' | 'MONTHLY' | 'YEARLY']();
  return passed % interval === 0;
}

/** `SA`, `1SA` (the first of the month), `-1SU` (the last of the month). */
function isWeekday(text: string, date: Temporal.PlainDate): boolean {
  if (weekdays[date.dayOfWeek - 1] !== text.slice(-2).toLowerCase()) return false;
  const nth = Number(text.slice(0, -2));
  if (nth > 0) return Math.ceil(date.day / 7) === nth;
  return nth === 0 || Math.ceil((date.daysInMonth - date.day + 1) / 7) === -nth;
}
