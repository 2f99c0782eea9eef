import { conditionsHold, type SeverityConditions, type SeverityFacts } from './severity-conditions.js';

/** The severities, the gravest first. */
export const SEVERITY_LEVELS = ['SEV1', 'SEV2', 'SEV3', 'SEV4'] as const;

/** One of {@link SEVERITY_LEVELS}. */
export type SeverityLevel = (typeof SEVERITY_LEVELS)[number];

/** One way for a ticket to be of a level. */
export interface SeverityRule {
  id: string;
  /** A sentence for people; `{services}` in it becomes the services that made the rule apply. */
  reason: string;
  /** All of these must hold. A rule without conditions never applies. */
  when: SeverityConditions;
}

/** How this desk rates severity, as `config/severity.yaml` holds it. */
export interface SeverityTable {
  id: string;
  version: number;
  /** The levels in order, the gravest first; a level holds when any of its rules applies. */
  levels: { level: SeverityLevel; anyOf: SeverityRule[] }[];
  /** The rating when no rule applies: nothing is known of the impact. */
  unspecified: { level: SeverityLevel; reason: string };
}

/** A level, and why. */
export interface SeverityRating {
  level: SeverityLevel;
  /** Sentences for people, at least one, in the order of the table. */
  reasons: string[];
}

/**
 * Rates the severity of a ticket: the gravest level with any rule that applies, with all reasons that apply at that
 * level; where none does, the table's rating for what is unspecified. Facts not given are never held against urgency.
 */
export function rateSeverity(facts: SeverityFacts, table: SeverityTable): SeverityRating {
  for (const { level, anyOf } of table.levels) {
    const reasons = anyOf.flatMap((rule) => reasonOf(rule, facts));
    if (reasons.length > 0) {
      return { level, reasons };
    }
  }
  return { level: table.unspecified.level, reasons: [table.unspecified.reason] };
}

/** The reason of a rule that applies, with its services filled in; nothing when it does not apply. */
function reasonOf(rule: SeverityRule, facts: SeverityFacts): string[] {
  const { holds, services } = conditionsHold(rule.when, facts);
  return holds ? [rule.reason.replace('{services}', () => services.join(', '))] : [];
}
