/** A page that somebody received. */
export interface PageReceived {
  responderId: string;
  at: Date;
}

/**
 * When people were paged. Dispatch provides it: the roster comes before it and does not know of pages.
 */
export abstract class PageHistory {
  /** The pages that asked these people to act, from `from` up to but not including `to`, the oldest first. */
  abstract between(responderIds: readonly string[], from: Date, to: Date): Promise<PageReceived[]>;
}
