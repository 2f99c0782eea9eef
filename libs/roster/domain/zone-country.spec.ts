import { countryOfZone } from './zone-country.js';

describe('the country of a zone', () => {
  it.each([
    ['Europe/Bucharest', 'RO'],
    ['Europe/Vienna', 'AT'],
    ['Europe/Berlin', 'DE'],
    ['Europe/London', 'GB'],
    ['Atlantic/Canary', 'ES'],
  ])('of %s is %s', (zone, country) => expect(countryOfZone(zone)).toBe(country));

  it('is the same by each name of the zone', () => {
    expect([countryOfZone('Europe/Kiev'), countryOfZone('Europe/Kyiv')]).toEqual(['UA', 'UA']);
  });

  it('is none for a zone of no country, and for what is no zone', () => {
    expect([countryOfZone('UTC'), countryOfZone('Etc/GMT-3'), countryOfZone('nowhere')]).toEqual([null, null, null]);
  });
});
