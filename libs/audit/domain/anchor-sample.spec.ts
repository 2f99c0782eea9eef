import fc from 'fast-check';
import { AnchorSample, type Anchor } from './anchor-sample.js';

const anchors = fc.array(fc.nat({ max: 1_000 }).map((number): Anchor => ({ number, hash: 'aa' })));
const limits = fc.integer({ min: 1, max: 20 });

function sampleOf(given: readonly Anchor[], most: number): Anchor[] {
  const sample = new AnchorSample(most);
  for (const anchor of given) sample.add(anchor);
  return sample.anchors;
}

describe('a sample of anchors', () => {
  it('keeps all of them while they are few', () => {
    fc.assert(fc.property(anchors, (given) => expect(sampleOf(given, 1_000)).toEqual(given)));
  });

  it('never holds more than its limit and the highest, and always the first and the highest', () => {
    fc.assert(
      fc.property(anchors, limits, (given, most) => {
        fc.pre(given.length > 0);
        const sample = sampleOf(given, most);
        expect(sample.length).toBeLessThanOrEqual(most + 1);
        expect(sample[0]).toBe(given[0]);
        const highest = Math.max(...given.map(({ number }) => number));
        expect(Math.max(...sample.map(({ number }) => number))).toBe(highest);
      }),
    );
  });

  it('is spread over the whole history: no gap is longer than twice what the limit makes necessary', () => {
    const given = Array.from({ length: 5_000 }, (_, index): Anchor => ({ number: index, hash: 'aa' }));
    const numbers = sampleOf(given, 100).map(({ number }) => number);
    const gaps = numbers.slice(1).map((number, index) => number - (numbers[index] as number));
    expect(Math.max(...gaps)).toBeLessThanOrEqual(2 * (5_000 / 100));
  });
});
