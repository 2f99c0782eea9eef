import type { Database, Statement } from '../platform/index.js';
import { WithdrawnPages } from './withdrawn-pages.service.js';

/** Remembers what it was asked; every page whose id begins with `w` is withdrawn. */
function askedOf(queries: string[][]): WithdrawnPages {
  const query = (_statement: Statement, [ids]: [string[]]) => {
    queries.push(ids);
    return Promise.resolve(ids.filter((id) => id.startsWith('w')).map((id) => ({ id })));
  };
  return new WithdrawnPages({ query } as unknown as Database);
}

describe('whether a page is withdrawn at the moment of sending', () => {
  it('is asked in one query for all that are about to be sent together', async () => {
    const queries: string[][] = [];
    const pages = askedOf(queries);
    const answers = await Promise.all(['a', 'w1', 'b', 'w1'].map((id) => pages.isWithdrawn(id)));
    expect(answers).toEqual([false, true, false, true]);
    expect(queries).toEqual([['a', 'w1', 'b']]);
  });

  it('is asked anew each time', async () => {
    const queries: string[][] = [];
    const pages = askedOf(queries);
    await pages.isWithdrawn('a');
    await pages.isWithdrawn('a');
    expect(queries).toEqual([['a'], ['a']]);
  });
});
