import fc from 'fast-check';
import { absencesFrom, nobodyAway } from './absences.js';
import { fitToCover, type PossibleTaker } from './fit-to-cover.js';
import type { Override, ScheduleDefinition, Shift } from './schedule.js';
import {
  holds,
  overridesFor,
  requesterObstacles,
  takerObstacles,
  type ShiftRequestFacts,
  type ShiftRequestTerms,
} from './shift-request.js';
import { shiftsBetween } from './shifts.js';

const shift = (responderId: string, start: number, end: number): Shift => ({
  responderId,
  start: new Date(start),
  end: new Date(end),
  source: 'layer',
});
const cover: ShiftRequestTerms = { kind: 'cover', requesterId: 'a', span: { start: 10, end: 20 }, theirs: null };
const swap: ShiftRequestTerms = { ...cover, kind: 'swap', theirs: { start: 30, end: 40 } };
const pointers = (faults: { pointer: string }[]) => faults.map(({ pointer }) => pointer);

describe('a request', () => {
  const planned = [shift('a', 0, 15), shift('a', 15, 25), shift('b', 30, 40), shift('c', 12, 14)];
  const facts: ShiftRequestFacts = { planned, absences: nobodyAway };

  it('can be made for a time that is the requester’s from beginning to end', () => {
    expect(requesterObstacles(cover, facts)).toEqual([]);
    expect(pointers(requesterObstacles({ ...cover, span: { start: 20, end: 26 } }, facts))).toEqual(['/start']);
    expect(requesterObstacles({ ...cover, requesterId: null }, facts)).toEqual([]);
  });

  it('can be made by somebody who is away by then, but not swapped for a time in which they are away', () => {
    const absences = absencesFrom([{ responderId: 'a', start: 10, end: 35 }]);
    expect(requesterObstacles(cover, { planned, absences })).toEqual([]);
    expect(pointers(requesterObstacles(swap, { planned, absences }))).toEqual(['/theirs']);
  });

  it('can be taken by whoever is free, and swapped with whoever has something to give', () => {
    expect(takerObstacles(cover, 'b', facts)).toEqual([]);
    expect(takerObstacles(swap, 'b', facts)).toEqual([]);
    expect(pointers(takerObstacles(swap, 'd', facts))).toEqual(['/theirs']);
    expect(pointers(takerObstacles(cover, 'c', facts))).toEqual(['/to']);
    expect(pointers(takerObstacles(cover, 'a', facts))).toEqual(['/to']);
    const absences = absencesFrom([{ responderId: 'b', start: 19, end: 20 }]);
    expect(pointers(takerObstacles(cover, 'b', { planned, absences }))).toEqual(['/to']);
  });
});

describe('what an accepted request changes', () => {
  const hour = 3_600_000;
  const from = Date.parse('2026-03-27T00:00:00Z');
  const days = 12;
  const definition = (members: string[]): ScheduleDefinition => ({
    timeZone: 'Europe/Bucharest',
    layers: [{ name: 'Days', rotation: { unit: 'day', length: 1, firstHandoff: '2026-03-01T08:00', members } }],
  });
  const onCall = (plan: ScheduleDefinition, overrides: Override[], at: number): string =>
    shiftsBetween(plan, overrides, new Date(at), new Date(at + 1))
      .map(({ responderId }) => responderId)
      .join();

  it('is exactly the two spans, whoever asks and whoever takes it', () => {
    const person = fc.constantFrom('a', 'b', 'c');
    const span = fc
      .record({ start: fc.integer({ min: 0, max: days * 24 - 2 }), hours: fc.integer({ min: 1, max: 30 }) })
      .map(({ start, hours }) => ({ start: from + start * hour, end: from + (start + hours) * hour }));
    const terms = fc.record({
      kind: fc.constant('swap' as const),
      requesterId: person,
      span,
      theirs: fc.option(span),
    });
    let applied = 0;
    fc.assert(
      fc.property(fc.array(person, { minLength: 2, maxLength: 4 }), terms, person, (members, request, taker) => {
        const plan = definition(members);
        const end = new Date(from + (days + 3) * 24 * hour);
        const facts = { planned: shiftsBetween(plan, [], new Date(from), end), absences: nobodyAway };
        const overlaps =
          request.theirs && request.theirs.start < request.span.end && request.span.start < request.theirs.end;
        const obstacles = [...requesterObstacles(request, facts), ...takerObstacles(request, taker, facts)];
        if (overlaps || obstacles.length > 0) return;
        applied += 1;
        const overrides = overridesFor(request, taker).map((each, id) => ({ ...each, id: String(id) }));
        for (let at = from; at < end.getTime(); at += hour) {
          const within = (part: { start: number; end: number } | null) => part && part.start <= at && at < part.end;
          const before = onCall(plan, [], at);
          const expected = within(request.span) ? taker : within(request.theirs) ? request.requesterId : before;
          expect(onCall(plan, overrides, at)).toBe(expected);
        }
      }),
      { numRuns: 400 },
    );
    expect(applied).toBeGreaterThan(5);
  });

  it('fills a gap by one more person', () => {
    expect(overridesFor({ ...cover, requesterId: null }, 'b')).toEqual([
      { kind: 'add', responderId: 'b', replaces: null, start: new Date(10), end: new Date(20) },
    ]);
  });
});

describe('who is fit to cover', () => {
  const person = (id: string, skills: string[], languages = ['en', 'ro']): PossibleTaker => ({ id, skills, languages });
  const people = [
    person('a', ['forensics', 'backup']),
    person('b', ['forensics', 'network'], ['en']),
    person('c', ['forensics']),
    person('d', ['network']),
    person('e', ['forensics'], ['de']),
  ];
  const facts: ShiftRequestFacts = { planned: [shift('a', 10, 20)], absences: nobodyAway };
  const own = new Set(['a', 'b']);
  const needs = { skills: ['forensics'], languages: ['en'] };

  it('is who has what the schedule must have, its own people first', () => {
    expect(fitToCover(cover, facts, people, { own, needs, elsewhere: [] })).toEqual(['b', 'c']);
    expect(fitToCover(cover, facts, people, { own: new Set(['c']), needs, elsewhere: [] })).toEqual(['c', 'b']);
  });

  it('is nobody who is away, or on call elsewhere', () => {
    const absences = absencesFrom([{ responderId: 'b', start: 0, end: 11 }]);
    const elsewhere = [shift('c', 19, 25)];
    expect(fitToCover(cover, { ...facts, absences }, people, { own, needs, elsewhere })).toEqual([]);
    expect(fitToCover(cover, facts, people, { own, needs, elsewhere: [shift('c', 20, 25)] })).toEqual(['b', 'c']);
  });
});

describe('holding a time', () => {
  it('needs every moment of it, in one shift or in several that touch', () => {
    const shifts = [shift('a', 0, 5), shift('a', 5, 10), shift('b', 0, 10)];
    expect(holds(shifts, 'a', { start: 2, end: 10 })).toBe(true);
    expect(holds(shifts, 'a', { start: 2, end: 11 })).toBe(false);
  });
});
