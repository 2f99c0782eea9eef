/** How often people were paged. Dispatch provides it: the roster comes before it and does not know of pages. */
export abstract class PageHistory {
  /** The pages that asked these people to act, from `from` up to but not including `to`. Who received none is missing. */
  abstract countBetween(responderIds: readonly string[], from: Date, to: Date): Promise<Map<string, number>>;
}
