import { InvalidDeskConfig, loadDeskConfig } from '../platform/index.js';
import type { Phrasebook, VoicePhrases } from './domain/speech.js';

/** Injection token of the `Phrasebook`. */
export const PHRASEBOOK = Symbol('Phrasebook');

const text = { type: 'string', minLength: 1, maxLength: 200 };

const schema = {
  type: 'object',
  required: ['en'],
  propertyNames: { pattern: '^[a-z]{2}$' },
  additionalProperties: {
    type: 'object',
    additionalProperties: false,
    required: ['locale', 'plus', 'exercise', 'page', 'callBack', 'menu', 'severities'],
    properties: {
      locale: { type: 'string', pattern: '^[a-z]{2,3}-[A-Z]{2}$' },
      plus: text,
      exercise: text,
      page: text,
      callBack: text,
      menu: { type: 'string', minLength: 1, maxLength: 300 },
      severities: {
        type: 'object',
        additionalProperties: false,
        required: ['SEV1', 'SEV2', 'SEV3', 'SEV4'],
        properties: { SEV1: text, SEV2: text, SEV3: text, SEV4: text },
      },
    },
  },
};

/** What each phrase must name, since a call that leaves it out is of no use. */
const needed: [keyof VoicePhrases, string][] = [
  ['page', '{severity}'],
  ['page', '{reference}'],
  ['callBack', '{number}'],
];

/** Reads `config/messages/voice.yaml`. Throws `InvalidDeskConfig` when it cannot be used. */
export function loadPhrasebook(folder?: string): Phrasebook {
  const file = loadDeskConfig<Record<string, VoicePhrases> & { en: VoicePhrases }>('messages/voice', schema, folder);
  const faults = Object.entries(file).flatMap(([language, phrases]) =>
    needed
      .filter(([name, placeholder]) => !(phrases[name] as string).includes(placeholder))
      .map(([name, placeholder]) => `/${language}/${name} must have ${placeholder} in it`),
  );
  if (faults.length > 0) throw new InvalidDeskConfig(`messages/voice.yaml: ${faults.join('; ')}`);
  return new Map(Object.entries(file)) as ReadonlyMap<string, VoicePhrases> as Phrasebook;
}
