import {
  scheduleMethods,
  type NotificationRule,
  type ReachableMethod,
  type ScheduledMethod,
} from './notification-schedule.js';
import type { SeverityLevel } from './severity-level.js';

/** An attempt counts as under way for so long: a channel's own deadline, and time to write down what came of it. */
export const attemptLastsMs = 7_000;

/**
 * How long after each failure that may pass a method is tried again, at least; each pause is up to half as long again, so that
 * pages which failed together do not come back together. All of it lies within five minutes: then others have been asked.
 */
export const retryPausesMs = [15_000, 45_000, 120_000];

/** One attempt to reach the responder about this page, as it is written down. */
export interface PageAttempt {
  contactMethodId: string;
  /** `sending`: nobody knows yet. */
  state: 'sending' | 'sent' | 'delivered' | 'failed';
  /** Of a failure: it would be the same again. */
  permanent: boolean;
  /** When it was begun. */
  at: Date;
}

/** What is known of a page when it is decided what to send. */
export interface PlanFacts {
  severity: SeverityLevel;
  /** When the page became owed: what the delays of the rules count from. */
  owedAt: Date;
  /** The verified methods of the responder. */
  methods: readonly ReachableMethod[];
  rules: readonly NotificationRule[];
  /** In the order in which they were begun. */
  attempts: readonly PageAttempt[];
}

/** What to do now, and when to look again. */
export interface NotificationPlan {
  /** The methods to send by at this moment, in the order of the schedule. */
  sendNow: string[];
  /** When the next method or a second attempt has its turn; null: there is nothing left to come. */
  nextAt: Date | null;
  /** Every method was tried and none of them worked: the responder cannot be reached now. A second attempt may still come. */
  exhausted: boolean;
}

type Standing =
  { is: 'untried' } | { is: 'under-way'; until: Date } | { is: 'reached' } | { is: 'failed'; retryAt: Date | null };

interface Turn extends ScheduledMethod {
  standing: Standing;
}

/**
 * Decides by which methods a page is sent now. Every method has its turn when its rule says so, or as soon as the one before it
 * has failed; a failure that may pass is repeated, ever more slowly; a method is never used while an attempt by it is under way. An attempt of
 * which nothing was heard in time is made again: a page may arrive twice, and never not at all.
 */
export function planDeliveries(facts: PlanFacts, now: Date): NotificationPlan {
  const { severity, methods, rules, attempts, owedAt } = facts;
  const turns = scheduleMethods(severity, methods, rules).map((method): Turn => {
    const own = attempts.filter(({ contactMethodId }) => contactMethodId === method.methodId);
    return { ...method, standing: standingOf(own, now) };
  });
  const due = turns.map((turn, index) => ({ methodId: turn.methodId, at: dueAt(turn, turns[index - 1], owedAt) }));
  const later = due.flatMap(({ at }) => (at !== null && at > now ? [at.getTime()] : []));
  return {
    sendNow: due.filter(({ at }) => at !== null && at <= now).map(({ methodId }) => methodId),
    nextAt: later.length > 0 ? new Date(Math.min(...later)) : null,
    exhausted: turns.every(({ standing }) => standing.is === 'failed'),
  };
}

/** When something is to be done about a method; null: nothing any more, or not unless the one before it fails. */
function dueAt({ standing, afterMs }: Turn, before: Turn | undefined, owedAt: Date): Date | null {
  switch (standing.is) {
    case 'untried':
      if (before?.standing.is === 'failed') return owedAt;
      return afterMs === null ? null : plus(owedAt, afterMs);
    case 'under-way':
      return standing.until;
    case 'failed':
      return standing.retryAt;
    case 'reached':
      return null;
  }
}

function standingOf(attempts: readonly PageAttempt[], now: Date): Standing {
  const last = attempts.at(-1);
  if (last === undefined) return { is: 'untried' };
  if (last.state === 'sending') {
    const until = plus(last.at, attemptLastsMs);
    // Whoever made it is gone. It is made again, and does not count: nobody knows what came of it.
    return until > now ? { is: 'under-way', until } : { is: 'untried' };
  }
  if (last.state !== 'failed') return { is: 'reached' };
  const failures = attempts.filter(({ state }) => state === 'failed').length;
  const pauseMs = last.permanent ? undefined : retryPausesMs[failures - 1];
  return { is: 'failed', retryAt: pauseMs === undefined ? null : plus(last.at, pauseMs * (1 + jitterOf(last) / 2)) };
}

/** From 0 to below 1: the same for the same attempt however often it is asked for, and spread evenly over attempts (FNV-1a). */
function jitterOf({ contactMethodId, at }: PageAttempt): number {
  let hash = 0x811c9dc5;
  for (const character of contactMethodId + at.getTime()) {
    hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193);
  }
  return (hash >>> 0) / 2 ** 32;
}

function plus(instant: Date, ms: number): Date {
  return new Date(instant.getTime() + ms);
}
