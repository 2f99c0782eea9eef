import type { Layer, Rotation, ScheduleDefinition, Weekday } from './schedule.js';
import { scheduleFaults } from './validate-schedule.js';

const rotation: Rotation = {
  unit: 'week',
  length: 1,
  firstHandoff: '2026-01-05T08:00',
  members: ['a', ['b', 'c'], null],
};

function pointers(change: Partial<Layer>, timeZone = 'Europe/Bucharest'): string[] {
  return scheduleFaults({ timeZone, layers: [{ name: 'layer', rotation, ...change }] }).map(({ pointer }) => pointer);
}

function rotationPointers(change: Partial<Rotation>): string[] {
  return pointers({ rotation: { ...rotation, ...change } });
}

describe('scheduleFaults', () => {
  it('finds none in a good definition', () => {
    const full: Partial<Layer> = {
      startsAt: new Date('2026-01-01T00:00Z'),
      endsAt: new Date('2026-02-01T00:00Z'),
      rotation: { ...rotation, length: [4, 3], countOnlyServed: true },
      restrictions: [{ days: ['mo'], from: '18:00', to: '08:00' }],
    };
    expect(pointers(full)).toEqual([]);
    expect(pointers({ startsAt: null, endsAt: null })).toEqual([]);
    expect(pointers({}, 'UTC')).toEqual([]);
  });

  it.each(['Europe/Bucuresti', '', '+02:00', '2026-01-01T00:00Z', '2026-01-01T00:00[Europe/Paris]', 'Europe/Paris '])(
    'does not take %p for a zone',
    (timeZone) => expect(pointers({}, timeZone)).toEqual(['/timeZone']),
  );

  it('wants somebody in the rotation, and nobody twice in one turn', () => {
    expect(rotationPointers({ members: [] })).toEqual(['/layers/0/rotation/members']);
    expect(rotationPointers({ members: [null] })).toEqual(['/layers/0/rotation/members']);
    expect(rotationPointers({ members: ['a', []] })).toEqual(['/layers/0/rotation/members/1']);
    expect(rotationPointers({ members: ['a', 'a', ['b', 'a', 'b', 'b']] })).toEqual([
      '/layers/0/rotation/members/2/2',
      '/layers/0/rotation/members/2/3',
    ]);
    expect(rotationPointers({ members: ['', ['a', '']] })).toEqual([
      '/layers/0/rotation/members/0',
      '/layers/0/rotation/members/1/1',
    ]);
  });

  it.each([0, -1, 1.5, Number.NaN, Infinity])('does not take %p for a length', (length) => {
    expect(rotationPointers({ length })).toEqual(['/layers/0/rotation/length']);
    expect(rotationPointers({ length: [1, length] })).toEqual(['/layers/0/rotation/length/1']);
  });

  it('wants a length in a list of lengths', () => {
    expect(rotationPointers({ length: [] })).toEqual(['/layers/0/rotation/length']);
  });

  it.each(['2026-02-30T08:00', '2026-01-05T24:00', '2026-01-05T08:00Z', '2026-01-05T08:00:00', '2026-01-05', 'soon'])(
    'does not take %p for a hand-off',
    (firstHandoff) => expect(rotationPointers({ firstHandoff })).toEqual(['/layers/0/rotation/firstHandoff']),
  );

  it('wants a layer to end after it starts, and both to be times', () => {
    const at = new Date('2026-01-05T08:00Z');
    expect(pointers({ startsAt: at, endsAt: at })).toEqual(['/layers/0/endsAt']);
    expect(pointers({ startsAt: new Date(Number.NaN), endsAt: at })).toEqual(['/layers/0/startsAt']);
  });

  it('wants days and times of day in a restriction', () => {
    expect(pointers({ restrictions: [{ days: [], from: '24:00', to: '8:00' }] })).toEqual([
      '/layers/0/restrictions/0/days',
      '/layers/0/restrictions/0/from',
      '/layers/0/restrictions/0/to',
    ]);
    expect(pointers({ restrictions: [{ days: ['mo', 'monday' as Weekday], from: '08:00', to: '08:00' }] })).toEqual([
      '/layers/0/restrictions/0/days/1',
    ]);
  });

  it('wants either a rotation or a recurrence in a layer', () => {
    const recurrence = { start: '2026-01-05T08:00', duration: 'PT12H', rule: 'FREQ=DAILY', members: ['a'] };
    expect(pointers({ rotation: undefined, recurrence })).toEqual([]);
    expect(pointers({ recurrence })).toEqual(['/layers/0/recurrence']);
    expect(pointers({ rotation: undefined })).toEqual(['/layers/0/rotation']);
  });

  it.each(['PT0S', '-PT1H', 'PT30S', 'P36D', 'P1M', '12 hours', ''])(
    'does not take an occurrence of %p',
    (duration) => {
      const recurrence = { start: '1969-12-31T23:59', duration, rule: 'FREQ=DAILY', members: [['a', 'a'], null] };
      expect(pointers({ rotation: undefined, recurrence })).toEqual([
        '/layers/0/recurrence/start',
        '/layers/0/recurrence/duration',
        '/layers/0/recurrence/members/0/1',
      ]);
    },
  );

  it('wants a zone that is known in a layer, and a layer that is no shadow', () => {
    expect(pointers({ timeZone: 'Europe/Bucuresti' })).toEqual(['/layers/0/timeZone']);
    expect(pointers({ shadow: true })).toEqual(['/layers']);
  });

  it('wants a calendar where holidays are spoken of, and no contradiction', () => {
    const hours = { from: '08:00', to: '16:00' };
    const holidays = (): boolean => false;
    expect(pointers({ restrictions: [{ days: ['holiday'], ...hours }] })).toEqual(['/layers/0/restrictions/0']);
    expect(pointers({ restrictions: [{ days: ['holiday'], ...hours }], holidays })).toEqual([]);
    expect(pointers({ restrictions: [{ days: ['holiday'], exceptHolidays: true, ...hours }], holidays })).toEqual([
      '/layers/0/restrictions/0/exceptHolidays',
    ]);
    const onlyHolidays: Partial<Layer> = { restrictions: [{ days: ['holiday'], ...hours }], holidays };
    expect(pointers({ ...onlyHolidays, rotation: { ...rotation, countOnlyServed: true } })).toEqual([
      '/layers/0/rotation/countOnlyServed',
    ]);
  });

  it('tells every fault at once, with what to do about it', () => {
    const definition: ScheduleDefinition = {
      timeZone: 'Mars/Olympus',
      layers: [
        { name: 'one', rotation: { ...rotation, length: 0 } },
        { name: 'two', rotation: { ...rotation, unit: 'year' as Rotation['unit'], firstHandoff: '', members: [] } },
      ],
    };
    expect(scheduleFaults(definition)).toEqual([
      { pointer: '/timeZone', detail: 'must be a time zone of the IANA database, such as Europe/Bucharest' },
      { pointer: '/layers/0/rotation/length', detail: 'must be a whole number of units, 1 or more' },
      { pointer: '/layers/1/rotation/unit', detail: 'must be one of hour, day, week, month' },
      {
        pointer: '/layers/1/rotation/firstHandoff',
        detail: 'must be a time on the wall that the calendar has, such as 2026-01-05T08:00, without an offset',
      },
      { pointer: '/layers/1/rotation/members', detail: 'must name one person at least' },
    ]);
  });
});
