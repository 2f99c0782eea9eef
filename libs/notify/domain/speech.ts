import type { RenderedMessage } from './message-layout.js';
import type { PageFacts } from './page-message.js';
import type { SeverityLevel } from './severity-level.js';
import { mayCallBack } from './disclosure.js';

/** A message for the ear, in one language. */
export interface Speech {
  /** The voice to read it with, BCP 47, such as `de-DE`. */
  locale: string;
  /** What is said, sentence by sentence. */
  sentences: readonly string[];
  /** What the listener may press, said after the message and waited for; undefined: nothing is asked. */
  menu?: string;
}

/** What calls say in one language. `{…}` stands for what is put in. */
export interface VoicePhrases {
  locale: string;
  plus: string;
  exercise: string;
  page: string;
  callBack: string;
  menu: string;
  severities: Record<SeverityLevel, string>;
}

/** The phrases by language (ISO 639-1). There are always English ones. */
export type Phrasebook = ReadonlyMap<string, VoicePhrases> & { get(language: 'en'): VoicePhrases };

/** The phrases in the first of these languages that there are phrases for. */
export function phrasesFor(languages: readonly string[], book: Phrasebook): VoicePhrases {
  const known = languages.find((language) => book.has(language)) ?? 'en';
  return book.get(known) ?? book.get('en');
}

/** What a spoken page may be made of: whoever picks up hears it, so there is no more in it than on any public channel. */
export type SpokenPageFacts = Pick<PageFacts, 'reference' | 'severity' | 'exercise' | 'callbackNumber' | 'tlp'>;

/** A page for the ear: the severity, the reference, the number to call where the label permits, and what may be pressed. */
export function speakPage(facts: SpokenPageFacts, phrases: VoicePhrases): Speech {
  const { exercise, severity, reference, callbackNumber, tlp } = facts;
  const page = filled(phrases.page, { severity: phrases.severities[severity], reference: spelled(reference) });
  const number = callbackNumber !== undefined && mayCallBack(tlp) ? callbackNumber : undefined;
  return {
    locale: phrases.locale,
    sentences: [
      ...(exercise ? [phrases.exercise] : []),
      page,
      ...(number === undefined ? [] : [filled(phrases.callBack, { number: readOut(number, phrases) })]),
    ],
    menu: phrases.menu,
  };
}

/** Any other message for the ear, in the words it is written in. */
export function readAloud({ text }: Pick<RenderedMessage, 'text'>): Speech {
  return { locale: 'en-GB', sentences: text.split(/\n+/).filter((line) => line !== '') };
}

/** A reference letter by letter, with a pause where it has a hyphen: `CG-7K3M` is `C G, 7 K 3 M`. */
export function spelled(reference: string): string {
  return reference
    .split('-')
    .map((part) => [...part].join(' '))
    .join(', ');
}

/** A telephone number digit by digit: `+4021` is `plus 4 0 2 1`. */
export function readOut(number: string, { plus }: Pick<VoicePhrases, 'plus'>): string {
  return [...number.replace(/[^+\d]/g, '')].map((character) => (character === '+' ? plus : character)).join(' ');
}

function filled(phrase: string, values: Record<string, string>): string {
  return phrase.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}
