import { Temporal } from 'temporal-polyfill';
import type { NotificationRule } from './notification-schedule.js';
import type { SeverityLevel } from './severity-level.js';

/** One fault in a list of rules: where it is (RFC 6901) and what is wrong. */
export interface RuleFault {
  pointer: string;
  detail: string;
}

const levels: readonly SeverityLevel[] = ['SEV1', 'SEV2', 'SEV3', 'SEV4'];
const members = ['severity', 'contactMethodId', 'after'];
const mostRules = 50;

/** The longest delay of a rule: escalation is what reaches for others, so a page does not lie for hours. */
export const longestDelayMs = 60 * 60_000;

/**
 * Reads the rules that a responder wants to have: a list of `{ severity, contactMethodId, after }`. Answers the rules, or every
 * fault at once. A method may be named once for each severity, and only if it is one of `known`.
 */
export function readNotificationRules(
  input: unknown,
  known: ReadonlySet<string>,
): { rules: NotificationRule[] } | { faults: RuleFault[] } {
  if (!Array.isArray(input)) return { faults: [{ pointer: '', detail: 'must be a list of rules' }] };
  if (input.length > mostRules) return { faults: [{ pointer: '', detail: `must have at most ${mostRules} rules` }] };
  const read = input.map((rule: unknown, index) => readRule(rule, `/${index}`, known));
  const faults = read.flatMap((rule) => ('faults' in rule ? rule.faults : []));
  if (faults.length > 0) return { faults };
  const rules = read.flatMap((rule) => ('rule' in rule ? [rule.rule] : []));
  const repeated = repetitions(rules);
  return repeated.length > 0 ? { faults: repeated } : { rules };
}

function readRule(
  input: unknown,
  pointer: string,
  known: ReadonlySet<string>,
): { rule: NotificationRule } | { faults: RuleFault[] } {
  if (!isObject(input)) return { faults: [{ pointer, detail: 'must be an object' }] };
  const faults: RuleFault[] = Object.keys(input)
    .filter((name) => !members.includes(name))
    .map((name) => ({ pointer: `${pointer}/${escaped(name)}`, detail: 'is not a known field' }));
  const { severity, contactMethodId, after } = input;
  if (!isSeverities(severity)) {
    faults.push({ pointer: `${pointer}/severity`, detail: `must be a list of ${levels.join(', ')}, each once` });
  }
  if (typeof contactMethodId !== 'string' || !known.has(contactMethodId)) {
    faults.push({ pointer: `${pointer}/contactMethodId`, detail: 'must be a contact method of this responder' });
  }
  const afterMs = after === undefined ? 0 : delayMs(after);
  if (afterMs === null) {
    faults.push({ pointer: `${pointer}/after`, detail: 'must be an ISO 8601 duration from PT0S to PT1H' });
  }
  if (faults.length > 0 || !isSeverities(severity) || afterMs === null) return { faults };
  return { rule: { severities: severity, contactMethodId: String(contactMethodId), afterMs } };
}

function repetitions(rules: readonly NotificationRule[]): RuleFault[] {
  const named = new Set<string>();
  return rules.flatMap(({ severities, contactMethodId }, index) => {
    const again = severities.filter((severity) => named.has(`${severity} ${contactMethodId}`));
    for (const severity of severities) named.add(`${severity} ${contactMethodId}`);
    if (again.length === 0) return [];
    return [{ pointer: `/${index}/contactMethodId`, detail: `is named twice for ${again.join(', ')}` }];
  });
}

function isSeverities(value: unknown): value is SeverityLevel[] {
  if (!Array.isArray(value) || value.length === 0 || new Set(value).size !== value.length) return false;
  return value.every((level) => (levels as readonly unknown[]).includes(level));
}

function delayMs(value: unknown): number | null {
  if (typeof value !== 'string' || value.length > 40) return null;
  try {
    const ms = Temporal.Duration.from(value).total('milliseconds');
    return Number.isInteger(ms) && ms >= 0 && ms <= longestDelayMs ? ms : null;
  } catch {
    // Not a duration, or one of months and years, whose length depends on when they begin.
    return null;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function escaped(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
