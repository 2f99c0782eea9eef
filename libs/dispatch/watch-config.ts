import { SEVERITY_LEVELS, type SeverityLevel } from '../cases/index.js';
import { durationMs, InvalidDeskConfig, loadDeskConfig } from '../platform/index.js';
import type { LeaseRules } from './domain/lease.js';

/** How a desk watches over its tickets and over itself. */
export interface WatchConfig {
  /** How long after a page whoever was asked to answer, and has not, is paged again. */
  answersRepeatMs: number;
  lease: LeaseRules;
  heartbeat: {
    everyMs: number;
    /** How late something may be before the sign of life is withheld. */
    toleranceMs: number;
  };
}

interface WatchFile {
  answers: { repeatEvery: string };
  lease: { askFrom: number; answerWithin: Record<SeverityLevel, string> };
  heartbeat: { every: string; tolerance: string };
}

const duration = { type: 'string' };

function exactly(properties: Record<string, object>): object {
  return { type: 'object', additionalProperties: false, required: Object.keys(properties), properties };
}

const schema = exactly({
  answers: exactly({ repeatEvery: duration }),
  lease: exactly({
    askFrom: { type: 'number', minimum: 0, exclusiveMaximum: 1 },
    answerWithin: exactly(Object.fromEntries(SEVERITY_LEVELS.map((level) => [level, duration]))),
  }),
  heartbeat: exactly({ every: duration, tolerance: duration }),
});

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

/** Reads `config/watch.yaml`. Throws `InvalidDeskConfig` when it cannot be used. */
export function loadWatchConfig(folder?: string): WatchConfig {
  const { answers, lease, heartbeat } = loadDeskConfig<WatchFile>('watch', schema, folder);
  const answerWithin = SEVERITY_LEVELS.map((level): [SeverityLevel, number] => [
    level,
    within(minute, 24 * hour, `lease/answerWithin/${level}`, lease.answerWithin[level]),
  ]);
  return {
    answersRepeatMs: within(30 * second, hour, 'answers/repeatEvery', answers.repeatEvery),
    lease: {
      askFrom: lease.askFrom,
      answerWithinMs: Object.fromEntries(answerWithin),
    },
    heartbeat: {
      everyMs: within(10 * second, hour, 'heartbeat/every', heartbeat.every),
      toleranceMs: within(5 * second, 10 * minute, 'heartbeat/tolerance', heartbeat.tolerance),
    },
  };
}

function within(leastMs: number, mostMs: number, name: string, text: string): number {
  const ms = lengthOf(name, text);
  if (ms >= leastMs && ms <= mostMs) return ms;
  throw new InvalidDeskConfig(`watch.yaml: /${name} must be from ${leastMs / second} s to ${mostMs / second} s`);
}

function lengthOf(name: string, text: string): number {
  try {
    return durationMs(text);
  } catch {
    throw new InvalidDeskConfig(`watch.yaml: /${name} is no ISO 8601 duration of fixed length: ${text}`);
  }
}
