import { InvalidDeskConfig, loadDeskConfig } from '../platform/index.js';
import type { MatchingRules, MatchingWeights } from './domain/matching.js';
import type { NightHours } from './domain/nights.js';
import { parseTimeOfDay } from './domain/wall-clock.js';

/** What a desk may set about its matching. */
export interface MatchingConfig extends MatchingRules {
  night: NightHours;
}

const pointNames: (keyof MatchingWeights)[] = [
  'skills',
  'skillLevelAbove',
  'languages',
  'country',
  'mandate',
  'onCall',
  'onCallUrgent',
  'freeCapacity',
  'previousCase',
  'awake',
  'recentNight',
  'alreadyPaged',
];

const schema = {
  type: 'object',
  additionalProperties: false,
  required: ['points', 'mandateRequiredIn', 'night'],
  properties: {
    points: {
      type: 'object',
      additionalProperties: false,
      required: pointNames,
      properties: Object.fromEntries(pointNames.map((name) => [name, { type: 'number' }])),
    },
    mandateRequiredIn: { type: 'array', items: { type: 'string', pattern: '^[A-Z]{2}$' } },
    night: {
      type: 'object',
      additionalProperties: false,
      required: ['from', 'to'],
      properties: { from: { type: 'string' }, to: { type: 'string' } },
    },
  },
};

/** Reads `config/matching.yaml`. Throws `InvalidDeskConfig` when it cannot be used. */
export function loadMatchingConfig(folder?: string): MatchingConfig {
  const config = loadDeskConfig<MatchingConfig>('matching', schema, folder);
  for (const name of ['from', 'to'] as const) {
    if (parseTimeOfDay(config.night[name]) === null)
      throw new InvalidDeskConfig(`matching.yaml: /night/${name} is no time of day (HH:mm): ${config.night[name]}`);
  }
  return config;
}
