import { coverageBetween } from './restrictions.js';
import type { Restriction } from './schedule.js';
import { WallClock } from './wall-clock.js';

/** Coverage of the window as `[start, end]`, times in UTC to the minute. */
function coverage(zone: string, restrictions: Restriction[], from: string, to: string): [string, string][] {
  const utc = (instant: number): string => new Date(instant).toISOString().slice(0, 16);
  return coverageBetween(restrictions, new WallClock(zone), { start: Date.parse(from), end: Date.parse(to) }).map(
    ({ start, end }) => [utc(start), utc(end)],
  );
}

describe('restrictions', () => {
  it('cover everything when there are none', () => {
    expect(coverage('UTC', [], '2026-01-05T00:00Z', '2026-01-06T00:00Z')).toEqual([
      ['2026-01-05T00:00', '2026-01-06T00:00'],
    ]);
  });

  it('cross midnight and belong to the day they begin on, also when the window begins after midnight', () => {
    const nights: Restriction[] = [{ days: ['mo', 'su'], from: '18:00', to: '08:00' }];
    expect(coverage('UTC', nights, '2026-01-05T03:00Z', '2026-01-07T00:00Z')).toEqual([
      ['2026-01-05T03:00', '2026-01-05T08:00'],
      ['2026-01-05T18:00', '2026-01-06T08:00'],
    ]);
  });

  it('are the whole day where from equals to, and adjoining days are one', () => {
    const weekend: Restriction[] = [{ days: ['sa', 'su'], from: '08:00', to: '08:00' }];
    expect(coverage('UTC', weekend, '2026-01-01T00:00Z', '2026-01-12T00:00Z')).toEqual([
      ['2026-01-03T08:00', '2026-01-05T08:00'],
      ['2026-01-10T08:00', '2026-01-12T00:00'],
    ]);
  });

  it('overlap without counting twice', () => {
    const overlapping: Restriction[] = [
      { days: ['mo'], from: '08:00', to: '12:00' },
      { days: ['mo'], from: '10:00', to: '14:00' },
      { days: ['mo'], from: '14:00', to: '15:00' },
    ];
    expect(coverage('UTC', overlapping, '2026-01-05T00:00Z', '2026-01-06T00:00Z')).toEqual([
      ['2026-01-05T08:00', '2026-01-05T15:00'],
    ]);
  });

  it('last through both passes when they end inside a repeated hour, and begin with the first', () => {
    const early: Restriction[] = [{ days: ['su'], from: '01:00', to: '03:30' }];
    expect(coverage('Europe/Bucharest', early, '2026-10-24T00:00Z', '2026-10-26T00:00Z')).toEqual([
      ['2026-10-24T22:00', '2026-10-25T01:30'],
    ]);
    const late: Restriction[] = [{ days: ['su'], from: '03:30', to: '05:00' }];
    expect(coverage('Europe/Bucharest', late, '2026-10-24T00:00Z', '2026-10-26T00:00Z')).toEqual([
      ['2026-10-25T00:30', '2026-10-25T03:00'],
    ]);
  });

  it('last through both passes where the repeated hour crosses midnight', () => {
    const saturday: Restriction[] = [{ days: ['sa'], from: '00:00', to: '00:00' }];
    expect(coverage('America/St_Johns', saturday, '2010-11-05T00:00Z', '2010-11-08T00:00Z')).toEqual([
      ['2010-11-06T02:30', '2010-11-07T03:30'],
    ]);
  });

  it('read a time that the wall skips with the offset from before the gap', () => {
    const toTheGap: Restriction[] = [{ days: ['sa'], from: '18:00', to: '03:30' }];
    expect(coverage('Europe/Bucharest', toTheGap, '2026-03-28T00:00Z', '2026-03-30T00:00Z')).toEqual([
      ['2026-03-28T16:00', '2026-03-29T01:30'],
    ]);
    const fromTheGap: Restriction[] = [{ days: ['su'], from: '03:30', to: '08:00' }];
    expect(coverage('Europe/Bucharest', fromTheGap, '2026-03-28T00:00Z', '2026-03-30T00:00Z')).toEqual([
      ['2026-03-29T01:30', '2026-03-29T05:00'],
    ]);
  });

  it('go on over a day that the zone skips', () => {
    const nights: Restriction[] = [{ days: ['th'], from: '18:00', to: '08:00' }];
    expect(coverage('Pacific/Apia', nights, '2011-12-29T00:00Z', '2012-01-02T00:00Z')).toEqual([
      ['2011-12-30T04:00', '2011-12-30T18:00'],
    ]);
  });

  it('begin with the day, also when the window ends soon after', () => {
    const monday: Restriction[] = [{ days: ['mo'], from: '00:00', to: '08:00' }];
    expect(coverage('UTC', monday, '2026-01-04T12:00Z', '2026-01-05T00:20Z')).toEqual([
      ['2026-01-05T00:00', '2026-01-05T00:20'],
    ]);
  });

  it('are cut to the window, and nothing for an empty one', () => {
    const monday: Restriction[] = [{ days: ['mo'], from: '00:00', to: '00:00' }];
    expect(coverage('UTC', monday, '2026-01-05T10:00Z', '2026-01-05T11:00Z')).toEqual([
      ['2026-01-05T10:00', '2026-01-05T11:00'],
    ]);
    expect(coverage('UTC', monday, '2026-01-05T11:00Z', '2026-01-05T11:00Z')).toEqual([]);
  });
});
