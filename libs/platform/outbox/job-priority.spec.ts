import fc from 'fast-check';
import { jobPriority } from './job-priority.js';

const priority = fc.integer({ min: 0, max: 9 });
const turn = fc.integer({ min: 1, max: 1_000_000 });

describe('jobPriority', () => {
  it('is what BullMQ takes, for every priority and turn', () => {
    fc.assert(
      fc.property(priority, turn, (one, place) => {
        expect(jobPriority(one, place)).toBeGreaterThanOrEqual(1);
        expect(jobPriority(one, place)).toBeLessThanOrEqual(2 ** 21);
      }),
    );
  });

  it('puts every turn of a priority before any of the next', () => {
    fc.assert(
      fc.property(priority, priority, turn, turn, (one, other, first, second) => {
        fc.pre(one < other);
        expect(jobPriority(one, first)).toBeLessThan(jobPriority(other, second));
      }),
    );
  });

  it('puts the first of one lane before the second of another', () => {
    expect([3, 1, 2].map((place) => jobPriority(1, place)).sort((a, b) => a - b)).toEqual(
      [1, 2, 3].map((place) => jobPriority(1, place)),
    );
  });
});
