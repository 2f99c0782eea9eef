import type { StormThresholds } from './domain/storm.js';
import { durationMs, InvalidDeskConfig, loadDeskConfig } from '../platform/index.js';

/** What a desk may set about its paging. */
export interface DispatchConfig {
  /** How long to wait before everybody is paged again. */
  exhaustedRepeatMs: number;
  /** Where no policy is for a ticket: how many of those on call are asked first, and how long to wait for them. */
  withoutPolicy: { bestFit: number; waitMs: number };
  storm: StormConfig;
}

/** When many tickets of one cause are a storm, and how they are paged. */
export interface StormConfig extends StormThresholds {
  /** Tickets of one cause count together for so long; a storm is over when none has come for so long. */
  withinMs: number;
  /** How long one person's pages are gathered after a message about the storm, at first and, doubled each time, at most. SEV1 apart. */
  bundleFromMs: number;
  bundleUpToMs: number;
  /** How often a growing storm is told of at most. */
  tellEveryMs: number;
}

interface DispatchFile {
  exhaustedRepeat: string;
  withoutPolicy: { bestFit: number; thenWait: string };
  storm: {
    within: string;
    sameProvider: number;
    sameCause: number;
    bundleFrom: string;
    bundleUpTo: string;
    tellEvery: string;
  };
}

/** Paging everybody more often than that keeps them from answering. */
const shortestRepeatMs = 30_000;

/** A page that waits longer for its bundle would come after the claim clock of a SEV2 has begun to warn. */
const longestBundleMs = 120_000;

const schema = {
  type: 'object',
  additionalProperties: false,
  required: ['exhaustedRepeat', 'withoutPolicy', 'storm'],
  properties: {
    exhaustedRepeat: { type: 'string' },
    withoutPolicy: {
      type: 'object',
      additionalProperties: false,
      required: ['bestFit', 'thenWait'],
      properties: { bestFit: { type: 'integer', minimum: 1 }, thenWait: { type: 'string' } },
    },
    storm: {
      type: 'object',
      additionalProperties: false,
      required: ['within', 'sameProvider', 'sameCause', 'bundleFrom', 'bundleUpTo', 'tellEvery'],
      properties: {
        within: { type: 'string' },
        sameProvider: { type: 'integer', minimum: 2 },
        sameCause: { type: 'integer', minimum: 2 },
        bundleFrom: { type: 'string' },
        bundleUpTo: { type: 'string' },
        tellEvery: { type: 'string' },
      },
    },
  },
};

/** Reads `config/dispatch.yaml`. Throws `InvalidDeskConfig` when it cannot be used. */
export function loadDispatchConfig(folder?: string): DispatchConfig {
  const { exhaustedRepeat, withoutPolicy, storm } = loadDeskConfig<DispatchFile>('dispatch', schema, folder);
  return {
    exhaustedRepeatMs: atLeast(shortestRepeatMs, 'exhaustedRepeat', exhaustedRepeat),
    withoutPolicy: {
      bestFit: withoutPolicy.bestFit,
      waitMs: atLeast(0, 'withoutPolicy/thenWait', withoutPolicy.thenWait),
    },
    storm: {
      sameProvider: storm.sameProvider,
      sameCause: storm.sameCause,
      withinMs: atLeast(1_000, 'storm/within', storm.within),
      bundleFromMs: atLeast(0, 'storm/bundleFrom', storm.bundleFrom),
      bundleUpToMs: longestBundle(storm.bundleUpTo),
      tellEveryMs: atLeast(1_000, 'storm/tellEvery', storm.tellEvery),
    },
  };
}

function longestBundle(duration: string): number {
  const ms = atLeast(0, 'storm/bundleUpTo', duration);
  if (ms > longestBundleMs)
    throw new InvalidDeskConfig(`dispatch.yaml: /storm/bundleUpTo is longer than ${longestBundleMs / 1_000} s`);
  return ms;
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
