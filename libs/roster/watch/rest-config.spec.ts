import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadRestConfig } from './rest-config.js';

const shipped = readFileSync('config/rest.yaml', 'utf8');

function configWith(change: (text: string) => string): string {
  const folder = mkdtempSync(join(tmpdir(), 'codegrey-rest-'));
  writeFileSync(join(folder, 'rest.yaml'), change(shipped));
  return folder;
}

describe('the rules of rest', () => {
  it('are the directive, and a country changes only what its law says otherwise', () => {
    const { default: directive, countries } = loadRestConfig();
    expect(directive).toMatchObject({ betweenShiftsMs: 39_600_000, weeklyRestMs: 126_000_000, averagedOverWeeks: 17 });
    expect(countries.get('RO')).toEqual({
      ...directive,
      source: expect.stringContaining('Codul muncii'),
      betweenShiftsMs: 43_200_000,
      weeklyRestMs: 172_800_000,
      night: { from: 1320, to: 360 },
    });
  });

  it.each([
    ['a duration', ['betweenShifts: PT11H', 'betweenShifts: P1M'], '/default/betweenShifts'],
    ['a negative duration', ['betweenShifts: PT11H', 'betweenShifts: -PT11H'], '/default/betweenShifts'],
    ['a time of day', ["from: '23:00'", "from: '24:30'"], '/default/night/from'],
    ['a country', ['  RO:', '  Romania:'], '/countries'],
    ['a word', ['onCallIs: stand-by', 'onCallIs: sleep'], '/default/onCallIs'],
  ])('stop the start when %s cannot be read, and name the place', (_what, [good = '', bad = ''], place) => {
    expect(() => loadRestConfig(configWith((text) => text.replace(good, bad)))).toThrow(place);
  });
});
