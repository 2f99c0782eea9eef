import type { SeverityLevel } from './severity-level.js';

/** A verified way to reach a responder. */
export interface ReachableMethod {
  id: string;
  /** The responder's own order, the smallest first. */
  position: number;
}

/** A wish of the responder: for these severities, use this method so long after the page was owed. */
export interface NotificationRule {
  severities: readonly SeverityLevel[];
  contactMethodId: string;
  afterMs: number;
}

/** When a method has its turn. */
export interface ScheduledMethod {
  methodId: string;
  /** Milliseconds after the page was owed; null: only when the one before it has failed. */
  afterMs: number | null;
}

/** Severities that wake by every way at once, where the responder has not said otherwise. */
const allAtOnce: readonly SeverityLevel[] = ['SEV1', 'SEV2'];

/** Otherwise one way after the other, so far apart. */
const defaultIntervalMs = 2 * 60_000;

/**
 * The order in which a responder is to be reached about a page of this severity: by their rules for it, the earliest first,
 * and then by the methods that no rule names. That cannot be switched off: at SEV1 and SEV2 these follow by themselves while the
 * page is not answered, at SEV3 and SEV4 should the others fail. Where no rule names a method that works, the desk's default
 * holds: a rule may delay a page, never lose it.
 */
export function scheduleMethods(
  severity: SeverityLevel,
  methods: readonly ReachableMethod[],
  rules: readonly NotificationRule[],
): ScheduledMethod[] {
  const ordered = [...methods].sort((one, other) => one.position - other.position || (one.id < other.id ? -1 : 1));
  const ruled = ruledMethods(severity, ordered, rules);
  if (ruled.length === 0) return defaultSchedule(severity, ordered);
  const named = new Set(ruled.map(({ methodId }) => methodId));
  const others = ordered.filter(({ id }) => !named.has(id));
  const lastMs = ruled.at(-1)?.afterMs ?? 0;
  const fallback = others.map(({ id }, index) => {
    return { methodId: id, afterMs: allAtOnce.includes(severity) ? lastMs + (index + 1) * defaultIntervalMs : null };
  });
  return [...ruled, ...fallback];
}

function ruledMethods(
  severity: SeverityLevel,
  methods: readonly ReachableMethod[],
  rules: readonly NotificationRule[],
): { methodId: string; afterMs: number }[] {
  const earliest = new Map<string, number>();
  for (const { severities, contactMethodId, afterMs } of rules) {
    if (!severities.includes(severity) || !methods.some(({ id }) => id === contactMethodId)) continue;
    earliest.set(contactMethodId, Math.min(afterMs, earliest.get(contactMethodId) ?? Infinity));
  }
  // The sort is stable: what is due together keeps the order of the rules.
  return [...earliest]
    .map(([methodId, afterMs]) => ({ methodId, afterMs }))
    .sort((one, other) => one.afterMs - other.afterMs);
}

function defaultSchedule(severity: SeverityLevel, methods: readonly ReachableMethod[]): ScheduledMethod[] {
  const intervalMs = allAtOnce.includes(severity) ? 0 : defaultIntervalMs;
  return methods.map(({ id }, index) => ({ methodId: id, afterMs: index * intervalMs }));
}
