import { Temporal } from 'temporal-polyfill';
import { RotationTurns } from './rotation.js';
import type { Rotation, RotationUnit, ScheduleDefinition } from './schedule.js';
import { gapsBetween, shiftsBetween } from './shifts.js';
import { WallClock } from './wall-clock.js';

function rotation(unit: RotationUnit, firstHandoff: string, members: Rotation['members'] = ['a', 'b']): Rotation {
  return { unit, length: 1, firstHandoff, members };
}

/** The hand-offs in the window, as the wall of the zone shows them. */
function handoffs(timeZone: string, rule: Rotation, from: string, to: string): string[] {
  const window = { start: Date.parse(from), end: Date.parse(to) };
  return new RotationTurns(rule, [], new WallClock(timeZone))
    .between(window)
    .slice(1)
    .map(({ start }) => Temporal.Instant.fromEpochMilliseconds(start).toZonedDateTimeISO(timeZone))
    .map((zoned) => zoned.toString({ smallestUnit: 'minute', timeZoneName: 'never' }));
}

describe('a hand-off every day', () => {
  it('in the gap has the offset from before it', () => {
    expect(
      handoffs('Europe/Bucharest', rotation('day', '2026-03-01T03:30'), '2026-03-28T00:00Z', '2026-03-30T12:00Z'),
    ).toEqual(['2026-03-28T03:30+02:00', '2026-03-29T04:30+03:00', '2026-03-30T03:30+03:00']);
  });

  it('in the fold comes the first time', () => {
    expect(
      handoffs('Europe/Bucharest', rotation('day', '2026-03-01T03:30'), '2026-10-24T12:00Z', '2026-10-26T12:00Z'),
    ).toEqual(['2026-10-25T03:30+03:00', '2026-10-26T03:30+02:00']);
  });

  it('keeps half hours and quarters of an hour', () => {
    expect(
      handoffs('Asia/Kathmandu', rotation('day', '2026-01-01T08:00'), '2026-06-01T00:00Z', '2026-06-03T00:00Z'),
    ).toEqual(['2026-06-01T08:00+05:45', '2026-06-02T08:00+05:45']);
    expect(
      handoffs('Pacific/Chatham', rotation('day', '2026-01-01T08:00'), '2026-04-04T00:00Z', '2026-04-06T00:00Z'),
    ).toEqual(['2026-04-05T08:00+12:45', '2026-04-06T08:00+12:45']);
  });

  it('is read through the half hour by which Lord Howe changes', () => {
    // 02:00 to 02:30 is skipped on 4 October, and 01:30 to 02:00 happens twice on 5 April.
    expect(
      handoffs('Australia/Lord_Howe', rotation('day', '2026-01-01T02:15'), '2026-10-03T00:00Z', '2026-10-05T00:00Z'),
    ).toEqual(['2026-10-04T02:45+11:00', '2026-10-05T02:15+11:00']);
    expect(
      handoffs('Australia/Lord_Howe', rotation('day', '2026-01-01T01:45'), '2026-04-04T00:00Z', '2026-04-06T00:00Z'),
    ).toEqual(['2026-04-05T01:45+11:00', '2026-04-06T01:45+10:30']);
  });

  it('of a day that Apia never had falls together with that of the next, and the count goes on', () => {
    const apia = rotation('day', '2011-12-01T10:00', ['a', 'b', 'c']);
    expect(handoffs('Pacific/Apia', apia, '2011-12-28T00:00Z', '2012-01-01T12:00Z')).toEqual([
      '2011-12-28T10:00-10:00',
      '2011-12-29T10:00-10:00',
      '2011-12-31T10:00+14:00',
      '2012-01-01T10:00+14:00',
    ]);
    const definition: ScheduleDefinition = { timeZone: 'Pacific/Apia', layers: [{ name: 'l', rotation: apia }] };
    const [from, to] = [new Date('2011-12-28T00:00Z'), new Date('2012-01-02T00:00Z')];
    expect(gapsBetween(definition, [], from, to)).toEqual([]);
    const days = (date: string): number => (Date.parse(date) - Date.parse('2011-12-01')) / 86_400_000;
    const onTheLast = shiftsBetween(definition, [], new Date('2011-12-31T00:00Z'), new Date('2011-12-31T01:00Z'));
    expect(onTheLast.map(({ responderId }) => responderId)).toEqual([['a', 'b', 'c'][days('2011-12-31') % 3]]);
  });
});

describe('every zone of the database', () => {
  it('hands off every week at the same day and time on its wall, for ten years', () => {
    const [start, end] = [Date.parse('2026-01-10T00:00Z'), Date.parse('2036-01-10T00:00Z')];
    const zones = Intl.supportedValuesOf('timeZone');
    expect(zones.length).toBeGreaterThan(300);
    for (const timeZone of zones) {
      const clock = new WallClock(timeZone);
      const noon = new RotationTurns(rotation('week', '2026-01-05T12:00', ['a', 'b']), [], clock).between({
        start,
        end,
      });
      expect(noon.length).toBeGreaterThan(520);
      const days = new Intl.DateTimeFormat('en-GB', { timeZone, weekday: 'short', hour: '2-digit', minute: '2-digit' });
      expect(new Set(noon.slice(1).map((turn) => days.format(turn.start)))).toEqual(new Set(['Mon 12:00']));
      noon.slice(1).forEach((turn, index) => expect(turn.members).not.toEqual(noon[index]!.members));
    }
  }, 30_000);
});
