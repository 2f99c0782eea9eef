import { isUtf8 } from 'node:buffer';
import type { FastifyInstance } from 'fastify';
import { Problem, type Fault } from '../problems/problem.js';
import { problems } from '../problems/problems.js';

const deepest = 32;
const mostFaults = 20;

/** How deep brackets nest in a JSON text, up to one more than `limit`. Linear, without recursion: it runs before the parser. */
export function jsonDepth(text: string, limit: number): number {
  let depth = 0;
  let greatest = 0;
  let inString = false;
  for (let index = 0; index < text.length && greatest <= limit; index += 1) {
    const character = text.charCodeAt(index);
    if (inString) {
      if (character === backslash) index += 1;
      else if (character === quote) inString = false;
    } else if (character === quote) inString = true;
    else if (character === openBrace || character === openBracket) greatest = Math.max(greatest, (depth += 1));
    else if (character === closeBrace || character === closeBracket) depth -= 1;
  }
  return greatest;
}

const [quote, backslash, openBrace, closeBrace, openBracket, closeBracket] = ['"', '\\', '{', '}', '[', ']'].map(
  (character) => character.charCodeAt(0),
);

/** Every text in the value that PostgreSQL would refuse or silently change: NUL, and surrogates without their pair. */
export function unstorableTexts(value: unknown, pointer = ''): Fault[] {
  if (typeof value === 'string') {
    if (value.includes('\u0000')) return [{ pointer, detail: 'contains the character NUL' }];
    return value.isWellFormed()
      ? []
      : [{ pointer, detail: 'is not well-formed Unicode (a surrogate without its pair)' }];
  }
  if (typeof value !== 'object' || value === null) return [];
  const faults: Fault[] = [];
  for (const [key, member] of Object.entries(value)) {
    const escaped = key.replaceAll('~', '~0').replaceAll('/', '~1');
    if (!key.isWellFormed() || key.includes('\u0000'))
      faults.push({ pointer, detail: 'has a name that is not well-formed' });
    else faults.push(...unstorableTexts(member, `${pointer}/${escaped}`));
    if (faults.length >= mostFaults) break;
  }
  return faults;
}

/**
 * Takes JSON bodies the careful way: valid UTF-8 only, at most 32 levels deep, no `__proto__`, and no text that the
 * database would refuse. All of that before any pipe or log entry touches it.
 */
export function takeJsonBodies(server: FastifyInstance): void {
  const parse = server.getDefaultJsonParser('error', 'error');
  server.removeAllContentTypeParsers();
  server.addContentTypeParser<Buffer>(
    /^application\/([\w.-]+\+)?json(;|$)/,
    { parseAs: 'buffer' },
    (request, body, done) => {
      // An action without input may be sent with the content type and no body.
      if (body.length === 0) return done(null, undefined);
      if (!isUtf8(body)) return done(problems.malformedJson('The body is not valid UTF-8.'));
      const text = body.toString('utf8');
      if (jsonDepth(text, deepest) > deepest)
        return done(problems.malformedJson(`The body is nested deeper than ${deepest} levels.`));
      void parse(request, text, (error, value) => {
        if (error) return done(problems.malformedJson(readable(error)));
        const faults = unstorableTexts(value);
        if (faults.length > 0) return done(problems.invalidInput(faults));
        done(null, value);
      });
    },
  );
}

function readable(error: Error): string {
  if (error instanceof Problem) return error.message;
  return /prototype/.test(error.message)
    ? 'The body has a forbidden member (__proto__ or constructor).'
    : 'The body is not valid JSON.';
}
