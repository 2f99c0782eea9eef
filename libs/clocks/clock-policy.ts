import { loadDeskConfig } from '../platform/index.js';
import { SERVICE_CLOCK_NAMES, targetMs, type ServiceClockPolicy } from './domain/service-clock-policy.js';

const severities = ['SEV1', 'SEV2', 'SEV3', 'SEV4'] as const;
const facts = [
  'ticket-opened',
  'ticket-claimed',
  'provider-contacted',
  'provider-updated',
  'incident-contained',
  'service-down',
  'service-restored',
  'recovery-complete',
  'review-published',
];
const factList = { type: 'array', items: { enum: facts }, uniqueItems: true };

const rule = {
  type: 'object',
  additionalProperties: false,
  required: ['label', 'pausable', 'repeats', 'startedBy', 'stoppedBy', 'targets'],
  properties: {
    label: { type: 'string', minLength: 1 },
    pausable: { type: 'boolean' },
    repeats: { type: 'boolean' },
    startedBy: factList,
    stoppedBy: factList,
    targets: {
      type: 'object',
      additionalProperties: false,
      required: [...severities],
      properties: Object.fromEntries(severities.map((severity) => [severity, { type: ['string', 'null'] }])),
    },
  },
};

const schema = {
  type: 'object',
  additionalProperties: false,
  required: ['id', 'version', 'warnAt', 'pauseReasons', 'clocks'],
  properties: {
    id: { type: 'string', minLength: 1 },
    version: { type: 'integer', minimum: 1 },
    warnAt: { type: 'array', items: { type: 'number', exclusiveMinimum: 0, exclusiveMaximum: 1 } },
    pauseReasons: { type: 'array', items: { type: 'string' } },
    clocks: {
      type: 'object',
      additionalProperties: false,
      required: [...SERVICE_CLOCK_NAMES],
      properties: Object.fromEntries(SERVICE_CLOCK_NAMES.map((name) => [name, rule])),
    },
  },
};

/** Reads `config/service-clocks.yaml`. Throws when it has a fault, a duration among them, so that the start fails and not an emergency. */
export function loadServiceClockPolicy(): ServiceClockPolicy {
  const policy = loadDeskConfig<ServiceClockPolicy>('service-clocks', schema);
  for (const name of SERVICE_CLOCK_NAMES) for (const severity of severities) targetMs(policy, name, severity);
  return policy;
}
