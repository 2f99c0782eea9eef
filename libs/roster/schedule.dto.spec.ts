import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import { ScheduleInputDto } from './schedule.dto.js';

const rotation = { unit: 'week', length: 1, firstHandoff: '2026-01-05T08:00', members: ['a'] };

function faults(errors: ValidationError[], parent = ''): string[] {
  return errors.flatMap(({ property, constraints, children }) => {
    const pointer = `${parent}/${property}`;
    return [...(constraints ? [pointer] : []), ...faults(children ?? [], pointer)];
  });
}

/** Pointers to the faults of a schedule of one layer, as the validation of requests finds them. */
function faultsOf(changes: object, layer: object = {}): string[] {
  const layers = [{ name: 'Nights', rotation: { ...rotation, ...changes }, ...layer }];
  const input = plainToInstance(ScheduleInputDto, { name: 'Rota', timeZone: 'Europe/Bucharest', layers });
  return faults(validateSync(input, { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: true }));
}

describe('a schedule in a request', () => {
  it.each([1, 10_000, [4, 3]])('may have turns of %p units', (length) => {
    expect(faultsOf({ length })).toEqual([]);
  });

  it.each(['1', {}, null, undefined, true, 10_001, Number.MAX_SAFE_INTEGER])(
    'may not have %p as a length',
    (length) => {
      expect(faultsOf({ length })).toEqual(['/layers/0/rotation/length']);
    },
  );

  it('may not have a list of lengths with anything else in it, or without end', () => {
    for (const length of [['1'], [[1]], [null], Array(101).fill(1)])
      expect(faultsOf({ length })).toEqual(['/layers/0/rotation/length']);
  });

  it('may have a person, several, or nobody in a turn', () => {
    expect(faultsOf({ members: ['a', ['b', 'c'], null] })).toEqual([]);
  });

  it('may not have anything else in a turn, or turns without end', () => {
    const wrong = [
      5,
      {},
      'a',
      null,
      [5],
      [{}],
      [[5]],
      [[['a']]],
      ['x'.repeat(65)],
      Array(501).fill('a'),
      [Array(51).fill('a')],
    ];
    for (const members of wrong) expect(faultsOf({ members })).toEqual(['/layers/0/rotation/members']);
  });

  it.each([[[]], [null], ['week'], [undefined]])('may not have %j as a rotation', (value) => {
    expect(faultsOf({}, { rotation: value })).toEqual(['/layers/0/rotation']);
  });

  it('may not have an empty list in the place of an object', () => {
    expect(faultsOf({}, { restrictions: [[]] })).toEqual(['/layers/0/restrictions']);
    const input = plainToInstance(ScheduleInputDto, { name: 'Rota', timeZone: 'UTC', layers: [[]] });
    expect(faults(validateSync(input))).toEqual(['/layers']);
  });

  it('may not have fields that nobody knows, at any depth', () => {
    expect(faultsOf({ colour: 'red' }, { size: 1 })).toEqual(['/layers/0/size', '/layers/0/rotation/colour']);
  });
});
