import { parseReplyCode } from './reply-code.js';

/** What somebody can ask for by a reply. */
export const replyCommands = ['claim', 'decline', 'call', 'undo'] as const;

export type ReplyCommand = (typeof replyCommands)[number];

/** The words of each command, in every language of the desk. */
export type ReplyWords = Record<ReplyCommand, readonly string[]>;

/** What a reply says. */
export interface Reply {
  /** Null: it is not plain what is wanted. */
  command: ReplyCommand | null;
  /** The codes in it, the likeliest first. Whoever wrote it typed one; what they quote may hold more. */
  codes: string[];
}

const mostCodes = 5;
const longestText = 20_000;

/** Commands that bind somebody: nothing may stand beside them, since `claim, unless` is not a claim. */
const binding: readonly ReplyCommand[] = ['claim', 'undo'];

/**
 * Reads a reply. The command stands at its beginning (`CLAIM 7K3MQ2`, `7K3MQ2 claim`, `1 7K3MQ2`) in its first line that is not
 * empty; the code beside it or, where a mail program quotes the message, in the words that the message itself had put there.
 */
export function readReply(text: string, words: ReplyWords): Reply {
  const lines = text.slice(0, longestText).split(/\r\n|[\r\n]/);
  const quoteAt = lines.findIndex((line) => beginsQuote(line.trim()));
  const own = (quoteAt < 0 ? lines : lines.slice(0, quoteAt)).map(tokensOf).filter((tokens) => tokens.length > 0);
  const quoted = quoteAt < 0 ? [] : lines.slice(quoteAt).map(tokensOf);
  const commands = commandsByWord(words);
  const [first = []] = own;
  const typed = own.slice(0, 3).flatMap((tokens) => codesIn(tokens, commands));
  const offered = [...own.slice(3), ...quoted].flatMap((tokens) => codesOffered(tokens, commands));
  return { command: commandOf(first, commands), codes: [...new Set([...typed, ...offered])].slice(0, mostCodes) };
}

function commandOf(tokens: readonly string[], commands: ReadonlyMap<string, ReplyCommand>): ReplyCommand | null {
  const said = tokens.filter((token) => commands.has(token) || parseReplyCode(token) === null);
  const command = commands.get(said[0] ?? '');
  if (command === undefined) return null;
  const others = said.slice(1).filter((token) => commands.get(token) !== command);
  return binding.includes(command) && others.length > 0 ? null : command;
}

function codesIn(tokens: readonly string[], commands: ReadonlyMap<string, ReplyCommand>): string[] {
  return tokens.flatMap((token) => (commands.has(token) ? [] : (parseReplyCode(token) ?? [])));
}

/** The codes right behind a command, as a message offers them. */
function codesOffered(tokens: readonly string[], commands: ReadonlyMap<string, ReplyCommand>): string[] {
  return codesIn(
    tokens.filter((_, index) => commands.has(tokens[index - 1] ?? '')),
    commands,
  );
}

/** Whether a line begins what a mail program quotes: the quoted lines themselves, or the head of what follows. */
function beginsQuote(line: string): boolean {
  if (/^(>|-{5}|_{10})/.test(line) || /^(from|von|de|od|da|van|fra|feladó) ?:/iu.test(line)) return true;
  // `On Wed, 11 Feb 2026 at 02:05, Codegrey wrote:` in whatever language: a line with a year that ends in a colon.
  return line.endsWith(':') && line.length < 300 && /\b20\d\d\b/.test(line);
}

function commandsByWord(words: ReplyWords): Map<string, ReplyCommand> {
  return new Map(
    replyCommands.flatMap((command) =>
      words[command].flatMap((word) => tokensOf(word).map((token) => [token, command])),
    ),
  );
}

/** The words of a line, in capitals and without accents: telephones correct both as they like. */
export function tokensOf(line: string): string[] {
  const plain = line.normalize('NFKD').replaceAll(/\p{M}/gu, '').replaceAll('ß', 'ss').replaceAll(/[łŁ]/g, 'l');
  return plain.toUpperCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}
