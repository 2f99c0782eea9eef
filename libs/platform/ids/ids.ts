import { v7, validate } from 'uuid';

/** A new UUIDv7: ordered by the time of its making, so that indexes on it grow at one end. */
export function newId(): string {
  return v7();
}

/** Whether the text is a UUID of any version. */
export function isId(text: unknown): text is string {
  return typeof text === 'string' && validate(text);
}

/** The lowest UUIDv7 of a moment so many milliseconds ago, by the clock of the process: ids made before it are lower. */
export function firstIdAgo(ms: number): string {
  const present = parseInt(newId().replaceAll('-', '').slice(0, 12), 16);
  const time = Math.max(0, present - ms)
    .toString(16)
    .padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-000000000000`;
}
