import { RRuleTemporal } from 'rrule-temporal';
import { Temporal } from 'temporal-polyfill';
import type { WallMinutes } from './wall-clock.js';

/** A rule by days, as the wall shows them: no zone, so no hour of it is skipped or repeated. */
export interface WallRule {
  /** The instant after which no occurrence begins, in milliseconds since the epoch; Infinity where the rule names none. */
  readonly until: number;
  /** Wall times at which occurrences begin, from the first up to and including the last one. Costs the width of the window, wherever it lies. */
  between(from: WallMinutes, to: WallMinutes): WallMinutes[];
  /** How many occurrences begin before this wall time: those of each calendar year since the start, which are looked up once. */
  countBefore(wall: WallMinutes): number;
}

/** A rule cannot be taken; the message says what is wrong with it. */
export class UnusableRule extends Error {}

/**
 * What a rule may be made of (RFC 5545 section 3.3.10). Parts for hours, minutes and seconds are left out, so that no rule
 * names more than one occurrence a day.
 */
const partNames = [
  'FREQ',
  'INTERVAL',
  'COUNT',
  'UNTIL',
  'BYDAY',
  'BYMONTH',
  'BYMONTHDAY',
  'BYYEARDAY',
  'BYWEEKNO',
  'BYSETPOS',
  'WKST',
];
const frequencies = ['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'];
const largestNumber = 1_000;
const mostValues = 100;

/** A rule that names no day in so many years is taken for a slip. 29 February comes back after eight at the latest. */
const yearsToNameADay = 12;

const millisecondsPerMinute = 60_000;

/** Rules read before, so that asking who is on call does not read them again. They do not change: text and start are the key. */
const readBefore = new Map<string, WallRule>();
const mostRemembered = 2_000;

/** Reads a rule that counts from this wall time on. Throws `UnusableRule`. */
export function readRule(text: string, start: WallMinutes): WallRule {
  const key = `${start} ${text}`;
  const known = readBefore.get(key);
  if (known) return known;
  const rule = new CountedRule(text, start);
  if (readBefore.size >= mostRemembered) readBefore.clear();
  readBefore.set(key, rule);
  return rule;
}

class CountedRule implements WallRule {
  readonly until: number;
  private readonly rule: RRuleTemporal;
  private readonly startsOfYear = new Map<number, readonly WallMinutes[]>();
  private readonly firstYear: number;

  constructor(
    text: string,
    private readonly start: WallMinutes,
  ) {
    const parts = partsOf(text);
    this.until = untilOf(parts.get('UNTIL'));
    parts.delete('UNTIL');
    this.rule = compiled(parts, start);
    this.firstYear = yearOf(start);
    const years = Array.from({ length: yearsToNameADay }, (_, index) => this.firstYear + index);
    if (!years.some((year) => this.startsIn(year).length > 0))
      throw new UnusableRule(`names no day in the ${yearsToNameADay} years from its start on`);
  }

  between(from: WallMinutes, to: WallMinutes): WallMinutes[] {
    const starts: WallMinutes[] = [];
    for (let year = Math.max(this.firstYear, yearOf(from)); year <= yearOf(to); year += 1) {
      for (const start of this.startsIn(year)) if (from <= start && start <= to) starts.push(start);
    }
    return starts;
  }

  countBefore(wall: WallMinutes): number {
    const year = yearOf(wall);
    let count = this.startsIn(year).filter((start) => start < wall).length;
    for (let earlier = this.firstYear; earlier < year; earlier += 1) count += this.startsIn(earlier).length;
    return count;
  }

  private startsIn(year: number): readonly WallMinutes[] {
    const known = this.startsOfYear.get(year);
    if (known) return known;
    const from = Math.max(this.start, firstMinuteOf(year));
    const to = firstMinuteOf(year + 1) - 1;
    const starts =
      from > to
        ? []
        : this.rule
            .between(new Date(from * millisecondsPerMinute), new Date(to * millisecondsPerMinute), true)
            .map(({ epochMilliseconds }) => epochMilliseconds / millisecondsPerMinute);
    this.startsOfYear.set(year, starts);
    return starts;
  }
}

function partsOf(text: string): Map<string, string> {
  const parts = new Map<string, string>();
  for (const part of text.toUpperCase().split(';')) {
    const match = /^([A-Z]+)=([A-Z0-9,+-]+)$/.exec(part);
    if (!match) throw new UnusableRule(`must be parts such as FREQ=WEEKLY;BYDAY=SA,SU, and ${quoted(part)} is none`);
    const [, name = '', value = ''] = match;
    if (!partNames.includes(name)) throw new UnusableRule(`may not have ${quoted(name)}, only ${partNames.join(', ')}`);
    if (parts.has(name)) throw new UnusableRule(`has ${name} twice`);
    if (value.split(',').length > mostValues) throw new UnusableRule(`has more than ${mostValues} values in ${name}`);
    parts.set(name, value);
  }
  refuseImpossible(parts);
  return parts;
}

function refuseImpossible(parts: ReadonlyMap<string, string>): void {
  if (!frequencies.includes(parts.get('FREQ') ?? ''))
    throw new UnusableRule(`must have a FREQ of ${frequencies.join(', ')}: at most one occurrence a day`);
  // The library looks at each day of such a rule one by one.
  if (parts.get('FREQ') === 'DAILY' && parts.has('BYMONTHDAY'))
    throw new UnusableRule('names days of the month, which FREQ=MONTHLY is for');
  for (const name of ['INTERVAL', 'COUNT']) {
    const number = Number(parts.get(name) ?? 1);
    if (!Number.isInteger(number) || number < 1 || number > largestNumber)
      throw new UnusableRule(`must have a whole ${name} from 1 to ${largestNumber}; a longer rule ends by UNTIL`);
  }
  if (parts.has('COUNT') && parts.has('UNTIL')) throw new UnusableRule('ends either by COUNT or by UNTIL');
}

function untilOf(value: string | undefined): number {
  if (value === undefined) return Infinity;
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(value) ?? [];
  try {
    return Temporal.Instant.from(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`).epochMilliseconds;
  } catch {
    throw new UnusableRule('must have an UNTIL in UTC, such as 20270101T000000Z');
  }
}

function compiled(parts: ReadonlyMap<string, string>, start: WallMinutes): RRuleTemporal {
  const rruleString = [...parts].map(([name, value]) => `${name}=${value}`).join(';');
  const dtstart = Temporal.Instant.fromEpochMilliseconds(start * millisecondsPerMinute).toZonedDateTimeISO('UTC');
  try {
    return new RRuleTemporal({ rruleString, dtstart, strict: true, cache: false });
  } catch (error) {
    throw new UnusableRule(`is no rule: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function yearOf(wall: WallMinutes): number {
  return new Date(wall * millisecondsPerMinute).getUTCFullYear();
}

function firstMinuteOf(year: number): WallMinutes {
  return Date.UTC(year, 0, 1) / millisecondsPerMinute;
}

function quoted(text: string): string {
  return JSON.stringify(text.slice(0, 40));
}
