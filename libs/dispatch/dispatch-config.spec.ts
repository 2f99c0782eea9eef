import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InvalidDeskConfig } from '../platform/index.js';
import { loadDispatchConfig } from './dispatch-config.js';

const storm = {
  sameProvider: 5,
  sameCause: 20,
  withinMs: 600_000,
  bundleFromMs: 2_000,
  bundleUpToMs: 30_000,
  tellEveryMs: 60_000,
};

describe('loadDispatchConfig', () => {
  const folder = mkdtempSync(join(tmpdir(), 'codegrey-config-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  const load = (exhaustedRepeat: string, bestFit = '2', thenWait = 'PT5M', bundleUpTo = 'PT30S', sameCause = '20') => {
    const lines = [
      `exhaustedRepeat: ${exhaustedRepeat}`,
      'withoutPolicy:',
      `  bestFit: ${bestFit}`,
      `  thenWait: ${thenWait}`,
      'storm:',
      '  within: PT10M',
      '  sameProvider: 5',
      `  sameCause: ${sameCause}`,
      '  bundleFrom: PT2S',
      `  bundleUpTo: ${bundleUpTo}`,
      '  tellEvery: PT1M',
    ];
    writeFileSync(join(folder, 'dispatch.yaml'), lines.join('\n'));
    return loadDispatchConfig(folder);
  };

  it('reads the file that comes with the desk', () => {
    expect(loadDispatchConfig()).toEqual({
      exhaustedRepeatMs: 300_000,
      withoutPolicy: { bestFit: 2, waitMs: 300_000 },
      storm,
    });
  });

  it('reads durations', () => {
    expect(load('PT30S', '1', 'PT0S')).toEqual({
      exhaustedRepeatMs: 30_000,
      withoutPolicy: { bestFit: 1, waitMs: 0 },
      storm,
    });
  });

  it.each([
    ['a repetition without a pause', ['PT0S']],
    ['a repetition that leaves no time to answer', ['PT29S']],
    ['what is no duration', ['5 minutes']],
    ['a duration without a fixed length', ['P1M']],
    ['nobody to be asked', ['PT5M', '0']],
    ['a wait that is no duration', ['PT5M', '2', 'soon']],
    ['a negative wait', ['PT5M', '2', '-PT5M']],
    ['a bundle that keeps pages back for minutes', ['PT5M', '2', 'PT5M', 'PT3M']],
    ['a storm of one ticket', ['PT5M', '2', 'PT5M', 'PT30S', '1']],
  ] as [string, [string, string?, string?, string?, string?]][])('refuses %s', (_name, values) => {
    expect(() => load(...values)).toThrow(InvalidDeskConfig);
  });
});
