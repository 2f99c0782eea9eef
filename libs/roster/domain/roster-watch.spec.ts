import fc from 'fast-check';
import type { CoveringPerson, ScheduleNeeds } from './coverage.js';
import { coverageFindings } from './coverage.js';
import { doubleDuties } from './double-duty.js';
import { personFindings, scheduleFindings, type WatchedPerson } from './roster-watch.js';
import type { Shift } from './schedule.js';
import type { Span } from './span.js';

const hour = 3_600_000;
const start = Date.parse('2026-02-02T00:00:00Z');
const window: Span = { start, end: start + 10 * hour };

const shift = (responderId: string, from: number, to: number): Shift => ({
  responderId,
  start: new Date(start + from * hour),
  end: new Date(start + to * hour),
  source: 'layer',
});
const person = (facts: Partial<CoveringPerson> = {}): CoveringPerson => ({
  name: 'Ana',
  active: true,
  skills: ['malware-analysis'],
  languages: ['ro', 'de-AT'],
  reachable: true,
  ...facts,
});
const asksNothing: ScheduleNeeds = { people: 1, skills: [], languages: [] };
const hoursOf = (findings: readonly (Span & { kind: string })[]): [string, number, number][] =>
  findings.map((finding) => [finding.kind, (finding.start - start) / hour, (finding.end - start) / hour]);

describe('the cover of a schedule', () => {
  const people = new Map([
    ['a', person()],
    ['b', person({ name: 'Bo', skills: [], languages: ['bg'], reachable: false })],
    ['gone', person({ name: 'Cy', active: false })],
  ]);
  const found = (shifts: Shift[], needs: Partial<ScheduleNeeds> = {}) =>
    coverageFindings(shifts, { ...asksNothing, ...needs }, people, window);

  it('has a gap wherever nobody is on call, and nothing else is said of it', () => {
    const needs = { people: 2, skills: ['negotiation'], languages: ['fr'] };
    expect(hoursOf(found([], needs))).toEqual([['gap', 0, 10]]);
    expect(hoursOf(found([shift('a', 2, 4), shift('a', 6, 12)]))).toEqual([
      ['gap', 0, 2],
      ['gap', 4, 6],
    ]);
  });

  it('has a gap where whoever is planned has been taken off the roster, and says so', () => {
    expect(found([shift('gone', 0, 10)])).toMatchObject([
      { kind: 'gap', responderIds: ['gone'], reason: expect.stringContaining('Cy is planned, and no longer') },
    ]);
  });

  it('is thin where fewer serve than the schedule requires, over every change of hands', () => {
    const shifts = [shift('a', 0, 5), shift('b', 4, 10)];
    expect(hoursOf(found(shifts, { people: 2 }))).toEqual([
      ['too-few', 0, 4],
      ['too-few', 5, 10],
      ['unreachable', 5, 10],
    ]);
    expect(hoursOf(found([shift('a', 0, 5), shift('a', 5, 10)], { people: 2 }))).toEqual([['too-few', 0, 10]]);
  });

  it('is one person alone only where the schedule has not said how many it requires', () => {
    const shifts = [shift('a', 0, 10), shift('b', 3, 4)];
    expect(hoursOf(found(shifts, { people: null }))).toEqual([
      ['one-person', 0, 3],
      ['one-person', 4, 10],
    ]);
    expect(found(shifts, { people: 1 })).toEqual([]);
  });

  it('lacks a skill or language where nobody on call has it; a regional variant is the same language', () => {
    const shifts = [shift('a', 0, 6), shift('b', 5, 10)];
    const needs = { skills: ['malware-analysis'], languages: ['ro-MD', 'de'] };
    const thin = found(shifts, needs).filter(({ kind }) => kind !== 'unreachable');
    expect(thin.map(({ kind, about }) => [kind, about])).toEqual([
      ['missing-skill', 'malware-analysis'],
      ['missing-language', 'ro'],
      ['missing-language', 'de'],
    ]);
    expect(hoursOf(thin).every(([, from, to]) => from === 6 && to === 10)).toBe(true);
  });

  const shifts = fc.array(
    fc
      .tuple(fc.constantFrom('a', 'b', 'gone'), fc.integer({ min: -3, max: 11 }), fc.integer({ min: 1, max: 6 }))
      .map(([who, from, length]) => shift(who, from, from + length)),
    { maxLength: 6 },
  );
  /** As the composition answers it: the shifts of one person neither overlap nor touch. */
  const tidy = (some: Shift[]): Shift[] =>
    ['a', 'b', 'gone'].flatMap((who) => {
      const on = (at: number): boolean =>
        some.some(({ responderId, start: s, end: e }) => responderId === who && s.getTime() <= at && at < e.getTime());
      const own: Shift[] = [];
      for (let h = -3; h < 18; h += 1) {
        const at = start + h * hour;
        if (on(at) && !on(at - hour)) own.push(shift(who, h, h + 1));
        else if (on(at)) own.at(-1)!.end = new Date(at + hour);
      }
      return own;
    });

  it('is judged at every hour as asking each person in turn would judge it', () => {
    fc.assert(
      fc.property(shifts, fc.constantFrom(null, 1, 2), (some, count) => {
        const needs = { people: count, skills: ['malware-analysis'], languages: ['bg'] };
        const findings = coverageFindings(tidy(some), needs, people, window);
        for (let at = window.start; at < window.end; at += hour) {
          const serving = ['a', 'b'].filter((who) =>
            some.some((own) => own.responderId === who && own.start.getTime() <= at && at < own.end.getTime()),
          );
          const expected = [
            ...(serving.length === 0 ? ['gap'] : []),
            ...(serving.length === 1 && count === null ? ['one-person'] : []),
            ...(serving.length > 0 && count !== null && serving.length < count ? ['too-few'] : []),
            ...(serving.join() === 'b' ? ['missing-skill', 'unreachable'] : []),
            ...(serving.join() === 'a' ? ['missing-language'] : []),
          ];
          const said = findings.filter((finding) => finding.start <= at && at < finding.end).map(({ kind }) => kind);
          expect(said.sort()).toEqual(expected.sort());
        }
      }),
    );
  });
});

describe('a person in two schedules', () => {
  it('is found for as long as both last, and not when one only follows the other', () => {
    const schedules = [
      { id: 's1', shifts: [shift('a', 0, 4), shift('b', 4, 8)] },
      { id: 's2', shifts: [shift('a', 3, 6), shift('b', 8, 9)] },
      { id: 's3', shifts: [shift('a', 3, 5)] },
    ];
    expect(doubleDuties(schedules)).toEqual([
      { responderId: 'a', scheduleIds: ['s1', 's2', 's3'], start: start + 3 * hour, end: start + 5 * hour },
    ]);
  });
});

describe('a person who is asked too much', () => {
  const rest = {
    source: 'the rule',
    onCallIs: 'stand-by' as const,
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
  const watched = (active: boolean): Map<string, WatchedPerson> =>
    new Map([['a', { ...person({ active }), timeZone: 'UTC', rest }]]);
  const schedules = [
    { id: 's1', needs: asksNothing, shifts: [shift('a', 0, 2)] },
    { id: 's2', needs: asksNothing, shifts: [shift('a', 5, 8)] },
    { id: 's3', needs: asksNothing, shifts: [shift('a', 40, 41)] },
  ];

  it('is found across schedules, and only those that make it so are named', () => {
    expect(personFindings(schedules, watched(true), window)).toMatchObject([
      { kind: 'short-rest', scheduleIds: ['s1', 's2'], responderIds: ['a'], start: start + 2 * hour },
    ]);
  });

  it('is not looked at after they have been taken off the roster', () => {
    expect(personFindings(schedules, watched(false), window)).toEqual([]);
  });

  it('says of a schedule which one it is', () => {
    expect(scheduleFindings(schedules[0]!, watched(true), window)).toMatchObject([
      { kind: 'gap', scheduleIds: ['s1'] },
    ]);
  });
});
