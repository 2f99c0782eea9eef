import type { Layer, Override, Rotation, ScheduleDefinition } from './schedule.js';
import { gapsBetween, onCallAt, shiftsBetween } from './shifts.js';

const monday = '2026-01-05T08:00';

function layer(members: Rotation['members'], changes: Partial<Layer> = {}): Layer {
  return { name: 'layer', rotation: { unit: 'day', length: 1, firstHandoff: monday, members }, ...changes };
}

function schedule(...layers: Layer[]): ScheduleDefinition {
  return { timeZone: 'UTC', layers };
}

let overrides = 0;
function override(kind: Override['kind'], responderId: string, from: string, to: string, replaces?: string): Override {
  overrides += 1;
  return { id: `${overrides}`, kind, responderId, replaces, start: january(from), end: january(to) };
}

/** `05T08` is 5 January 2026, 08:00 UTC. */
function january(dayAndHour: string): Date {
  return new Date(`2026-01-${dayAndHour}:00Z`);
}

/** The shifts from 5 January 08:00 on, as `person from–to source`. */
function shifts(definition: ScheduleDefinition, changes: Override[], to = '09T08', from = '05T08'): string[] {
  return shiftsBetween(definition, changes, january(from), january(to)).map(
    ({ responderId, start, end, source }) =>
      `${responderId} ${start.toISOString().slice(8, 13)}-${end.toISOString().slice(8, 13)} ${source}`,
  );
}

function gaps(definition: ScheduleDefinition, changes: Override[], to = '09T08', from = '05T08'): string[] {
  return gapsBetween(definition, changes, january(from), january(to)).map(
    ({ start, end }) => `${start.toISOString().slice(8, 13)}-${end.toISOString().slice(8, 13)}`,
  );
}

describe('layers', () => {
  it('the later one wins wherever it has somebody, and the one below shows elsewhere', () => {
    const nights = layer(['n'], { restrictions: [{ days: ['mo', 'we'], from: '20:00', to: '06:00' }] });
    expect(shifts(schedule(layer(['a', 'b']), nights), [])).toEqual([
      'a 05T08-05T20 layer',
      'n 05T20-06T06 layer',
      'a 06T06-06T08 layer',
      'b 06T08-07T08 layer',
      'a 07T08-07T20 layer',
      'n 07T20-08T06 layer',
      'a 08T06-08T08 layer',
      'b 08T08-09T08 layer',
    ]);
  });

  it('nobody’s turn shows the layer below, or is a gap', () => {
    expect(shifts(schedule(layer(['a']), layer(['b', null])), [], '07T08')).toEqual([
      'b 05T08-06T08 layer',
      'a 06T08-07T08 layer',
    ]);
    expect(gaps(schedule(layer(['b', null])), [])).toEqual(['06T08-07T08', '08T08-09T08']);
  });

  it('has nobody outside its life, which does not move its count', () => {
    const short = layer(['a', 'b'], { startsAt: january('06T00'), endsAt: january('07T12') });
    expect(shifts(schedule(short), [])).toEqual(['a 06T00-06T08 layer', 'b 06T08-07T08 layer', 'a 07T08-07T12 layer']);
    expect(gaps(schedule(short), [])).toEqual(['05T08-06T00', '07T12-09T08']);
  });

  it('makes one shift of adjoining pieces of the same person, over turns and over layers', () => {
    expect(shifts(schedule(layer(['a', ['a', 'b'], 'b'])), [], '08T08')).toEqual([
      'a 05T08-07T08 layer',
      'b 06T08-08T08 layer',
    ]);
    const evening = layer(['a'], { restrictions: [{ days: ['mo'], from: '20:00', to: '08:00' }] });
    expect(shifts(schedule(layer(['a', 'b']), evening), [], '07T08')).toEqual([
      'a 05T08-06T08 layer',
      'b 06T08-07T08 layer',
    ]);
  });

  it('is exact to the millisecond at the edge of the window', () => {
    const handoff = january('06T08').getTime();
    const people = (to: number): string[] =>
      shiftsBetween(schedule(layer(['a', 'b'])), [], january('05T08'), new Date(to)).map(
        ({ responderId }) => responderId,
      );
    expect(people(handoff)).toEqual(['a']);
    expect(people(handoff + 1)).toEqual(['a', 'b']);
  });

  it('is all gap before the first hand-off, and empty for an empty window', () => {
    expect(gaps(schedule(layer(['a'])), [], '05T12', '04T08')).toEqual(['04T08-05T08']);
    expect(shifts(schedule(layer(['a'])), [], '05T08', '05T12')).toEqual([]);
    expect(gaps(schedule(layer(['a'])), [], '05T08', '05T12')).toEqual([]);
  });
});

describe('overrides', () => {
  const daily = schedule(layer(['a', 'b']));

  it('replace one person while they are on call, and only then', () => {
    expect(shifts(daily, [override('replace', 'x', '05T20', '06T20', 'a')], '07T08')).toEqual([
      'a 05T08-05T20 layer',
      'x 05T20-06T08 override',
      'b 06T08-07T08 layer',
    ]);
  });

  it('replace one of several, who is on call once even when they already were', () => {
    const pairs = schedule(layer([['a', 'b']]));
    expect(shifts(pairs, [override('replace', 'x', '05T12', '05T16', 'a')], '05T20')).toEqual([
      'a 05T08-05T12 layer',
      'b 05T08-05T20 layer',
      'x 05T12-05T16 override',
      'a 05T16-05T20 layer',
    ]);
    expect(shifts(pairs, [override('replace', 'b', '05T12', '05T20', 'a')], '05T20')).toEqual([
      'a 05T08-05T12 layer',
      'b 05T08-05T20 layer',
    ]);
  });

  it('replace everybody, but nobody where nobody is on call', () => {
    const everyOtherDay = schedule(layer([['a', 'b'], null]));
    const change = override('replace', 'x', '05T20', '06T20');
    expect(shifts(everyOtherDay, [change], '07T08')).toEqual([
      'a 05T08-05T20 layer',
      'b 05T08-05T20 layer',
      'x 05T20-06T08 override',
    ]);
    expect(gaps(everyOtherDay, [change], '07T08')).toEqual(['06T08-07T08']);
  });

  it('add somebody beside whoever is on call, and in a gap', () => {
    const everyOtherDay = schedule(layer(['a', null]));
    const change = override('add', 'x', '05T20', '06T20');
    expect(shifts(everyOtherDay, [change], '07T08')).toEqual(['a 05T08-06T08 layer', 'x 05T20-06T20 override']);
    expect(gaps(everyOtherDay, [change], '07T08')).toEqual(['06T20-07T08']);
  });

  it('remove somebody, which leaves the others or a gap', () => {
    const change = override('remove', 'a', '05T12', '05T16');
    expect(shifts(daily, [change], '06T08')).toEqual(['a 05T08-05T12 layer', 'a 05T16-06T08 layer']);
    expect(gaps(daily, [change])).toEqual(['05T12-05T16']);
    expect(gaps(schedule(layer([['a', 'b']])), [change])).toEqual([]);
  });

  it('win over earlier ones, in the order given', () => {
    const covers = override('replace', 'x', '05T12', '05T20');
    const isIll = override('remove', 'x', '05T14', '05T16');
    expect(gaps(daily, [covers, isIll])).toEqual(['05T14-05T16']);
    expect(gaps(daily, [isIll, covers])).toEqual([]);
    const stepsIn = override('replace', 'y', '05T12', '05T20', 'x');
    expect(shifts(daily, [covers, stepsIn], '06T08')).toEqual([
      'a 05T08-05T12 layer',
      'y 05T12-05T20 override',
      'a 05T20-06T08 layer',
    ]);
  });

  it('say so of the whole shift when they lengthen one', () => {
    expect(shifts(daily, [override('add', 'a', '06T08', '06T12')], '06T20')).toEqual([
      'a 05T08-06T12 override',
      'b 06T08-06T20 layer',
    ]);
  });
});

describe('onCallAt', () => {
  it('tells the bounds of the whole shift, however long', () => {
    const quarterly: Layer = {
      name: 'quarters',
      rotation: { unit: 'month', length: 3, firstHandoff: '2025-10-01T08:00', members: ['a', 'b'] },
    };
    expect(onCallAt(schedule(quarterly), [], january('15T00'))).toEqual([
      {
        responderId: 'b',
        since: new Date('2026-01-01T08:00Z'),
        until: new Date('2026-04-01T08:00Z'),
        source: 'layer',
      },
    ]);
  });

  it('belongs to the next person at the very hand-off', () => {
    const at = (text: string): string[] =>
      onCallAt(schedule(layer(['a', 'b'])), [], new Date(text)).map(({ responderId }) => responderId);
    expect(at('2026-01-06T07:59:59.999Z')).toEqual(['a']);
    expect(at('2026-01-06T08:00:00.000Z')).toEqual(['b']);
    expect(at('2026-01-05T07:59:59.999Z')).toEqual([]);
  });

  it('looks 400 days each way and no further', () => {
    const [found] = onCallAt(schedule(layer(['a'])), [], new Date('2026-01-10T00:00Z'));
    expect(found?.since).toEqual(january('05T08'));
    expect(found?.until).toEqual(new Date('2027-02-14T00:00Z'));
  });

  it('tells everybody, each with their own bounds', () => {
    const [a, b] = onCallAt(schedule(layer(['a', ['a', 'b']])), [], january('06T12'));
    expect([a?.responderId, b?.responderId]).toEqual(['a', 'b']);
    expect(b?.since).toEqual(january('06T08'));
    expect(b?.until).toEqual(january('07T08'));
  });
});
