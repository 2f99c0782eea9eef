/** One verified way to reach somebody. */
export interface ContactWay {
  /** The name of its channel: `email`, `webhook`. */
  channel: string;
  /** What of the desk's own it goes through, so that it would fail together with others: its mail server. Null: nothing. */
  provider: string | null;
  /** Since when every attempt by it has failed; null: the last one worked, or there was none. */
  failingSince: Date | null;
}

/** Whether somebody can be reached at present: by one way at least that is verified and does not fail. */
export function isReachable(ways: readonly ContactWay[] | undefined): boolean {
  return ways?.some(({ failingSince }) => failingSince === null) ?? false;
}

/** Whether somebody could be reached if this provider of the desk's were down: by a verified way that does without it. */
export function isReachableWithout(provider: string, ways: readonly ContactWay[] | undefined): boolean {
  return ways?.some((way) => way.provider !== provider) ?? false;
}
