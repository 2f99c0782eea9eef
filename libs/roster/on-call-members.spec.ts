import fc from 'fast-check';
import type { Layer, Override, RotationUnit, ScheduleDefinition } from './domain/schedule.js';
import { onCallAt } from './domain/shifts.js';
import { membersOnCall } from './on-call-members.js';

const people = ['a', 'b', 'c', 'd'];
const person = fc.constantFrom(...people);
const start = Date.parse('2026-03-20T00:00:00Z');
const instant = fc.integer({ min: 0, max: 20 * 86_400_000 }).map((ms) => new Date(start + ms));

const layer: fc.Arbitrary<Layer> = fc.record({
  name: fc.constant('layer'),
  rotation: fc.record({
    unit: fc.constantFrom<RotationUnit>('hour', 'day', 'week'),
    length: fc.integer({ min: 1, max: 5 }),
    firstHandoff: fc.constantFrom('2026-01-05T08:00', '2026-03-29T03:30'),
    members: fc
      .array(fc.oneof(person, fc.constant(null), fc.uniqueArray(person, { minLength: 1 })), {
        minLength: 1,
        maxLength: 4,
      })
      .filter((members) => members.some((turn) => turn !== null)),
  }),
  restrictions: fc.constantFrom([], [{ days: ['mo' as const, 'su' as const], from: '18:00', to: '08:00' }]),
});

const definition: fc.Arbitrary<ScheduleDefinition> = fc.record({
  timeZone: fc.constantFrom('Europe/Bucharest', 'Australia/Lord_Howe', 'UTC'),
  layers: fc.array(layer, { minLength: 1, maxLength: 3 }),
});

const override: fc.Arbitrary<Override> = fc
  .record({
    id: fc.constant('override'),
    kind: fc.constantFrom('replace' as const, 'add' as const, 'remove' as const),
    responderId: person,
    bounds: fc.tuple(instant, instant),
  })
  .map(({ bounds, ...rest }) => {
    const [from, to] = bounds.map((bound) => bound.getTime()).sort((a, b) => a - b) as [number, number];
    return { ...rest, start: new Date(from), end: new Date(to + 1) };
  });

describe('who is on call at an instant', () => {
  it('is whoever has a shift then', () => {
    fc.assert(
      fc.property(definition, fc.array(override, { maxLength: 3 }), instant, (plan, overrides, at) => {
        const byShifts = onCallAt(plan, overrides, at).map(({ responderId }) => responderId);
        expect(membersOnCall(plan, overrides, at).sort()).toEqual(byShifts.sort());
      }),
      { numRuns: 60 },
    );
  });

  it('changes at the instant of a hand-off, and not a millisecond before', () => {
    const rotation = { unit: 'day' as const, length: 1, firstHandoff: '2026-01-05T08:00', members: ['a', 'b'] };
    const plan = { timeZone: 'UTC', layers: [{ name: 'days', rotation }] };
    expect(membersOnCall(plan, [], new Date('2026-01-06T07:59:59.999Z'))).toEqual(['a']);
    expect(membersOnCall(plan, [], new Date('2026-01-06T08:00:00.000Z'))).toEqual(['b']);
  });
});
