/**
 * How a provider is doing. `closed`: it is used in its turn. `open`: it failed again and again, and others go first until
 * `until`. After that one attempt shows whether it is back.
 */
export type Breaker =
  { is: 'closed'; failures: number } | { is: 'open'; until: Date; openings: number; probing: boolean };

/** Nothing bad is known. */
export const closedBreaker: Breaker = { is: 'closed', failures: 0 };

/** So many failures in a row open it. */
export const failuresToOpen = 3;

/** For so long it stays open the first time, and twice as long each time after that. */
const firstPauseMs = 15_000;
const longestPauseMs = 5 * 60_000;

/** Whether a provider is tried in its turn at this moment; otherwise only after those that are. */
export function isTrusted(breaker: Breaker, now: Date): boolean {
  return breaker.is === 'closed' || (!breaker.probing && breaker.until <= now);
}

/** How it stands when an attempt begins: after the pause, the first one is the probe, and others do not wait for its outcome. */
export function begun(breaker: Breaker, now: Date): Breaker {
  return breaker.is === 'open' && breaker.until <= now ? { ...breaker, probing: true } : breaker;
}

/** How it stands after an attempt. Any success closes it: what the provider does counts, not what was expected of it. */
export function ended(breaker: Breaker, worked: boolean, now: Date): Breaker {
  if (worked) return closedBreaker;
  if (breaker.is === 'open') {
    // An attempt that was begun before it opened, or made because nobody else was left, is no news.
    return breaker.probing ? opened(breaker.openings + 1, now) : breaker;
  }
  const failures = breaker.failures + 1;
  return failures < failuresToOpen ? { is: 'closed', failures } : opened(1, now);
}

/** The providers in the order in which they are tried now: those that are trusted, then the others; each in its own order. */
export function trialOrder<T>(providers: readonly T[], breakerOf: (provider: T) => Breaker, now: Date): T[] {
  const trusted = providers.filter((provider) => isTrusted(breakerOf(provider), now));
  return [...trusted, ...providers.filter((provider) => !trusted.includes(provider))];
}

function opened(openings: number, now: Date): Breaker {
  const pauseMs = Math.min(longestPauseMs, firstPauseMs * 2 ** (openings - 1));
  return { is: 'open', until: new Date(now.getTime() + pauseMs), openings, probing: false };
}
