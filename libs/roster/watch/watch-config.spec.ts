import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadWatchConfig } from './watch-config.js';
import { lookAfterChangeAt } from './watch-timers.js';

const shipped = readFileSync('config/roster-watch.yaml', 'utf8');

function configWith(change: (text: string) => string): string {
  const folder = mkdtempSync(join(tmpdir(), 'codegrey-watch-'));
  writeFileSync(join(folder, 'roster-watch.yaml'), change(shipped));
  return folder;
}

describe('the config of the watch', () => {
  it('looks 30 days ahead, tells a week, a day and an hour before, and does not tell of one person alone', () => {
    const { aheadMs, leadsMs, tellOf } = loadWatchConfig();
    expect([aheadMs, leadsMs]).toEqual([2_592_000_000, [604_800_000, 86_400_000, 3_600_000]]);
    expect([tellOf.has('gap'), tellOf.has('one-person')]).toEqual([true, false]);
  });

  it.each([
    ['too far ahead', ['ahead: P30D', 'ahead: P91D'], '/ahead'],
    ['without end', ['lookAgainAfter: PT6H', 'lookAgainAfter: PT1S'], '/lookAgainAfter'],
    ['of what nobody looks for', ['  - gap', '  - boredom'], '/tellOf/0'],
    ['at no time', ['[P7D, P1D, PT1H]', '[P7D, soon]'], '/tell/1'],
  ])('stops the start when it would look or tell %s', (_what, [good = '', bad = ''], place) => {
    expect(() => loadWatchConfig(configWith((text) => text.replace(good, bad)))).toThrow(place);
  });
});

describe('a look after a change', () => {
  it('comes within two seconds, and together with that of a change shortly after', () => {
    const looks = ['00.000', '01.999', '02.000'].map((second) =>
      lookAfterChangeAt(new Date(`2026-02-11T02:10:${second}Z`)).toISOString(),
    );
    expect(looks.map((look) => look.slice(17, 23))).toEqual(['02.000', '02.000', '04.000']);
  });
});
