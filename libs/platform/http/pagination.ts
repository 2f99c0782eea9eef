import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { isId } from '../ids/ids.js';
import { problems } from '../problems/problems.js';
import { parseInstant } from './instant.js';

/** What every list takes. */
export class PageQuery {
  /** How many items at most. */
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(200)
  limit: number = 50;

  /** The `nextCursor` of the page before. */
  @IsOptional()
  @IsString()
  @MaxLength(500)
  cursor?: string;
}

/** One page of a list, and where the next one begins (null: this was the last). */
export interface Page<Item> {
  items: Item[];
  nextCursor: string | null;
}

/** Cuts a page from rows that were read with one more than the limit. `keyOf` gives the columns that the list is ordered by. */
export function toPage<Row, Item>(
  rows: Row[],
  limit: number,
  keyOf: (row: Row) => unknown[],
  present: (row: Row) => Item,
): Page<Item> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const nextCursor = rows.length > limit && last !== undefined ? encodeCursor(keyOf(last)) : null;
  return { items: shown.map(present), nextCursor };
}

function encodeCursor(key: unknown[]): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

/** What a column of a cursor is. */
export type CursorColumn = 'id' | 'instant' | 'number' | RegExp;

const numberText = /^\d{1,18}$/;

/** The columns of a cursor, as the list is ordered by. Throws a 422 problem when it is not one of ours. */
export function decodeCursor(cursor: string | undefined, columns: readonly CursorColumn[]): string[] | undefined {
  if (cursor === undefined) return undefined;
  const key = parsed(cursor);
  if (key?.length === columns.length && columns.every((column, index) => fits(column, key[index] ?? ''))) return key;
  throw problems.invalidInput([{ pointer: '/cursor', detail: 'is not a cursor of this list' }]);
}

function parsed(cursor: string): string[] | undefined {
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    return Array.isArray(key) ? key.map(String) : undefined;
  } catch {
    return undefined;
  }
}

function fits(column: CursorColumn, text: string): boolean {
  if (column === 'id') return isId(text);
  if (column === 'instant') return parseInstant(text) !== null;
  return (column === 'number' ? numberText : column).test(text);
}
