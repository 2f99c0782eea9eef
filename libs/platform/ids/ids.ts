import { v7, validate } from 'uuid';

/** A new UUIDv7: ordered by the time of its making, so that indexes on it grow at one end. */
export function newId(): string {
  return v7();
}

/** Whether the text is a UUID of any version. */
export function isId(text: unknown): text is string {
  return typeof text === 'string' && validate(text);
}
