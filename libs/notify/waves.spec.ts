import { setTimeout as sleep } from 'node:timers/promises';
import { waves } from './waves.js';

async function all<Value>(promises: Promise<Value>[], togetherMs: number): Promise<Value[][]> {
  const found: Value[][] = [];
  for await (const wave of waves(promises, togetherMs)) found.push(wave);
  return found;
}

describe('waves', () => {
  it('gives what comes together in one wave', async () => {
    expect(await all([Promise.resolve(1), sleep(1, 2), Promise.resolve(3)], 500)).toEqual([[1, 3, 2]]);
  });

  it('does not hold up the quick for the slow', async () => {
    expect(await all([sleep(200, 'slow'), Promise.resolve('quick')], 20)).toEqual([['quick'], ['slow']]);
  });

  it('ends as soon as the last one is there', async () => {
    const begin = performance.now();
    expect(await all([Promise.resolve(1)], 60_000)).toEqual([[1]]);
    expect(performance.now() - begin).toBeLessThan(1_000);
  });

  it('gives what came while a wave was handled', async () => {
    const late = Promise.withResolvers<string>();
    const found: string[][] = [];
    for await (const wave of waves([Promise.resolve('first'), late.promise], 5)) {
      found.push(wave);
      late.resolve('second');
      await new Promise(setImmediate);
    }
    expect(found).toEqual([['first'], ['second']]);
  });

  it('has none where there is nothing to wait for', async () => {
    expect(await all([], 5)).toEqual([]);
  });
});
