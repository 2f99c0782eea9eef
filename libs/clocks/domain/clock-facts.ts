import {
  SERVICE_CLOCK_NAMES,
  targetMs,
  type ServiceClockFact,
  type ServiceClockName,
  type ServiceClockPolicy,
  type ServiceClockSeverity,
} from './service-clock-policy.js';
import { startClock } from './service-clock.js';
import type { ServiceClockChange, ServiceClockState } from './service-clock-state.js';

/** What is known of a clock of the same case. */
export interface KnownClock extends ServiceClockState {
  name: ServiceClockName;
  service: string | null;
}

/** A fact of a case: what, when, and about which service where it is about one. */
export interface CaseFact {
  fact: ServiceClockFact;
  at: Date;
  service: string | null;
}

/** The open clocks that a fact stops. */
export function clocksStoppedBy<Clock extends KnownClock>(
  { fact, service }: CaseFact,
  clocks: Clock[],
  policy: ServiceClockPolicy,
): Clock[] {
  return clocks.filter(
    (clock) =>
      isOpen(clock) &&
      policy.clocks[clock.name].stoppedBy.includes(fact) &&
      (clock.service === null || clock.service === service),
  );
}

/**
 * The clocks that a fact starts at a severity. One that is open is not started beside itself; one that has ended is
 * started again only where it repeats, or counts for a service, which can go down again.
 */
export function clocksStartedBy(
  { fact, at, service }: CaseFact,
  clocks: KnownClock[],
  severity: ServiceClockSeverity,
  policy: ServiceClockPolicy,
  now: Date,
): (ServiceClockChange & { name: ServiceClockName })[] {
  return SERVICE_CLOCK_NAMES.filter((name) => policy.clocks[name].startedBy.includes(fact)).flatMap((name) => {
    const rule = policy.clocks[name];
    const target = targetMs(policy, name, severity);
    const same = clocks.filter((clock) => clock.name === name && clock.service === service);
    const mayStart = same.every((clock) => !isOpen(clock) && (rule.repeats || service !== null));
    if (target === null || !mayStart) return [];
    return [
      { name, ...startClock({ startedAt: at, targetMs: target, warnAt: policy.warnAt, pausable: rule.pausable }, now) },
    ];
  });
}

function isOpen(clock: ServiceClockState): boolean {
  return clock.state !== 'met' && clock.state !== 'cancelled';
}
