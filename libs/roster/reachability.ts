import type { Work } from '../platform/index.js';
import type { ContactWay } from './domain/contact-way.js';

/**
 * By what ways people can be reached. Notification provides it, since it knows the channels; the roster asks it before it
 * relies on somebody.
 */
export abstract class Reachability {
  /** The verified ways of each of these people, by channels that this desk has. Who has none is missing from the answer. */
  abstract waysOf(within: Pick<Work, 'query'>, responderIds: readonly string[]): Promise<Map<string, ContactWay[]>>;
}
