import fc from 'fast-check';
import { shiftChangeNotice } from './shift-change-notice.js';
import { shiftChanges, type ShiftChange } from './shift-changes.js';
import type { Shift } from './schedule.js';

const hour = 3_600_000;

function shift(responderId: string, from: number, to: number, source: Shift['source'] = 'layer'): Shift {
  return { responderId, start: new Date(from * hour), end: new Date(to * hour), source };
}

function told(changes: ShiftChange[]): string[] {
  return changes.map(
    ({ responderId, change, start, end, shadow }) =>
      `${responderId} ${change} ${start.getTime() / hour}-${end.getTime() / hour}${shadow ? ' shadow' : ''}`,
  );
}

describe('the changes between two plans', () => {
  it('are who gains and who loses which time', () => {
    expect(told(shiftChanges([shift('a', 0, 8), shift('b', 8, 16)], [shift('a', 0, 4), shift('b', 4, 16)]))).toEqual([
      'a loses 4-8',
      'b gains 4-8',
    ]);
  });

  it('may cut a shift in the middle', () => {
    expect(told(shiftChanges([shift('a', 0, 8)], [shift('a', 0, 2), shift('a', 6, 8)]))).toEqual(['a loses 2-6']);
  });

  it('are none where only the reason differs', () => {
    expect(shiftChanges([shift('a', 0, 8, 'layer')], [shift('a', 0, 8, 'fallback')])).toEqual([]);
  });

  it('tell shadowing apart from being on call', () => {
    expect(told(shiftChanges([shift('a', 0, 8, 'shadow')], [shift('a', 0, 8)]))).toEqual([
      'a loses 0-8 shadow',
      'a gains 0-8',
    ]);
  });

  it('turn the one plan into the other: what was held, less what is lost, and what is gained, is what is held', () => {
    const plan = fc.array(
      fc.tuple(fc.constantFrom('a', 'b'), fc.integer({ min: 0, max: 20 }), fc.integer({ min: 1, max: 9 })),
      { maxLength: 6 },
    );
    const hoursOf = (spans: { responderId: string; start: Date; end: Date }[]): Set<string> =>
      new Set(
        spans.flatMap(({ responderId, start, end }) =>
          Array.from(
            { length: (end.getTime() - start.getTime()) / hour },
            (_, index) => `${responderId}${start.getTime() / hour + index}`,
          ),
        ),
      );
    /** As `shiftsBetween` answers: the shifts of one person neither overlap nor touch. */
    const merged = (parts: [string, number, number][]): Shift[] =>
      ['a', 'b'].flatMap((responderId) => {
        const held = new Set(
          parts
            .filter(([who]) => who === responderId)
            .flatMap(([, from, length]) => Array.from({ length }, (_, index) => from + index)),
        );
        const starts = [...held].filter((at) => !held.has(at - 1)).sort((x, y) => x - y);
        return starts.map((from) => {
          let to = from;
          while (held.has(to)) to += 1;
          return shift(responderId, from, to);
        });
      });
    fc.assert(
      fc.property(plan, plan, (one, other) => {
        const [before, after] = [merged(one), merged(other)];
        const changes = shiftChanges(before, after);
        const gained = hoursOf(changes.filter(({ change }) => change === 'gains'));
        const lost = hoursOf(changes.filter(({ change }) => change === 'loses'));
        const held = [...hoursOf(before)];
        const kept = held.filter((hour) => !lost.has(hour));
        expect(new Set([...kept, ...gained])).toEqual(hoursOf(after));
        expect(held.some((hour) => gained.has(hour)) || [...hoursOf(after)].some((hour) => lost.has(hour))).toBe(false);
      }),
    );
  });
});

describe('the notice of changes', () => {
  const change = (index: number): ShiftChange => ({
    ...shiftChanges([], [shift('a', index * 24, index * 24 + 8)])[0]!,
  });

  it('says when, in the zone of the schedule, and asks where it is at short notice', () => {
    const { subject, text } = shiftChangeNotice([change(0)], 'Nights', 'Europe/Bucharest', true);
    expect(subject).toBe('your shifts by Nights have changed');
    expect(text).toBe(
      'You are now on call from 1970-01-01 02:00+02:00 Europe/Bucharest to 1970-01-01 10:00+02:00 Europe/Bucharest.\nThis is at short notice: please accept or refuse it.',
    );
  });

  it('lists five, and counts the rest', () => {
    const { text } = shiftChangeNotice(
      Array.from({ length: 7 }, (_, index) => change(index)),
      'Nights',
      'UTC',
      false,
    );
    expect(text.split('\n')).toHaveLength(6);
    expect(text).toContain('And 2 more.');
  });
});
