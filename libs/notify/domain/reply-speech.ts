import type { ReplyOutcome } from './reply-answer.js';
import type { Speech } from './speech.js';

/** What is said in one language after a key was pressed. `{…}` stands for digits that are put in. */
export interface ReplyPhrases {
  /** The voice to read it with, BCP 47. */
  locale: string;
  plus: string;
  claimed: string;
  joined: string;
  declined: string;
  taken: string;
  over: string;
  number: string;
  noNumber: string;
  unclear: string;
  refused: string;
  confirmed: string;
  code: string;
}

/** The phrases by language (ISO 639-1). There are always English ones. */
export type ReplyPhrasebook = Readonly<Record<string, ReplyPhrases>> & { readonly en: ReplyPhrases };

/** The phrases in the first of these languages that there are any for. Regional variants count as their language. */
export function replyPhrasesFor(languages: readonly string[], book: ReplyPhrasebook): ReplyPhrases {
  const known = languages
    .map((language) => language.slice(0, 2).toLowerCase())
    .find((language) => Object.hasOwn(book, language));
  return book[known ?? 'en'] ?? book.en;
}

/** What came of a key, for the ear. */
export function speakOutcome(outcome: ReplyOutcome, phrases: ReplyPhrases): Speech {
  return { locale: phrases.locale, sentences: [sentenceFor(outcome, phrases)] };
}

/** A code for the ear: its digits one by one with pauses between them, and all of it twice. */
export function speakCode(code: string, phrases: ReplyPhrases): Speech {
  return { locale: phrases.locale, sentences: [phrases.code.replaceAll('{code}', slowly([...code]))] };
}

function sentenceFor(outcome: ReplyOutcome, phrases: ReplyPhrases): string {
  switch (outcome.is) {
    case 'callback':
      return outcome.number === null
        ? phrases.noNumber
        : phrases.number.replaceAll('{number}', slowly(digitsOf(outcome.number, phrases)));
    case 'standing':
      return outcome.otherHolder === null ? phrases[outcome.now] : phrases.taken;
    case 'confirmed':
      return phrases.confirmed;
    case 'unclear':
      return phrases.unclear;
    case 'refused':
      return phrases.refused;
    case 'unknown':
    case 'too-many':
    case 'test-over':
      return phrases.over;
  }
}

function digitsOf(number: string, { plus }: ReplyPhrases): string[] {
  return [...number.replaceAll(/[^+\d]/g, '')].map((character) => (character === '+' ? plus : character));
}

/** A comma makes a voice pause. */
function slowly(digits: readonly string[]): string {
  return digits.join(', ');
}
