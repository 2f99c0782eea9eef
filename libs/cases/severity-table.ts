import { loadDeskConfig } from '../platform/index.js';
import { SEVERITY_LEVELS, type SeverityTable } from './domain/severity.js';
import { SEVERITY_CONDITION_NAMES } from './domain/severity-conditions.js';

const level = { enum: [...SEVERITY_LEVELS] };
const reason = { type: 'string', minLength: 1 };

const schema = {
  type: 'object',
  additionalProperties: false,
  required: ['id', 'version', 'levels', 'unspecified'],
  properties: {
    id: { type: 'string', minLength: 1 },
    version: { type: 'integer', minimum: 1 },
    unspecified: {
      type: 'object',
      additionalProperties: false,
      required: ['level', 'reason'],
      properties: { level, reason },
    },
    levels: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['level', 'anyOf'],
        properties: {
          level,
          anyOf: {
            type: 'array',
            items: {
              type: 'object',
              additionalProperties: false,
              required: ['id', 'reason', 'when'],
              properties: {
                id: reason,
                reason,
                when: { type: 'object', minProperties: 1, propertyNames: { enum: [...SEVERITY_CONDITION_NAMES] } },
              },
            },
          },
        },
      },
    },
  },
};

/** Reads `config/severity.yaml`. A rule with a mistyped condition would never apply, so it stops the start. */
export function loadSeverityTable(): SeverityTable {
  return loadDeskConfig<SeverityTable>('severity', schema);
}
