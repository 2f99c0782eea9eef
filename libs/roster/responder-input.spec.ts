import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { responderFacts } from './responder-input.js';
import { UpdateResponderDto } from './responder.dto.js';

const one = '01890000-0000-7000-8000-00000000000a';
const two = '01890000-0000-7000-8000-00000000000b';

function read(input: object): UpdateResponderDto {
  return plainToInstance(UpdateResponderDto, input);
}

function faultyFields(input: object): string[] {
  return validateSync(read(input)).map(({ property }) => property);
}

describe('a change of a responder', () => {
  it('touches only what is given', () => {
    expect(responderFacts(read({ active: false }))).toEqual({ active: false });
  });

  it('keeps country codes in capitals, as the matching expects', () => {
    expect(responderFacts(read({ countries: ['ro', 'MD'] }))).toEqual({ countries: ['RO', 'MD'] });
  });

  it('keeps each conflict of interest once, however its id is written', () => {
    expect(responderFacts(read({ conflictsWith: [two, one, two.toUpperCase()] }))).toEqual({
      conflictsWith: [one, two],
    });
  });

  it('sets back by null what need not be said', () => {
    const nothing = {
      deskRole: null,
      skills: null,
      countries: null,
      conflictsWith: null,
      maxOpenTickets: null,
      timeZone: null,
    };
    expect(faultyFields(nothing)).toEqual([]);
    expect(responderFacts(read(nothing))).toEqual({
      deskRole: 'responder',
      skills: [],
      countries: [],
      conflictsWith: [],
      maxOpenTickets: 3,
      timeZone: 'UTC',
    });
  });

  it.each(['name', 'active'])('refuses null as %s', (field) => {
    expect(faultyFields({ [field]: null })).toEqual([field]);
  });

  it('refuses an offset as a zone', () => {
    expect(faultyFields({ timeZone: '+02:00' })).toEqual(['timeZone']);
  });
});
