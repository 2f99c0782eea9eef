import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { UpdateProviderDto } from './provider.dto.js';
import { providerFacts } from './provider-input.js';

function read(input: object): UpdateProviderDto {
  return plainToInstance(UpdateProviderDto, input);
}

function faultyFields(input: object): string[] {
  return validateSync(read(input)).map(({ property }) => property);
}

describe('a change of a provider', () => {
  it('touches only what is given', () => {
    expect(providerFacts(read({ name: 'Ward' }))).toEqual({ name: 'Ward' });
    expect(providerFacts(read({}))).toEqual({});
  });

  it('keeps country codes in capitals, as everything that compares them expects', () => {
    expect(providerFacts(read({ country: 'ro' }))).toEqual({ country: 'RO' });
  });

  it('takes null for what a provider need not have', () => {
    const nothing = { region: null, languages: null, contacts: null, products: null };
    expect(faultyFields(nothing)).toEqual([]);
    expect(providerFacts(read(nothing))).toEqual({ region: null, languages: [], contacts: [], products: [] });
  });

  it('keeps no null in a contact', () => {
    const contacts = [{ name: 'Duty office', phone: null, email: 'duty@provider.example' }];
    expect(providerFacts(read({ contacts })).contacts).toEqual([
      { name: 'Duty office', email: 'duty@provider.example' },
    ]);
  });

  it.each(['name', 'country', 'timeZone', 'kind'])('refuses null as the %s', (field) => {
    expect(faultyFields({ [field]: null })).toEqual([field]);
  });

  it.each(['+02:00', 'Mars/Base', '', 7])('refuses %p as a zone', (timeZone) => {
    expect(faultyFields({ timeZone })).toEqual(['timeZone']);
  });

  it.each(['Europe/Bucharest', 'UTC', 'America/Argentina/Buenos_Aires'])('takes %s as a zone', (timeZone) => {
    expect(faultyFields({ timeZone })).toEqual([]);
  });
});
