import fc from 'fast-check';
import { areQuiet, asksToWait, canWait, standbyAt, type QuietHours } from './availability.js';
import { coverageBetween } from './restrictions.js';
import { weekdays } from './schedule.js';
import { parseWallTime, WallClock, wallShown } from './wall-clock.js';

const at = (wall: string) => parseWallTime(wall)!;

describe('areQuiet', () => {
  const nights: QuietHours[] = [{ from: '22:00', to: '07:00' }];

  it.each([
    ['2026-02-11T21:59', false],
    ['2026-02-11T22:00', true],
    ['2026-02-12T06:59', true],
    ['2026-02-12T07:00', false],
  ])('at %s: %s', (wall, expected) => expect(areQuiet(nights, at(wall))).toBe(expected));

  it('counts a night to the day on which it begins', () => {
    const fridays: QuietHours[] = [{ from: '22:00', to: '07:00', days: ['fr'] }];
    expect(areQuiet(fridays, at('2026-02-13T23:00'))).toBe(true);
    expect(areQuiet(fridays, at('2026-02-14T06:00'))).toBe(true);
    expect(areQuiet(fridays, at('2026-02-13T06:00'))).toBe(false);
  });

  it('takes equal times for the whole day', () => {
    expect(areQuiet([{ from: '09:00', to: '09:00', days: ['su'] }], at('2026-02-15T12:00'))).toBe(true);
    expect(areQuiet([{ from: '09:00', to: '09:00', days: ['su'] }], at('2026-02-16T08:59'))).toBe(true);
    expect(areQuiet([{ from: '09:00', to: '09:00', days: ['su'] }], at('2026-02-16T09:00'))).toBe(false);
  });

  it('agrees with the hours of a schedule, in every zone without a change of clocks', () => {
    const timeOfDay = fc
      .integer({ min: 0, max: 1439 })
      .map((minute) => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`);
    const instant = fc.date({ min: new Date('2026-01-01'), max: new Date('2027-01-01'), noInvalidDate: true });
    const zone = fc.constantFrom('UTC', 'Asia/Kathmandu', 'Asia/Tokyo', 'America/Phoenix');
    fc.assert(
      fc.property(
        timeOfDay,
        timeOfDay,
        fc.subarray([...weekdays], { minLength: 1 }),
        instant,
        zone,
        (from, to, days, now, timeZone) => {
          const start = Math.floor(now.getTime() / 60_000) * 60_000;
          const covered = coverageBetween([{ from, to, days }], new WallClock(timeZone), {
            start,
            end: start + 60_000,
          });
          expect(areQuiet([{ from, to, days }], wallShown(timeZone, start))).toBe(covered.length > 0);
        },
      ),
    );
  });

  it('is quiet both times in an hour that is repeated', () => {
    const hours: QuietHours[] = [{ from: '03:00', to: '04:00' }];
    const walls = ['2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z'].map((now) =>
      wallShown('Europe/Bucharest', Date.parse(now)),
    );
    expect(walls.map((wall) => areQuiet(hours, wall))).toEqual([true, true]);
  });
});

describe('what somebody says of themselves', () => {
  const until = new Date('2026-02-11T06:00:00Z');

  it('ends by itself', () => {
    const standby = { status: 'driving' as const, until };
    expect(standbyAt(standby, new Date(until.getTime() - 1))).toBe(standby);
    expect(standbyAt(standby, until)).toBeNull();
    expect(standbyAt(null, until)).toBeNull();
  });

  it('asks to wait unless they are awake', () => {
    expect(asksToWait({ status: 'driving', until })).toBe(true);
    expect(asksToWait({ status: 'not-before', until })).toBe(true);
    expect(asksToWait({ status: 'awake', until })).toBe(false);
    expect(asksToWait(null)).toBe(false);
  });

  it('holds for SEV3 and SEV4', () => {
    expect(['SEV1', 'SEV2', 'SEV3', 'SEV4'].map(canWait)).toEqual([false, false, true, true]);
  });
});
