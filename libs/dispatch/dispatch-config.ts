import { durationMs, InvalidDeskConfig, loadDeskConfig } from '../platform/index.js';

/** What a desk may set about its paging. */
export interface DispatchConfig {
  /** How long to wait before everybody is paged again. */
  exhaustedRepeatMs: number;
  /** Where no policy is for a ticket: how many of those on call are asked first, and how long to wait for them. */
  withoutPolicy: { bestFit: number; waitMs: number };
}

interface DispatchFile {
  exhaustedRepeat: string;
  withoutPolicy: { bestFit: number; thenWait: string };
}

/** Paging everybody more often than that keeps them from answering. */
const shortestRepeatMs = 30_000;

const schema = {
  type: 'object',
  additionalProperties: false,
  required: ['exhaustedRepeat', 'withoutPolicy'],
  properties: {
    exhaustedRepeat: { type: 'string' },
    withoutPolicy: {
      type: 'object',
      additionalProperties: false,
      required: ['bestFit', 'thenWait'],
      properties: { bestFit: { type: 'integer', minimum: 1 }, thenWait: { type: 'string' } },
    },
  },
};

/** Reads `config/dispatch.yaml`. Throws `InvalidDeskConfig` when it cannot be used. */
export function loadDispatchConfig(folder?: string): DispatchConfig {
  const { exhaustedRepeat, withoutPolicy } = loadDeskConfig<DispatchFile>('dispatch', schema, folder);
  return {
    exhaustedRepeatMs: atLeast(shortestRepeatMs, 'exhaustedRepeat', exhaustedRepeat),
    withoutPolicy: {
      bestFit: withoutPolicy.bestFit,
      waitMs: atLeast(0, 'withoutPolicy/thenWait', withoutPolicy.thenWait),
    },
  };
}

function atLeast(leastMs: number, name: string, duration: string): number {
  const ms = lengthOf(name, duration);
  if (ms < leastMs) throw new InvalidDeskConfig(`dispatch.yaml: /${name} is shorter than ${leastMs / 1_000} s`);
  return ms;
}

function lengthOf(name: string, duration: string): number {
  try {
    return durationMs(duration);
  } catch {
    throw new InvalidDeskConfig(`dispatch.yaml: /${name} is no ISO 8601 duration of fixed length: ${duration}`);
  }
}
