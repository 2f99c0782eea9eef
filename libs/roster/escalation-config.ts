import { durationMs, InvalidDeskConfig, loadDeskConfig } from '../platform/index.js';

/** How a desk puts its escalation policies to the test. */
export interface EscalationConfig {
  /** How far ahead the schedules of a policy are looked at. */
  lookAheadMs: number;
  /** How often every policy is put to the test again. */
  testEveryMs: number;
}

interface EscalationFile {
  lookAhead: string;
  testEvery: string;
}

const millisecondsPerDay = 86_400_000;
const schema = {
  type: 'object',
  additionalProperties: false,
  required: ['lookAhead', 'testEvery'],
  properties: { lookAhead: { type: 'string' }, testEvery: { type: 'string' } },
};

/** Reads `config/escalation.yaml`. Throws `InvalidDeskConfig` when it cannot be used. */
export function loadEscalationConfig(folder?: string): EscalationConfig {
  const { lookAhead, testEvery } = loadDeskConfig<EscalationFile>('escalation', schema, folder);
  return {
    lookAheadMs: within(millisecondsPerDay, 92 * millisecondsPerDay, 'lookAhead', lookAhead),
    testEveryMs: within(30_000, millisecondsPerDay, 'testEvery', testEvery),
  };
}

function within(leastMs: number, mostMs: number, name: string, duration: string): number {
  const ms = lengthOf(name, duration);
  if (ms >= leastMs && ms <= mostMs) return ms;
  throw new InvalidDeskConfig(`escalation.yaml: /${name} must be from ${leastMs / 1_000} s to ${mostMs / 1_000} s`);
}

function lengthOf(name: string, duration: string): number {
  try {
    return durationMs(duration);
  } catch {
    throw new InvalidDeskConfig(`escalation.yaml: /${name} is no ISO 8601 duration of fixed length: ${duration}`);
  }
}
