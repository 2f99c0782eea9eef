/** How a contact method fares. */
export interface MethodHealth {
  /** How often it has failed since it last worked. */
  failures: number;
  /** When the first of these failures was; null: it works, or was never used. */
  failingSince: Date | null;
  /** One line, without the address, of the last failure; null: it works. */
  lastError: string | null;
  /** Whether the last failure came after it had been taken over (a bounce): then being taken over again proves nothing. */
  returned: boolean;
  /** When its owner and the coordinators were told; null: there is nothing to tell. */
  reportedFailingAt: Date | null;
}

/** What came of one attempt by it. */
export type AttemptOutcome =
  { failed: false; delivered: boolean } | { failed: true; permanent: boolean; error: string | null; returned: boolean };

/** What people are to hear of. */
export type HealthNews = 'failing' | 'recovered';

/** A failure that may pass is told once it has come so often in a row. */
export const reportedAfterFailures = 3;

/** A method of which nothing bad is known: its owner has just shown that it works. */
export const healthy: MethodHealth = {
  failures: 0,
  failingSince: null,
  lastError: null,
  returned: false,
  reportedFailingAt: null,
};

/**
 * How a method fares after an attempt, and what is news of it: that it fails, once, at a failure that would be the same again or at
 * the third in a row; that it works again, if people had heard that it did not. One that is not `verified` reaches nobody yet.
 */
export function healthAfter(
  health: MethodHealth,
  outcome: AttemptOutcome,
  verified: boolean,
  now: Date,
): { health: MethodHealth; news: HealthNews | null } {
  if (!outcome.failed) {
    if (health.returned && !outcome.delivered) return { health, news: null };
    return { health: healthy, news: health.reportedFailingAt === null ? null : 'recovered' };
  }
  const failures = health.failures + 1;
  const isGrave = outcome.permanent || failures >= reportedAfterFailures;
  const isNews = verified && isGrave && health.reportedFailingAt === null;
  return {
    health: {
      failures,
      failingSince: health.failingSince ?? now,
      lastError: outcome.error,
      returned: outcome.returned,
      reportedFailingAt: isNews ? now : health.reportedFailingAt,
    },
    news: isNews ? 'failing' : null,
  };
}
