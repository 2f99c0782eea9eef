import * as fc from 'fast-check';
import { loadReplyWords } from '../reply-words.js';
import { readReply } from './reply.js';

const words = loadReplyWords();
const read = (text: string) => readReply(text, words);

describe('a reply', () => {
  it.each([
    ['CLAIM 7K3MQ2', 'claim'],
    ['claim 7k3mq2', 'claim'],
    ['7K3MQ2 claim', 'claim'],
    ['  1   7K3MQ2.', 'claim'],
    ['Übernehmen 7K3MQ2', 'claim'],
    ['Preiau 7K3MQ2', 'claim'],
    ['ACCEPT 7K3MQ2', 'claim'],
    ['Claim!\n\n7K3MQ2', 'claim'],
    ['DECLINE 7K3MQ2', 'decline'],
    ['Nein, bin im OP. 7K3MQ2', 'decline'],
    ['numéro 7K3MQ2', 'call'],
    ['3 7K3MQ2', 'call'],
    ['undo 7K3MQ2', 'undo'],
    ['Przyjmuję 7K3MQ2', 'claim'],
  ])('%j is understood', (text, command) => {
    expect(read(text)).toEqual({ command, codes: ['7K3MQ2'] });
  });

  it.each([
    'I cannot claim 7K3MQ2',
    "don't claim 7K3MQ2",
    'Claim it unless somebody else does 7K3MQ2',
    '7K3MQ2',
    'Hello 7K3MQ2',
  ])('%j binds nobody', (text) => expect(read(text)).toEqual({ command: null, codes: ['7K3MQ2'] }));

  it('takes the code from the message that it quotes, and the command from its own words', () => {
    const quoted = '> Reply CLAIM 7K3MQ2, DECLINE 7K3MQ2, or CALL 7K3MQ2 for the number to call.';
    const head = 'On Wed, 11 Feb 2026 at 02:05, Codegrey <desk@example.org> wrote:';
    expect(read(`Decline\n\n${head}\n${quoted}`)).toEqual({ command: 'decline', codes: ['7K3MQ2'] });
    expect(read(`${head}\n${quoted}`)).toEqual({ command: null, codes: ['7K3MQ2'] });
    const outlook = `claim\n\n________________________________\nFrom: Codegrey\nReply CLAIM 7K3MQ2, DECLINE 7K3MQ2`;
    expect(read(outlook)).toEqual({ command: 'claim', codes: ['7K3MQ2'] });
  });

  it('prefers the code that was typed to one that is quoted', () => {
    expect(read('claim 9ZZZZ9\n> Reply CLAIM 7K3MQ2').codes).toEqual(['9ZZZZ9', '7K3MQ2']);
  });

  it('never claims without a word that claims in its first line', () => {
    const harmless = fc.string({ unit: 'grapheme', maxLength: 80 }).filter((line) => {
      const said = line.toUpperCase().normalize('NFKD');
      return !words.claim.some(
        (word) =>
          said.includes(word.toUpperCase().normalize('NFKD').replaceAll(/\p{M}/gu, '').slice(0, 3)) ||
          said.includes(word),
      );
    });
    fc.assert(
      fc.property(harmless, (line) => {
        fc.pre(line.trim() !== '' && /[\p{L}\p{N}]/u.test(line) && !/[\r\n]/.test(line));
        expect(read(`${line}\nclaim 7K3MQ2`).command).not.toBe('claim');
      }),
    );
  });

  it('is read in time that grows with its length', () => {
    for (const hostile of [
      '-'.repeat(20_000),
      '> '.repeat(10_000),
      `${'2026 '.repeat(4_000)}:`,
      'a\n'.repeat(10_000),
    ]) {
      const before = performance.now();
      read(hostile);
      expect(performance.now() - before).toBeLessThan(500);
    }
  });
});
