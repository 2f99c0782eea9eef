import fc from 'fast-check';
import { deviations, dutyLoad } from './fairness.js';
import type { RestRule } from './rest.js';
import type { Span } from './span.js';
import { WallClock } from './wall-clock.js';

const hour = 3_600_000;
const rule: RestRule = {
  source: 'the rule',
  onCallIs: 'stand-by',
  betweenShiftsMs: 11 * hour,
  weeklyRestMs: 35 * hour,
  weeklyHoursMs: 48 * hour,
  averagedOverWeeks: 17,
  night: { from: 1380, to: 360 },
  nightHoursMs: 3 * hour,
  nightShiftMs: 8 * hour,
  nightsInARow: 7,
  hoursInARowMs: 169 * hour,
};
const bucharest = (): WallClock => new WallClock('Europe/Bucharest');
const span = (start: string, end: string): Span => ({ start: Date.parse(start), end: Date.parse(end) });

describe('the load of one person', () => {
  it('is an hour more in the week in which the clocks go back', () => {
    const week = span('2026-10-19T05:00:00Z', '2026-10-26T06:00:00Z');
    expect(dutyLoad([week], 3, rule, bucharest())).toEqual({ hours: 169, nights: 7, weekends: 1, pages: 3 });
  });

  it('counts an hour by two schedules at once only once, and a weekend in two parts as one', () => {
    const shifts = [
      span('2026-02-07T08:00:00Z', '2026-02-07T10:00:00Z'),
      span('2026-02-07T09:00:00Z', '2026-02-07T10:00:00Z'),
      span('2026-02-08T08:00:00Z', '2026-02-08T09:00:00Z'),
    ];
    expect(dutyLoad(shifts, 0, rule, bucharest())).toEqual({ hours: 3, nights: 0, weekends: 1, pages: 0 });
  });

  it('has its weekend where the person lives', () => {
    const fridayNight = span('2026-02-06T17:00:00Z', '2026-02-06T22:00:00Z');
    expect(dutyLoad([fridayNight], 0, rule, bucharest()).weekends).toBe(0);
    expect(dutyLoad([fridayNight], 0, rule, new WallClock('Pacific/Auckland')).weekends).toBe(1);
  });

  it('does not depend on how the shifts are cut', () => {
    const shift = fc
      .tuple(fc.integer({ min: 0, max: 2_000 }), fc.integer({ min: 1, max: 200 }))
      .map(([from, length]) => {
        const start = Date.parse('2026-01-01T00:00:00Z') + from * hour;
        return { start, end: start + length * hour };
      });
    fc.assert(
      fc.property(fc.array(shift, { maxLength: 8 }), (shifts) => {
        const hours = shifts.flatMap(({ start, end }) =>
          Array.from({ length: (end - start) / hour }, (_, at) => ({
            start: start + at * hour,
            end: start + (at + 1) * hour,
          })),
        );
        expect(dutyLoad(hours, 0, rule, bucharest())).toEqual(dutyLoad(shifts, 0, rule, bucharest()));
      }),
      { numRuns: 50 },
    );
  });
});

describe('the deviations', () => {
  it('say who carries more than the others, and by how much', () => {
    const loads = [
      { hours: 10, nights: 2, weekends: 0, pages: 1 },
      { hours: 11, nights: 0, weekends: 1, pages: 1 },
    ];
    expect(deviations(loads)).toEqual([
      { hours: -0.5, nights: 1, weekends: -0.5, pages: 0 },
      { hours: 0.5, nights: -1, weekends: 0.5, pages: 0 },
    ]);
    expect(deviations([])).toEqual([]);
  });
});
