import { loadPhrasebook } from '../voice-phrases.js';
import { phrasesFor, readAloud, readOut, speakPage, spelled, type SpokenPageFacts } from './speech.js';

const book = loadPhrasebook();
const page: SpokenPageFacts = {
  reference: 'CG-7K3M-Q2XD',
  severity: 'SEV1',
  exercise: false,
  tlp: 'TLP:AMBER',
  callbackNumber: '+40210000000',
};

describe('a page for the ear', () => {
  it('says severity, reference and number, and what may be pressed', () => {
    expect(speakPage(page, book.get('en'))).toEqual({
      locale: 'en-GB',
      sentences: [
        'Severity one ticket at the response desk, reference C G, 7 K 3 M, Q 2 X D.',
        'The number to call is plus 4 0 2 1 0 0 0 0 0 0 0.',
      ],
      menu: 'Press 1 to claim the ticket. Press 2 to decline. Press 3 to hear the number to call.',
    });
  });

  it.each(['TLP:RED', 'TLP:AMBER+STRICT'] as const)('of %s says no number', (tlp) => {
    expect(speakPage({ ...page, tlp }, book.get('en')).sentences.join(' ')).not.toContain('plus');
  });

  it('says first that it is an exercise', () => {
    expect(speakPage({ ...page, exercise: true }, book.get('en')).sentences[0]).toBe('This is an exercise.');
  });

  it.each([...book.keys()])('is whole in the language %s', (language) => {
    const { sentences, menu } = speakPage({ ...page, exercise: true }, phrasesFor([language], book));
    const said = sentences.join(' ');
    expect(said).toContain('C G, 7 K 3 M, Q 2 X D');
    expect(said).toContain('4 0 2 1 0 0 0 0 0 0 0');
    expect(said).not.toMatch(/[{}]/);
    for (const key of ['1', '2', '3']) expect(menu).toContain(key);
  });

  it('is in the first of the languages that there are words for, otherwise in English', () => {
    expect(phrasesFor(['hu', 'ro', 'de'], book).locale).toBe('ro-RO');
    expect(phrasesFor(['hu'], book).locale).toBe('en-GB');
    expect(phrasesFor([], book).locale).toBe('en-GB');
  });
});

describe('the parts of speech', () => {
  it('are letters, digits and lines', () => {
    expect(spelled('CG-7K3M')).toBe('C G, 7 K 3 M');
    expect(readOut('+40 (21) 00', { plus: 'más' })).toBe('más 4 0 2 1 0 0');
    expect(readAloud({ text: 'One.\n\nTwo.\n' }).sentences).toEqual(['One.', 'Two.']);
  });
});
