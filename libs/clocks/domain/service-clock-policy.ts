import { durationMs } from '../../platform/domain/index.js';

/** The service clocks of a desk, by the names under which the API shows them. */
export const SERVICE_CLOCK_NAMES = [
  'claim',
  'first-response',
  'next-update',
  'containment',
  'clinical-restoration',
  'review',
] as const;

/** One of {@link SERVICE_CLOCK_NAMES}. */
export type ServiceClockName = (typeof SERVICE_CLOCK_NAMES)[number];

/** The severities for which a policy sets targets, the gravest first. */
export type ServiceClockSeverity = 'SEV1' | 'SEV2' | 'SEV3' | 'SEV4';

/** A fact about a ticket or an incident that starts or stops service clocks. */
export type ServiceClockFact =
  | 'ticket-opened'
  | 'ticket-claimed'
  | 'provider-contacted'
  | 'provider-updated'
  | 'incident-contained'
  | 'service-down'
  | 'service-restored'
  | 'recovery-complete'
  | 'review-published';

/** What a policy says about one clock. */
export interface ServiceClockRule {
  /** What people read: "Ticket claimed". */
  label: string;
  /** Whether a person may pause it for one of the policy's reasons. */
  pausable: boolean;
  /** Whether the fact that stops it starts the next one, until the ticket is resolved. */
  repeats: boolean;
  /** Any of these facts starts the clock. */
  startedBy: ServiceClockFact[];
  /** Any of these facts, after the start, meets it. */
  stoppedBy: ServiceClockFact[];
  /** ISO 8601 durations without years and months; `null` where a severity has no such target. */
  targets: Record<ServiceClockSeverity, string | null>;
}

/**
 * The targets that a desk promises, as `config/service-clocks.yaml` holds them.
 *
 * A clock keeps the version with which it started, unless the severity changes; so a new version is a new policy.
 */
export interface ServiceClockPolicy {
  id: string;
  version: number;
  /** Fractions of the target, between 0 and 1, at which a warning is due. */
  warnAt: number[];
  /** The only reasons for which a clock may be paused. */
  pauseReasons: string[];
  clocks: Record<ServiceClockName, ServiceClockRule>;
}

/**
 * The target of a clock at a severity, in milliseconds of elapsed time; `null` where the policy sets none.
 *
 * @throws RangeError when the policy holds a target that is no elapsed ISO 8601 duration.
 */
export function targetMs(
  policy: ServiceClockPolicy,
  name: ServiceClockName,
  severity: ServiceClockSeverity,
): number | null {
  const target = policy.clocks[name].targets[severity];
  return target === null ? null : durationMs(target);
}
