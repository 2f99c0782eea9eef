import fc from 'fast-check';
import { compareFindings, dueLead, nextLeadAt, type RecordedFinding } from './finding-records.js';
import type { WatchFinding } from './roster-watch.js';

const hour = 3_600_000;
const day = 24 * hour;
const leads = [7 * day, day, hour];

const gap = (start: number, end: number, scheduleId = 's1'): WatchFinding => ({
  kind: 'gap',
  scheduleIds: [scheduleId],
  responderIds: [],
  about: null,
  reason: 'Nobody is on call.',
  start,
  end,
});
const onRecord = (finding: WatchFinding, toldLeadMs: number | null = null): RecordedFinding => ({
  ...finding,
  id: `${finding.kind}-${finding.start}`,
  toldLeadMs,
});

describe('what is on record', () => {
  it('stays itself while it shares a moment with what is found, and keeps of what its owners know', () => {
    const { kept, fresh, gone } = compareFindings([onRecord(gap(10, 20), day)], [gap(12, 30)]);
    expect(kept).toEqual([{ ...gap(12, 30), id: 'gap-10', toldLeadMs: day }]);
    expect([fresh, gone]).toEqual([[], []]);
  });

  it('is gone when it was mended, and something else elsewhere is new', () => {
    const before = onRecord(gap(10, 20));
    expect(compareFindings([before], [gap(20, 30), gap(10, 20, 's2')])).toEqual({
      kept: [],
      fresh: [gap(20, 30), gap(10, 20, 's2')],
      gone: [before],
    });
  });

  it('is one of the two parts when it was mended in the middle', () => {
    const { kept, fresh } = compareFindings([onRecord(gap(10, 20))], [gap(10, 12), gap(15, 20)]);
    expect([kept.map(({ id }) => id), fresh]).toEqual([['gap-10'], [gap(15, 20)]]);
  });

  it('of a person is theirs by whatever schedules', () => {
    const rest = { ...gap(10, 20), kind: 'short-rest' as const, responderIds: ['a'] };
    const { kept } = compareFindings([onRecord(rest)], [{ ...rest, scheduleIds: ['s2', 's3'] }]);
    expect(kept).toHaveLength(1);
    expect(compareFindings([onRecord(rest)], [{ ...rest, responderIds: ['b'] }]).kept).toEqual([]);
  });
});

describe('the owners', () => {
  const finding = (toldLeadMs: number | null): RecordedFinding => onRecord(gap(100 * day, 101 * day), toldLeadMs);

  it.each([
    ['eight days before', 92 * day, null],
    ['a week before', 93 * day, 7 * day],
    ['a day before, when it has only now come to light', 99 * day, day],
    ['an hour before', 100 * day - hour, hour],
    ['while it lasts, when it has only now come to light', 100 * day + hour, hour],
    ['when it is over', 101 * day, null],
  ])('are told of it %s', (_when, now, lead) => {
    expect(dueLead(finding(null), leads, now)).toBe(lead);
  });

  it('are told at each lead time once', () => {
    expect(dueLead(finding(7 * day), leads, 94 * day)).toBeNull();
    expect(dueLead(finding(7 * day), leads, 99 * day)).toBe(day);
    expect(dueLead(finding(hour), leads, 100 * day)).toBeNull();
  });

  it('are told at the same moments however often the watch looks in between', () => {
    const looks = fc.array(fc.integer({ min: 0, max: 101 * 24 }), { maxLength: 30 });
    fc.assert(
      fc.property(looks, (extra) => {
        const told: number[] = [];
        let toldLeadMs: number | null = null;
        let next: number | null = 0;
        const unplanned = extra.map((at) => at * hour).sort((a, b) => a - b);
        for (;;) {
          const now: number = Math.min(next ?? Infinity, unplanned[0] ?? Infinity);
          if (now === Infinity) break;
          if (now === unplanned[0]) unplanned.shift();
          const due = dueLead(finding(toldLeadMs), leads, now);
          if (due !== null) {
            told.push(now);
            toldLeadMs = due;
          }
          next = nextLeadAt(finding(toldLeadMs), leads, now);
        }
        expect(told).toEqual([93 * day, 99 * day, 100 * day - hour]);
      }),
    );
  });
});
