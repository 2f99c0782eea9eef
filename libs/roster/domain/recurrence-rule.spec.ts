import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { slowOccurrences } from '../../../test/harness/slow-schedule.js';
import { readRule, UnusableRule } from './recurrence-rule.js';
import { parseWallTime } from './wall-clock.js';

const start = '2026-01-05T20:00';

function wall(text: string): number {
  return parseWallTime(text)!;
}

function fault(rule: string): string {
  try {
    readRule(rule, wall(start));
  } catch (error) {
    if (error instanceof UnusableRule) return error.message;
    throw error;
  }
  return '';
}

function dates(rule: string, from: string, to: string): string[] {
  return readRule(rule, wall(start))
    .between(wall(`${from}T00:00`), wall(`${to}T23:59`))
    .map((minutes) => new Date(minutes * 60_000).toISOString().slice(0, 16));
}

describe('a recurrence rule', () => {
  it('names days of the week, of the month and of the year', () => {
    expect(dates('FREQ=WEEKLY;BYDAY=SA,SU', '2026-01-01', '2026-01-18')).toEqual([
      '2026-01-10T20:00',
      '2026-01-11T20:00',
      '2026-01-17T20:00',
      '2026-01-18T20:00',
    ]);
    expect(dates('FREQ=MONTHLY;BYDAY=-1FR', '2026-02-01', '2026-03-31')).toEqual([
      '2026-02-27T20:00',
      '2026-03-27T20:00',
    ]);
    expect(dates('FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=24,31', '2035-01-01', '2035-12-31')).toEqual([
      '2035-12-24T20:00',
      '2035-12-31T20:00',
    ]);
  });

  it('names nothing before its start, and no more than its COUNT', () => {
    expect(dates('FREQ=DAILY;COUNT=2', '2025-01-01', '2027-01-01')).toEqual(['2026-01-05T20:00', '2026-01-06T20:00']);
    expect(dates('FREQ=DAILY;COUNT=2', '2026-01-06', '2027-01-01')).toEqual(['2026-01-06T20:00']);
  });

  it('keeps its UNTIL as an instant, since it is written in UTC and the days are on the wall', () => {
    expect(readRule('FREQ=DAILY;UNTIL=20270101T120000Z', 0).until).toBe(Date.parse('2027-01-01T12:00Z'));
    expect(readRule('FREQ=DAILY', 0).until).toBe(Infinity);
  });

  it('counts what lies before a time as a walk through every day does, far ahead too', () => {
    const rules = fc.constantFrom(
      'FREQ=DAILY;INTERVAL=3',
      'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE,SU',
      'FREQ=MONTHLY;BYMONTHDAY=31',
      'FREQ=MONTHLY;BYDAY=1SA,-1SU;INTERVAL=2',
      'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29',
      'FREQ=DAILY;BYMONTH=7,8;BYDAY=SA',
      'FREQ=DAILY;COUNT=900',
    );
    fc.assert(
      fc.property(rules, fc.integer({ min: 1, max: 9 * 365 }), (rule, days) => {
        const date = Temporal.PlainDate.from('2026-01-05').add({ days });
        const read = readRule(rule, wall(start));
        const before = slowOccurrences({ rule, start, duration: 'PT1H', members: [] }, date.subtract({ days: 1 }));
        expect(read.countBefore(wall(`${date.toString()}T00:00`))).toBe(before.length);
        const onTheDay = slowOccurrences({ rule, start, duration: 'PT1H', members: [] }, date).length - before.length;
        expect(dates(rule, date.toString(), date.toString())).toHaveLength(onTheDay);
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    ['', /must be parts/],
    ['RRULE:FREQ=DAILY', /must be parts/],
    ['FREQ=DAILY;', /must be parts/],
    ['FREQ=DAILY\nEXDATE=20260101', /must be parts/],
    ['BYDAY=MO', /FREQ/],
    ['FREQ=SECONDLY', /at most one occurrence a day/],
    ['FREQ=MINUTELY;INTERVAL=1', /at most one occurrence a day/],
    ['FREQ=HOURLY', /at most one occurrence a day/],
    ['FREQ=DAILY;BYHOUR=0,1,2,3', /may not have "BYHOUR"/],
    ['FREQ=DAILY;BYMONTHDAY=1', /FREQ=MONTHLY/],
    ['FREQ=DAILY;X=1', /may not have "X"/],
    ['FREQ=DAILY;FREQ=WEEKLY', /FREQ twice/],
    ['FREQ=DAILY;INTERVAL=0', /INTERVAL from 1 to 1000/],
    ['FREQ=DAILY;INTERVAL=1,2', /INTERVAL from 1 to 1000/],
    ['FREQ=DAILY;COUNT=999999999', /COUNT from 1 to 1000/],
    ['FREQ=DAILY;COUNT=2;UNTIL=20270101T000000Z', /either by COUNT or by UNTIL/],
    ['FREQ=DAILY;UNTIL=20270101', /UNTIL in UTC/],
    ['FREQ=DAILY;UNTIL=20271301T000000Z', /UNTIL in UTC/],
    ['FREQ=WEEKLY;BYDAY=1MO', /is no rule/],
    ['FREQ=DAILY;BYDAY=XX', /is no rule/],
    ['FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30', /names no day in the 12 years/],
    [`FREQ=YEARLY;BYYEARDAY=${Array.from({ length: 101 }, (_, index) => index + 1).join()}`, /more than 100 values/],
  ])('%p is refused, with what is wrong with it', (rule, detail) => {
    expect(fault(rule)).toMatch(detail);
  });

  it('is taken or refused, and names at most one occurrence a day, whatever is written in it', () => {
    const numbers = (most: number): fc.Arbitrary<string> =>
      fc.uniqueArray(fc.integer({ min: -most, max: most }), { minLength: 1, maxLength: 40 }).map((list) => list.join());
    const part = fc.oneof(
      fc.integer({ min: 1, max: 1_000 }).map((n) => `INTERVAL=${n}`),
      numbers(366).map((list) => `BYYEARDAY=${list}`),
      numbers(53).map((list) => `BYWEEKNO=${list}`),
      numbers(31).map((list) => `BYMONTHDAY=${list}`),
      numbers(366).map((list) => `BYSETPOS=${list}`),
      numbers(12).map((list) => `BYMONTH=${list}`),
      fc
        .uniqueArray(fc.constantFrom('MO', '1TU', '-1WE', '53TH', 'FR', '5SA', 'SU'), { minLength: 1 })
        .map((list) => `BYDAY=${list.join()}`),
      fc.constantFrom('WKST=SU', 'COUNT=1000', 'UNTIL=20300101T000000Z'),
    );
    const rules = fc
      .tuple(fc.constantFrom('DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'), fc.array(part, { maxLength: 4 }))
      .map(([frequency, parts]) => [`FREQ=${frequency}`, ...parts].join(';'));
    fc.assert(
      fc.property(rules, (rule) => {
        if (fault(rule) !== '') return;
        const read = readRule(rule, wall(start));
        for (const year of [2026, 2035, 2060, 2099]) {
          const named = read.between(wall(`${year}-01-01T00:00`), wall(`${year}-12-31T23:59`));
          expect(named.length).toBeLessThanOrEqual(366);
        }
      }),
      { numRuns: 150 },
    );
  });
});
