import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InvalidDeskConfig } from '../platform/index.js';
import { loadDispatchConfig } from './dispatch-config.js';

describe('loadDispatchConfig', () => {
  const folder = mkdtempSync(join(tmpdir(), 'codegrey-config-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  const load = (exhaustedRepeat: string, bestFit = '2', thenWait = 'PT5M') => {
    const lines = [
      `exhaustedRepeat: ${exhaustedRepeat}`,
      'withoutPolicy:',
      `  bestFit: ${bestFit}`,
      `  thenWait: ${thenWait}`,
    ];
    writeFileSync(join(folder, 'dispatch.yaml'), lines.join('\n'));
    return loadDispatchConfig(folder);
  };

  it('reads the file that comes with the desk', () => {
    expect(loadDispatchConfig()).toEqual({
      exhaustedRepeatMs: 300_000,
      withoutPolicy: { bestFit: 2, waitMs: 300_000 },
    });
  });

  it('reads durations', () => {
    expect(load('PT30S', '1', 'PT0S')).toEqual({ exhaustedRepeatMs: 30_000, withoutPolicy: { bestFit: 1, waitMs: 0 } });
  });

  it.each([
    ['a repetition without a pause', ['PT0S']],
    ['a repetition that leaves no time to answer', ['PT29S']],
    ['what is no duration', ['5 minutes']],
    ['a duration without a fixed length', ['P1M']],
    ['nobody to be asked', ['PT5M', '0']],
    ['a wait that is no duration', ['PT5M', '2', 'soon']],
    ['a negative wait', ['PT5M', '2', '-PT5M']],
  ] as [string, [string, string?, string?]][])('refuses %s', (_name, values) => {
    expect(() => load(...values)).toThrow(InvalidDeskConfig);
  });
});
