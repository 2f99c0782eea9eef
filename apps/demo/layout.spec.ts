import fc from 'fast-check';
import { elapsed, fold, table } from './layout.js';

describe('table', () => {
  const rows = [
    ['CG-1', 'Hospital of a town with a long name', '95 ms'],
    ['CG-2', 'Hospital 2', '112 ms'],
  ];
  const lines = (width?: number) => table(['ticket', 'hospital', 'paged'], rows, new Set(['paged']), width).split('\n');

  it('aligns text to the left and numbers to the right', () => {
    expect(lines()).toEqual([
      'ticket  hospital                              paged',
      '──────  ───────────────────────────────────  ──────',
      'CG-1    Hospital of a town with a long name   95 ms',
      'CG-2    Hospital 2                           112 ms',
    ]);
  });

  it('cuts the widest text where the terminal is narrower', () => {
    expect(lines(36)).toEqual([
      'ticket  hospital               paged',
      '──────  ────────────────────  ──────',
      'CG-1    Hospital of a town …   95 ms',
      'CG-2    Hospital 2            112 ms',
    ]);
  });

  it('keeps its columns where there is no room for them at all', () => {
    expect(lines(5)[0]).toBe('ticket  hospital   paged');
  });
});

describe('fold', () => {
  it('breaks a line between words and sets the rest further in', () => {
    expect(fold('  12:00  Hospital 1: paged after 90 ms', 20)).toBe(
      '  12:00  Hospital 1:\n      paged after 90\n      ms',
    );
  });

  it('leaves a word that is longer than a line whole', () => {
    expect(fold('see https://desk.example/a/long/address', 20)).toBe('see\n    https://desk.example/a/long/address');
  });

  it('loses no word, and exceeds the width only for a single one', () => {
    const words = fc.array(fc.string({ unit: 'grapheme-ascii', minLength: 1 }).filter((word) => !/\s/.test(word)));
    fc.assert(
      fc.property(words, fc.integer({ min: 1, max: 40 }), fc.nat(6), (given, width, margin) => {
        const folded = fold(' '.repeat(margin) + given.join(' '), width);
        expect(folded.split(/\s+/).filter(Boolean)).toEqual(given);
        for (const line of folded.split('\n')) if (line.length > width) expect(line.trim()).not.toContain(' ');
      }),
    );
  });
});

describe('elapsed', () => {
  it.each([
    ['2024-02-11T00:00:00Z', '2024-02-11T00:04:05Z', '4:05'],
    ['2024-02-11T00:00:00Z', '2024-02-11T03:04:05Z', '3:04:05'],
    ['2024-02-11T00:00:00Z', '2024-02-13T03:04:05Z', '2 d 03:04:05'],
    ['2024-02-11T00:00:00Z', null, ''],
  ])('from %s to %s is %j', (from, to, expected) => {
    expect(elapsed(from, to)).toBe(expected);
  });
});
