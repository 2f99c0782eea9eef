import fc from 'fast-check';
import { mostNightsInARow, nightsOnCall, restFindings, type RestRule } from './rest.js';
import type { Span } from './span.js';
import { WallClock } from './wall-clock.js';

const hour = 3_600_000;
const day = 24 * hour;

const directive: RestRule = {
  source: 'Directive 2003/88/EC',
  onCallIs: 'stand-by',
  betweenShiftsMs: 11 * hour,
  weeklyRestMs: 35 * hour,
  weeklyHoursMs: 48 * hour,
  averagedOverWeeks: 17,
  night: { from: 23 * 60, to: 6 * 60 },
  nightHoursMs: 3 * hour,
  nightShiftMs: 8 * hour,
  nightsInARow: 7,
  hoursInARowMs: 169 * hour,
};
const atWork: RestRule = { ...directive, onCallIs: 'working-time' };
const vienna = 'Europe/Vienna';

const span = (start: string, end: string): Span => ({ start: Date.parse(start), end: Date.parse(end) });
const kindsOf = (shifts: Span[], rule = directive, zone = vienna): string[] => {
  const known = span('2026-01-01T00:00:00Z', '2026-12-31T00:00:00Z');
  return restFindings({ shifts, worked: [], known }, rule, new WallClock(zone)).map(({ kind }) => kind);
};

describe('rest between shifts', () => {
  const late = span('2026-02-02T13:00:00Z', '2026-02-02T21:00:00Z');

  it('of less than eleven hours is found, and of eleven is not', () => {
    expect(kindsOf([late, span('2026-02-03T07:59:00Z', '2026-02-03T12:00:00Z')])).toEqual(['short-rest']);
    expect(kindsOf([late, span('2026-02-03T08:00:00Z', '2026-02-03T12:00:00Z')])).toEqual([]);
  });

  it('counts hours that pass, not those on the wall', () => {
    // From 20:00 to 07:00 on the wall, and ten hours in the night in which the clocks go forward.
    const before = span('2026-03-28T12:00:00Z', '2026-03-28T19:00:00Z');
    expect(kindsOf([before, span('2026-03-29T05:00:00Z', '2026-03-29T09:00:00Z')])).toEqual(['short-rest']);
  });

  it('is not asked for between shifts that overlap or touch, in whatever order they come', () => {
    const next = span('2026-02-02T20:00:00Z', '2026-02-03T06:00:00Z');
    expect(kindsOf([next, late])).toEqual([]);
  });

  it('says how much there is, how much there should be, and who says so', () => {
    const shifts = [late, span('2026-02-03T03:30:00Z', '2026-02-03T12:00:00Z')];
    const [found] = restFindings({ shifts, worked: [], known: late }, directive, new WallClock(vienna));
    expect(found).toEqual({
      kind: 'short-rest',
      ...span('2026-02-02T21:00:00Z', '2026-02-03T03:30:00Z'),
      reason: 'Only 6.5 h of rest between two shifts, not 11 h (Directive 2003/88/EC).',
    });
  });
});

describe('hours in a row', () => {
  it('are a week on stand-by, also in the week that autumn makes an hour longer', () => {
    expect(kindsOf([span('2026-10-19T06:00:00Z', '2026-10-26T07:00:00Z')])).toEqual([]);
    expect(kindsOf([span('2026-10-19T06:00:00Z', '2026-10-26T07:01:00Z')])).toEqual(['hours-in-a-row']);
  });

  it('are what the daily rest leaves of 24 where being on call is working time', () => {
    expect(kindsOf([span('2026-02-02T06:00:00Z', '2026-02-02T19:00:00Z')], atWork)).toEqual([]);
    expect(kindsOf([span('2026-02-02T06:00:00Z', '2026-02-02T19:01:00Z')], atWork)).toEqual(['hours-in-a-row']);
  });
});

describe('nights in a row', () => {
  const nights = (count: number): Span[] =>
    Array.from({ length: count }, (_, index) => {
      const start = Date.parse('2026-02-02T20:00:00Z') + index * day;
      return { start, end: start + 10 * hour };
    });

  it('are found when there are more than the rule allows', () => {
    expect(kindsOf(nights(7))).toEqual([]);
    expect(kindsOf(nights(8))).toEqual(['nights-in-a-row']);
  });

  it('are broken by a night of which only two hours are on call', () => {
    const broken = nights(8).toSpliced(4, 1, span('2026-02-06T20:00:00Z', '2026-02-07T00:30:00Z'));
    expect(nightsOnCall(broken, directive, new WallClock(vienna))).toHaveLength(7);
    expect(kindsOf(broken)).toEqual([]);
    expect(mostNightsInARow(nightsOnCall(broken, directive, new WallClock(vienna)))).toBe(4);
  });

  it('are nights where the person lives', () => {
    expect(nightsOnCall(nights(3), directive, new WallClock('America/New_York'))).toEqual([]);
  });
});

describe('where being on call is working time', () => {
  it('a shift of more than eight hours at night is found', () => {
    expect(kindsOf([span('2026-02-02T21:00:00Z', '2026-02-03T05:00:00Z')], atWork)).toEqual([]);
    expect(kindsOf([span('2026-02-02T21:00:00Z', '2026-02-03T05:30:00Z')], atWork)).toEqual(['night-shift']);
  });

  it('a week without 35 hours of rest is found', () => {
    const days = Array.from({ length: 7 }, (_, index) => {
      const start = Date.parse('2026-02-02T08:00:00Z') + index * day;
      return { start, end: start + 4 * hour };
    });
    expect(kindsOf(days, atWork)).toEqual(['weekly-rest']);
    expect(kindsOf(days.toSpliced(3, 1), atWork)).toEqual([]);
    expect(kindsOf(days, directive)).toEqual([]);
  });

  it('more than 48 hours a week are found once the average over the whole period is known', () => {
    const tenHours = Array.from({ length: 18 * 7 }, (_, index) => {
      const start = Date.parse('2026-02-02T07:00:00Z') + index * day;
      return { start, end: start + 10 * hour };
    }).filter((_, index) => index % 7 < 5);
    const long = kindsOf(tenHours, atWork).filter((kind) => kind === 'weekly-hours');
    expect(long.length).toBeGreaterThan(0);
    const eightHours = tenHours.map(({ start }) => ({ start, end: start + 8 * hour }));
    expect(kindsOf(eightHours, atWork)).not.toContain('weekly-hours');
  });
});

describe('work after pages', () => {
  it('counts toward the week on stand-by, and being on call does not', () => {
    const known = span('2026-01-05T00:00:00Z', '2026-01-19T00:00:00Z');
    const rule = { ...directive, averagedOverWeeks: 1, weeklyHoursMs: 2 * hour };
    const shifts = [span('2026-01-06T00:00:00Z', '2026-01-08T00:00:00Z')];
    const worked = [span('2026-01-06T02:00:00Z', '2026-01-06T04:30:00Z')];
    const clock = new WallClock('UTC');
    expect(restFindings({ shifts, worked: [], known }, rule, clock)).toEqual([]);
    expect(restFindings({ shifts, worked, known }, rule, clock)).toMatchObject([{ kind: 'weekly-hours' }]);
  });
});

const shiftsNearTurns = fc.array(
  fc.tuple(fc.integer({ min: 0, max: 60 * 24 }), fc.integer({ min: 1, max: 60 })).map(([from, length]) => {
    const start = Date.parse('2026-03-01T00:00:00Z') + from * hour;
    return { start, end: start + length * hour };
  }),
  { maxLength: 12 },
);

describe('rest', () => {
  it('is judged the same however the hours are cut and ordered', () => {
    fc.assert(
      fc.property(shiftsNearTurns, fc.boolean(), (shifts, working) => {
        const rule = working ? atWork : directive;
        const known = span('2026-02-01T00:00:00Z', '2026-07-01T00:00:00Z');
        const clock = new WallClock(vienna);
        const halves = shifts.flatMap(({ start, end }) => [
          { start: start + (end - start) / 2, end },
          { start, end: start + (end - start) / 2 },
        ]);
        expect(restFindings({ shifts: halves, worked: [], known }, rule, clock)).toEqual(
          restFindings({ shifts, worked: [], known }, rule, clock),
        );
      }),
    );
  });

  it('finds every pause between shifts that is too short, and no other', () => {
    fc.assert(
      fc.property(shiftsNearTurns, (shifts) => {
        // The model: hour by hour.
        const onCall = new Set(
          shifts.flatMap(({ start, end }) =>
            Array.from({ length: (end - start) / hour }, (_, index) => start / hour + index),
          ),
        );
        const sorted = [...onCall].sort((a, b) => a - b);
        const pauses = sorted.slice(1).map((at, index) => at - sorted[index]! - 1);
        const expected = pauses.filter((length) => length > 0 && length < 11).length;
        expect(kindsOf(shifts).filter((kind) => kind === 'short-rest')).toHaveLength(expected);
      }),
    );
  });
});
