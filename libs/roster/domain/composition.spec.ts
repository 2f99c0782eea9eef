import { Temporal } from 'temporal-polyfill';
import { type Layer, type Override, type ScheduleDefinition, type Shift, weekdays } from './schedule.js';
import { gapsBetween, onCallAt, shadowsAt, shadowShiftsBetween, shiftsBetween } from './shifts.js';

const hour = 3_600_000;

function always(person: string, changes: Partial<Layer> = {}): Layer {
  return {
    name: person,
    rotation: { unit: 'week', length: 1, firstHandoff: '2000-01-03T00:00', members: [person] },
    ...changes,
  };
}

function hours(from: string, to: string): Pick<Layer, 'restrictions'> {
  return { restrictions: [{ days: weekdays, from, to }] };
}

function told(shifts: readonly Shift[]): string[] {
  return shifts.map(
    ({ responderId, start, end, source }) =>
      `${responderId} ${start.toISOString().slice(8, 13)}-${end.toISOString().slice(8, 13)} ${source}`,
  );
}

const january = (dayAndHour: string): Date => new Date(`2026-01-${dayAndHour}:00Z`);

describe('a fallback', () => {
  const days = always('d', hours('08:00', '16:00'));
  const plan = (fallback: ScheduleDefinition['fallback']): ScheduleDefinition => ({
    timeZone: 'UTC',
    layers: [days],
    fallback,
  });

  it('who is a person fills whatever would be a gap', () => {
    const definition = plan({ responderId: 'f' });
    expect(told(shiftsBetween(definition, [], january('05T00'), january('06T08')))).toEqual([
      'f 05T00-05T08 fallback',
      'd 05T08-05T16 layer',
      'f 05T16-06T08 fallback',
    ]);
    expect(gapsBetween(definition, [], january('05T00'), january('06T08'))).toEqual([]);
  });

  it('that is a schedule goes by its own overrides, and leaves its own gaps', () => {
    const nights: ScheduleDefinition = { timeZone: 'UTC', layers: [always('n', hours('18:00', '06:00'))] };
    const moved: Override = {
      id: '1',
      kind: 'replace',
      responderId: 'x',
      start: january('05T20'),
      end: january('05T22'),
    };
    const definition = plan({ plan: { definition: nights, overrides: [moved] } });
    expect(told(shiftsBetween(definition, [], january('05T08'), january('06T08')))).toEqual([
      'd 05T08-05T16 layer',
      'n 05T18-05T20 fallback',
      'x 05T20-05T22 fallback',
      'n 05T22-06T06 fallback',
    ]);
    expect(gapsBetween(definition, [], january('05T08'), january('06T08'))).toHaveLength(2);
  });

  it('comes after the overrides: who is taken off leaves it their place, and who is added has no need of it', () => {
    const off: Override = { id: '1', kind: 'remove', responderId: 'd', start: january('05T10'), end: january('05T12') };
    const added: Override = { id: '2', kind: 'add', responderId: 'x', start: january('05T16'), end: january('05T20') };
    expect(told(shiftsBetween(plan({ responderId: 'f' }), [off, added], january('05T08'), january('05T22')))).toEqual([
      'd 05T08-05T10 layer',
      'f 05T10-05T12 fallback',
      'd 05T12-05T16 layer',
      'x 05T16-05T20 override',
      'f 05T20-05T22 fallback',
    ]);
  });

  it('comes after absences: it takes the place of whoever is away, and is no cover while it is away itself', () => {
    const away = (from: string, to: string) => [{ start: january(from).getTime(), end: january(to).getTime() }];
    const absences = new Map([
      ['d', away('05T10', '05T12')],
      ['f', away('05T18', '05T20')],
    ]);
    expect(told(shiftsBetween(plan({ responderId: 'f' }), [], january('05T08'), january('05T22'), absences))).toEqual([
      'd 05T08-05T10 layer',
      'f 05T10-05T12 fallback',
      'd 05T12-05T16 layer',
      'f 05T16-05T18 fallback',
      'f 05T20-05T22 fallback',
    ]);
  });

  it('that joins a shift of the same person makes it one, and it is told where it came from', () => {
    expect(told(shiftsBetween(plan({ responderId: 'd' }), [], january('05T08'), january('06T08')))).toEqual([
      'd 05T08-06T08 fallback',
    ]);
    expect(onCallAt(plan({ responderId: 'f' }), [], january('05T20'))).toEqual([
      { responderId: 'f', since: january('05T16'), until: january('06T08'), source: 'fallback' },
    ]);
  });
});

describe('a shadow layer', () => {
  const definition: ScheduleDefinition = {
    timeZone: 'UTC',
    layers: [always('a', hours('08:00', '16:00')), always('t', { shadow: true, ...hours('08:00', '20:00') })],
  };

  it('puts nobody on call and fills no gap', () => {
    expect(told(shiftsBetween(definition, [], january('05T00'), january('06T00')))).toEqual(['a 05T08-05T16 layer']);
    expect(gapsBetween(definition, [], january('05T16'), january('05T20'))).toHaveLength(1);
    expect(onCallAt(definition, [], january('05T18'))).toEqual([]);
  });

  it('is told on its own', () => {
    expect(told(shadowShiftsBetween(definition, january('05T00'), january('06T00')))).toEqual(['t 05T08-05T20 shadow']);
    expect(shadowsAt(definition, january('05T18'))).toMatchObject([{ responderId: 't', until: january('05T20') }]);
  });

  it('does not hide another one, and one person in two of them shadows once', () => {
    const both: ScheduleDefinition = {
      timeZone: 'UTC',
      layers: [
        always('t', { shadow: true, ...hours('08:00', '12:00') }),
        always('u', { shadow: true }),
        always('t', { shadow: true, ...hours('11:00', '14:00') }),
      ],
    };
    expect(told(shadowShiftsBetween(both, january('05T08'), january('05T16')))).toEqual([
      't 05T08-05T14 shadow',
      'u 05T08-05T16 shadow',
    ]);
  });
});

describe('holidays in restrictions', () => {
  // 7 January 2026, a Wednesday, is the only holiday.
  const holidays = (day: number): boolean => day === Date.parse('2026-01-07') / 86_400_000;
  const workdays = ['mo', 'tu', 'we', 'th', 'fr'] as const;

  it('may be days of their own, and days that a restriction leaves out', () => {
    const definition: ScheduleDefinition = {
      timeZone: 'UTC',
      layers: [
        always('day', {
          holidays,
          restrictions: [{ days: workdays, from: '08:00', to: '16:00', exceptHolidays: true }],
        }),
        always('feast', { holidays, restrictions: [{ days: ['sa', 'su', 'holiday'], from: '10:00', to: '12:00' }] }),
      ],
    };
    expect(told(shiftsBetween(definition, [], january('06T00'), january('09T00')))).toEqual([
      'day 06T08-06T16 layer',
      'feast 07T10-07T12 layer',
      'day 08T08-08T16 layer',
    ]);
  });

  it('are the day on which hours begin: a night into a holiday is served, a night out of it is not', () => {
    const definition: ScheduleDefinition = {
      timeZone: 'UTC',
      layers: [
        always('n', { holidays, restrictions: [{ days: workdays, from: '20:00', to: '06:00', exceptHolidays: true }] }),
      ],
    };
    expect(told(shiftsBetween(definition, [], january('06T12'), january('09T00')))).toEqual([
      'n 06T20-07T06 layer',
      'n 08T20-09T00 layer',
    ]);
  });

  it('do not move the count of served units', () => {
    const rotation = {
      unit: 'day' as const,
      length: 1,
      firstHandoff: '2026-01-05T08:00',
      members: ['a', 'b', 'c'],
      countOnlyServed: true,
    };
    const restrictions = [{ days: workdays, from: '08:00', to: '16:00', exceptHolidays: true }];
    const served = (calendar?: Layer['holidays']): string[] =>
      told(
        shiftsBetween(
          { timeZone: 'UTC', layers: [{ name: 'l', rotation, restrictions, holidays: calendar }] },
          [],
          january('08T00'),
          january('10T00'),
        ),
      );
    expect(served(holidays)).toEqual(served());
  });
});

describe('a recurrence', () => {
  const weekends: Layer = {
    name: 'weekends',
    recurrence: {
      start: '2026-01-03T09:00',
      duration: 'PT12H',
      rule: 'FREQ=WEEKLY;BYDAY=SA,SU',
      members: ['a', 'b', 'c'],
    },
  };
  const plan = (...layers: Layer[]): ScheduleDefinition => ({ timeZone: 'Europe/Bucharest', layers });

  it('hands each occurrence to the next in turn, and leaves the rest to the layers below', () => {
    expect(told(shiftsBetween(plan(always('x'), weekends), [], january('10T00'), january('12T00')))).toEqual([
      'x 10T00-10T07 layer',
      'c 10T07-10T19 layer',
      'x 10T19-11T07 layer',
      'a 11T07-11T19 layer',
      'x 11T19-12T00 layer',
    ]);
  });

  it('costs in 2035 what it costs tomorrow, and counts the same turns', () => {
    const at = new Date('2035-06-16T08:00Z');
    const weeks = (Date.parse('2035-06-16') - Date.parse('2026-01-03')) / (7 * 24 * hour);
    expect(onCallAt(plan(weekends), [], at)).toMatchObject([{ responderId: ['a', 'b', 'c'][(weeks * 2) % 3] }]);
  });

  it('keeps its time on the wall over a change of clocks, and the shift of that night is longer or shorter', () => {
    const nights: Layer = {
      ...weekends,
      recurrence: { ...weekends.recurrence!, start: '2026-01-03T22:00', duration: 'PT10H' },
    };
    const length = (from: string, to: string): number[] =>
      shiftsBetween(plan(nights), [], new Date(from), new Date(to)).map(
        ({ start, end }) => (end.getTime() - start.getTime()) / hour,
      );
    expect(length('2026-03-28T12:00Z', '2026-03-29T12:00Z')).toEqual([9]);
    expect(length('2026-10-24T12:00Z', '2026-10-25T12:00Z')).toEqual([11]);
  });

  it('begins where the wall skips its time too, with the offset from before the gap', () => {
    const skipped: Layer = {
      ...weekends,
      recurrence: { ...weekends.recurrence!, start: '2026-03-29T03:30', duration: 'PT2H' },
    };
    expect(
      told(shiftsBetween(plan(skipped), [], new Date('2026-03-29T00:00Z'), new Date('2026-03-29T12:00Z'))),
    ).toEqual(['a 29T01-29T02 layer']);
  });

  it('that overlaps itself hands over when the next occurrence begins', () => {
    const long: Layer = { ...weekends, recurrence: { ...weekends.recurrence!, duration: 'P2D' } };
    expect(told(shiftsBetween(plan(long), [], january('10T00'), january('14T00')))).toEqual([
      'c 10T07-11T07 layer',
      'a 11T07-13T07 layer',
    ]);
  });

  it('ends by UNTIL, an instant: what begins then is the last', () => {
    const ending: Layer = {
      ...weekends,
      recurrence: { ...weekends.recurrence!, rule: 'FREQ=DAILY;UNTIL=20260110T070000Z' },
    };
    expect(told(shiftsBetween(plan(ending), [], january('09T12'), january('14T00')))).toEqual([
      'a 09T12-09T19 layer',
      'b 10T07-10T19 layer',
    ]);
  });
});

describe('three desks that follow the sun', () => {
  // Each serves an hour more than its third of the day at either end, since their clocks do not change on the same night.
  const desks: ScheduleDefinition = {
    timeZone: 'UTC',
    layers: [
      always('bucharest', { timeZone: 'Europe/Bucharest', ...hours('08:00', '18:00') }),
      always('toronto', { timeZone: 'America/Toronto', ...hours('10:00', '20:00') }),
      always('auckland', { timeZone: 'Pacific/Auckland', ...hours('09:00', '19:00') }),
    ],
  };

  it('tile every day of the year, through every change of clocks in either hemisphere', () => {
    const [from, to] = [new Date('2026-01-01T00:00Z'), new Date('2027-01-01T00:00Z')];
    expect(gapsBetween(desks, [], from, to)).toEqual([]);
    const shifts = shiftsBetween(desks, [], from, to);
    shifts.slice(1).forEach((shift, index) => expect(shift.start).toEqual(shifts[index]!.end));
    expect(new Set(shifts.map(({ responderId }) => responderId)).size).toBe(3);
    expect(shifts.length).toBeGreaterThan(3 * 364);
  });

  it('each begin at their own hour on their own wall', () => {
    const begins = shiftsBetween(desks, [], new Date('2026-01-02T00:00Z'), new Date('2026-12-31T00:00Z'))
      .filter(({ responderId }) => responderId === 'auckland')
      .slice(1)
      .map(({ start }) =>
        Temporal.Instant.fromEpochMilliseconds(start.getTime())
          .toZonedDateTimeISO('Pacific/Auckland')
          .toPlainTime()
          .toString({ smallestUnit: 'minute' }),
      );
    expect(new Set(begins)).toEqual(new Set(['09:00']));
  });
});
