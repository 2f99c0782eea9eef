import { Injectable } from '@nestjs/common';
import { Database, InvalidDeskConfig, loadDeskConfig, type Statement } from '../platform/index.js';
import { replyPhrasesFor, type ReplyPhrasebook, type ReplyPhrases } from './domain/reply-speech.js';

const names = ['claimed', 'joined', 'declined', 'taken', 'over', 'noNumber', 'unclear', 'refused', 'confirmed', 'plus'];
const sentence = { type: 'string', minLength: 1, maxLength: 300 };

const schema = {
  type: 'object',
  required: ['en'],
  propertyNames: { pattern: '^[a-z]{2}$' },
  additionalProperties: {
    type: 'object',
    additionalProperties: false,
    required: [...names, 'locale', 'number', 'code'],
    properties: {
      ...Object.fromEntries(names.map((name) => [name, sentence])),
      locale: { type: 'string', pattern: '^[a-z]{2,3}-[A-Z]{2}$' },
      number: { ...sentence, pattern: '\\{number\\}' },
      code: { ...sentence, pattern: '\\{code\\}' },
    },
  },
};

/** Reads `config/messages/replies.yaml`. Throws `InvalidDeskConfig` when it cannot be used. */
export function loadReplyPhrases(folder?: string): ReplyPhrasebook {
  const book = loadDeskConfig<ReplyPhrasebook>('messages/replies', schema, folder);
  for (const [language, { code }] of Object.entries(book)) {
    // Whoever writes a code down from a telephone needs to hear it again.
    if (code.split('{code}').length < 3)
      throw new InvalidDeskConfig(`replies.yaml: /${language}/code must say {code} twice`);
  }
  return book;
}

/** The languages of a responder, the preferred one first. Index: the primary key. */
const languagesOf: Statement = {
  name: 'reply-languages',
  text: 'SELECT languages FROM codegrey.responders WHERE id = $1',
};

/** What responders are told on the telephone, each in a language of theirs. */
@Injectable()
export class SpokenReplies {
  private readonly book = loadReplyPhrases();

  constructor(private readonly database: Database) {}

  /** The phrases for this responder. */
  async phrasesOf(responderId: string): Promise<ReplyPhrases> {
    const [row] = await this.database.query<{ languages: string[] }>(languagesOf, [responderId]);
    return replyPhrasesFor(row?.languages ?? [], this.book);
  }
}
