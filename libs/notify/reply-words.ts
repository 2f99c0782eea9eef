import { InvalidDeskConfig, loadDeskConfig } from '../platform/index.js';
import { replyCommands, tokensOf, type ReplyWords } from './domain/reply.js';

const words = {
  type: 'array',
  minItems: 1,
  uniqueItems: true,
  items: { type: 'string', pattern: '^[\\p{L}\\p{N}]{1,30}$' },
};

const schema = {
  type: 'object',
  properties: Object.fromEntries(replyCommands.map((command) => [command, words])),
  required: [...replyCommands],
  additionalProperties: false,
};

/**
 * The words of `config/reply-words.yaml`.
 *
 * @throws InvalidDeskConfig also when one word stands for two commands.
 */
export function loadReplyWords(folder?: string): ReplyWords {
  const loaded = loadDeskConfig<ReplyWords>('reply-words', schema, folder);
  const all = replyCommands.flatMap((command) => [...new Set(loaded[command].flatMap(tokensOf))]);
  const twice = all.find((word, index) => all.indexOf(word) !== index);
  if (twice !== undefined) throw new InvalidDeskConfig(`reply-words.yaml: ${twice} stands for two commands.`);
  return loaded;
}
