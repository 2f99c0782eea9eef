import { loadDeskConfig } from '../../platform/index.js';
import { watchKinds, type WatchKind } from '../domain/roster-watch.js';
import { DeskRules } from './desk-rules.js';

/** How far ahead the watch looks, and when it tells whom of what. */
export interface WatchConfig {
  aheadMs: number;
  leadsMs: readonly number[];
  lookAgainAfterMs: number;
  tellOf: ReadonlySet<WatchKind>;
}

interface WatchFile {
  ahead: string;
  tell: string[];
  lookAgainAfter: string;
  tellOf: WatchKind[];
}

const furthestMs = 90 * 86_400_000;
const soonestAgainMs = 600_000;

const schema = {
  type: 'object',
  additionalProperties: false,
  required: ['ahead', 'tell', 'lookAgainAfter', 'tellOf'],
  properties: {
    ahead: { type: 'string' },
    tell: { type: 'array', minItems: 1, maxItems: 10, items: { type: 'string' } },
    lookAgainAfter: { type: 'string' },
    tellOf: { type: 'array', uniqueItems: true, items: { enum: [...watchKinds] } },
  },
};

/** Reads `config/roster-watch.yaml`. Throws `InvalidDeskConfig` when it cannot be used. */
export function loadWatchConfig(folder?: string): WatchConfig {
  const file = loadDeskConfig<WatchFile>('roster-watch', schema, folder);
  const rules = new DeskRules('roster-watch');
  const aheadMs = rules.duration('/ahead', file.ahead);
  const lookAgainAfterMs = rules.duration('/lookAgainAfter', file.lookAgainAfter);
  if (aheadMs === 0 || aheadMs > furthestMs) throw rules.fault('/ahead', 'must be more than nothing and at most P90D');
  if (lookAgainAfterMs < soonestAgainMs) throw rules.fault('/lookAgainAfter', 'must be at least PT10M');
  return {
    aheadMs,
    lookAgainAfterMs,
    leadsMs: file.tell.map((lead, index) => rules.duration(`/tell/${index}`, lead)),
    tellOf: new Set(file.tellOf),
  };
}
