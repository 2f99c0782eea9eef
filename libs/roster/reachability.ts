import type { Work } from '../platform/index.js';

/** One verified way to reach somebody. */
export interface ContactWay {
  /** The name of its channel: `email`, `webhook`. */
  channel: string;
  /** Since when every attempt by it has failed; null: the last one worked, or there was none. */
  failingSince: Date | null;
}

/**
 * By what ways people can be reached. Notification provides it, since it knows the channels; the roster asks it before it
 * relies on somebody.
 */
export abstract class Reachability {
  /** The verified ways of each of these people, by channels that this desk has. Who has none is missing from the answer. */
  abstract waysOf(within: Pick<Work, 'query'>, responderIds: readonly string[]): Promise<Map<string, ContactWay[]>>;
}

/** Whether somebody can be reached at present: by one way at least that is verified and does not fail. */
export function isReachable(ways: readonly ContactWay[] | undefined): boolean {
  return ways?.some(({ failingSince }) => failingSince === null) ?? false;
}
