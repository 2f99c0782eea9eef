import { RotationTurns } from './rotation.js';
import type { Restriction, Rotation } from './schedule.js';
import { WallClock } from './wall-clock.js';

const bucharest = 'Europe/Bucharest';

/** The turns in the window as `[members, start]`, times in UTC to the minute. */
function turns(
  zone: string,
  rotation: Partial<Rotation> & Pick<Rotation, 'unit' | 'firstHandoff'>,
  from: string,
  to: string,
  restrictions: Restriction[] = [],
): [string, string][] {
  const whole: Rotation = { length: 1, members: ['a', 'b', 'c'], ...rotation };
  return new RotationTurns(whole, restrictions, new WallClock(zone))
    .between({ start: Date.parse(from), end: Date.parse(to) })
    .map(({ members, start }) => [members.join('+'), new Date(start).toISOString().slice(0, 16)]);
}

describe('a change of clocks', () => {
  it('leaves a daily hand-off at its wall time, in spring and in autumn', () => {
    const daily = { unit: 'day', firstHandoff: '2026-03-27T08:00' } as const;
    expect(turns(bucharest, daily, '2026-03-28T06:00Z', '2026-03-30T06:00Z')).toEqual([
      ['b', '2026-03-28T06:00'],
      ['c', '2026-03-29T05:00'],
      ['a', '2026-03-30T05:00'],
    ]);
    expect(turns(bucharest, daily, '2026-10-24T05:00Z', '2026-10-26T05:00Z')).toEqual([
      ['b', '2026-10-24T05:00'],
      ['c', '2026-10-25T06:00'],
    ]);
  });

  it('leaves twelve-hour hand-offs at 08:00 and 20:00', () => {
    const half = { unit: 'hour', length: 12, firstHandoff: '2026-01-05T08:00' } as const;
    const starts = turns(bucharest, half, '2026-03-28T18:00Z', '2026-03-30T06:00Z').map(([, start]) => start);
    expect(starts).toEqual(['2026-03-28T18:00', '2026-03-29T05:00', '2026-03-29T17:00', '2026-03-30T05:00']);
  });

  it('reads a hand-off that the wall skips with the offset from before the gap', () => {
    const daily = { unit: 'day', firstHandoff: '2026-03-27T03:30' } as const;
    expect(turns(bucharest, daily, '2026-03-29T00:00Z', '2026-03-30T02:00Z')).toEqual([
      ['b', '2026-03-29T00:00'],
      ['c', '2026-03-29T01:30'],
      ['a', '2026-03-30T00:30'],
    ]);
  });

  it('takes the first of two hand-offs, also from within the second pass', () => {
    const daily = { unit: 'day', firstHandoff: '2026-10-24T03:30' } as const;
    expect(turns(bucharest, daily, '2026-10-25T00:00Z', '2026-10-25T03:00Z')).toEqual([
      ['a', '2026-10-25T00:00'],
      ['b', '2026-10-25T00:30'],
    ]);
    expect(turns(bucharest, daily, '2026-10-25T01:10Z', '2026-10-25T01:20Z')).toEqual([['b', '2026-10-25T01:10']]);
  });

  it('gives no shift to a turn that the gap swallows, and counts it all the same', () => {
    const hourly = { unit: 'hour', firstHandoff: '2026-03-29T01:00' } as const;
    expect(turns(bucharest, hourly, '2026-03-28T23:00Z', '2026-03-29T03:00Z')).toEqual([
      ['a', '2026-03-28T23:00'],
      ['b', '2026-03-29T00:00'],
      ['a', '2026-03-29T01:00'], // c had 03:00, which falls together with 04:00
      ['b', '2026-03-29T02:00'],
    ]);
  });

  it('does not count a hand-off that the wall has shown, or passed by, before it has come', () => {
    const held = (firstHandoff: string, at: string): number | null =>
      new RotationTurns({ unit: 'day', length: 1, firstHandoff, members: ['a', 'b'] }, [], new WallClock(bucharest)).at(
        Date.parse(at),
      );
    expect(held('2026-03-28T03:30', '2026-03-29T01:29Z')).toBe(0); // the wall shows 04:29, the hand-off comes at 04:30
    expect(held('2026-03-28T03:30', '2026-03-29T01:30Z')).toBe(1);
    expect(held('2026-10-24T04:00', '2026-10-25T01:59Z')).toBe(0); // 03:59 for the second time
    expect(held('2026-10-24T04:00', '2026-10-25T02:00Z')).toBe(1);
  });

  it('makes the hourly shift in the repeated hour two hours long', () => {
    const hourly = { unit: 'hour', firstHandoff: '2026-10-25T02:00' } as const;
    expect(turns(bucharest, hourly, '2026-10-24T23:00Z', '2026-10-25T03:00Z')).toEqual([
      ['a', '2026-10-24T23:00'],
      ['b', '2026-10-25T00:00'],
      ['c', '2026-10-25T02:00'],
    ]);
  });

  it('knows the half hour of Lord Howe', () => {
    const daily = { unit: 'day', firstHandoff: '2026-04-03T01:45' } as const;
    expect(turns('Australia/Lord_Howe', daily, '2026-04-03T15:00Z', '2026-04-05T16:00Z')).toEqual([
      ['b', '2026-04-03T15:00'],
      ['c', '2026-04-04T14:45'],
      ['a', '2026-04-05T15:15'],
    ]);
    const inTheGap = { unit: 'day', firstHandoff: '2026-10-03T02:15' } as const;
    expect(turns('Australia/Lord_Howe', inTheGap, '2026-10-03T15:45Z', '2026-10-04T16:00Z')).toEqual([
      ['b', '2026-10-03T15:45'],
      ['c', '2026-10-04T15:15'],
    ]);
  });

  it('knows that Apia had no 30 December 2011: one turn is no shift, one by one on the hour too', () => {
    const daily = { unit: 'day', firstHandoff: '2011-12-28T08:00' } as const;
    expect(turns('Pacific/Apia', daily, '2011-12-29T18:00Z', '2012-01-01T00:00Z')).toEqual([
      ['b', '2011-12-29T18:00'],
      ['a', '2011-12-30T18:00'], // 31 December 08:00; c had the 30th
      ['b', '2011-12-31T18:00'],
    ]);
    const hourly = {
      unit: 'hour',
      firstHandoff: '2011-12-29T22:00',
      members: ['22', '23', ...hours(24), '31st'],
    } as const;
    expect(turns('Pacific/Apia', hourly, '2011-12-30T08:00Z', '2011-12-30T12:00Z')).toEqual([
      ['22', '2011-12-30T08:00'],
      ['23', '2011-12-30T09:00'],
      ['31st', '2011-12-30T10:00'],
      ['22', '2011-12-30T11:00'],
    ]);
  });

  it('knows the Ramadan of Casablanca', () => {
    const daily = { unit: 'day', firstHandoff: '2026-02-14T02:30' } as const;
    expect(turns('Africa/Casablanca', daily, '2026-02-14T01:30Z', '2026-02-16T03:00Z')).toEqual([
      ['a', '2026-02-14T01:30'],
      ['b', '2026-02-15T01:30'],
      ['c', '2026-02-16T02:30'],
    ]);
  });
});

describe('months', () => {
  it('hand off on the last day where the month is shorter, and on the 31st again after it', () => {
    const monthly = { unit: 'month', firstHandoff: '2026-01-31T08:00' } as const;
    expect(turns('UTC', monthly, '2026-01-31T08:00Z', '2026-06-01T00:00Z')).toEqual([
      ['a', '2026-01-31T08:00'],
      ['b', '2026-02-28T08:00'],
      ['c', '2026-03-31T08:00'],
      ['a', '2026-04-30T08:00'],
      ['b', '2026-05-31T08:00'],
    ]);
    expect(turns('UTC', monthly, '2028-02-29T07:00Z', '2028-02-29T09:00Z')).toEqual([
      ['a', '2028-02-29T07:00'],
      ['b', '2028-02-29T08:00'],
    ]);
  });
});

describe('the count', () => {
  it('has nobody before the first hand-off', () => {
    const weekly = { unit: 'week', firstHandoff: '2026-01-05T08:00' } as const;
    expect(turns('UTC', weekly, '2025-01-01T00:00Z', '2026-01-05T08:00Z')).toEqual([]);
    expect(turns('UTC', weekly, '2026-01-05T07:59Z', '2026-01-05T08:01Z')).toEqual([['a', '2026-01-05T08:00']]);
  });

  it('goes through uneven turns over and over, whatever the number of members', () => {
    const uneven = { unit: 'day', length: [4, 3], firstHandoff: '2026-01-05T00:00' } as const;
    expect(turns('UTC', uneven, '2026-01-05T00:00Z', '2026-01-20T00:00Z')).toEqual([
      ['a', '2026-01-05T00:00'],
      ['b', '2026-01-09T00:00'],
      ['c', '2026-01-12T00:00'],
      ['a', '2026-01-16T00:00'],
      ['b', '2026-01-19T00:00'],
    ]);
  });

  it('takes nobody, one or several as members of a turn', () => {
    const mixed = { unit: 'day', firstHandoff: '2026-01-05T00:00', members: ['a', null, ['b', 'c']] } as const;
    expect(turns('UTC', mixed, '2026-01-05T00:00Z', '2026-01-08T00:00Z').map(([who]) => who)).toEqual(['a', '', 'b+c']);
  });

  it('counts only served units when told to: three working days each, whatever weekend lies between', () => {
    const workdays: Restriction[] = [{ days: ['mo', 'tu', 'we', 'th', 'fr'], from: '09:00', to: '17:00' }];
    const served = { unit: 'day', length: 3, firstHandoff: '2026-01-05T00:00', countOnlyServed: true } as const;
    expect(turns('UTC', served, '2026-01-05T00:00Z', '2026-01-17T00:00Z', workdays)).toEqual([
      ['a', '2026-01-05T00:00'],
      ['b', '2026-01-08T00:00'], // Thursday, Friday, Monday
      ['c', '2026-01-13T00:00'],
      ['a', '2026-01-16T00:00'],
    ]);
  });

  it('counts a day into which a night reaches as served', () => {
    const fridayNight: Restriction[] = [{ days: ['fr'], from: '18:00', to: '08:00' }];
    const served = { unit: 'day', firstHandoff: '2026-01-05T00:00', countOnlyServed: true } as const;
    expect(turns('UTC', served, '2026-01-09T00:00Z', '2026-01-18T00:00Z', fridayNight)).toEqual([
      ['a', '2026-01-09T00:00'],
      ['b', '2026-01-10T00:00'],
      ['c', '2026-01-16T00:00'],
      ['a', '2026-01-17T00:00'],
    ]);
  });

  it('counts hours of service one by one', () => {
    const morning: Restriction[] = [{ days: ['mo', 'we'], from: '08:00', to: '10:00' }];
    const served = { unit: 'hour', firstHandoff: '2026-01-05T08:00', countOnlyServed: true } as const;
    expect(turns('UTC', served, '2026-01-05T08:00Z', '2026-01-12T09:00Z', morning)).toEqual([
      ['a', '2026-01-05T08:00'],
      ['b', '2026-01-05T09:00'],
      ['c', '2026-01-07T08:00'],
      ['a', '2026-01-07T09:00'],
      ['b', '2026-01-12T08:00'],
    ]);
  });
});

function hours(count: number): string[] {
  return Array.from({ length: count }, (_, hour) => `30th ${hour}`);
}
