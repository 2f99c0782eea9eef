import { durationMs, loadDeskConfig } from '../platform/index.js';

const schema = {
  type: 'object',
  additionalProperties: false,
  required: ['exhaustedRepeat'],
  properties: { exhaustedRepeat: { type: 'string' } },
};

/** Reads `config/dispatch.yaml`. */
export function loadDispatchConfig(): { exhaustedRepeatMs: number } {
  const { exhaustedRepeat } = loadDeskConfig<{ exhaustedRepeat: string }>('dispatch', schema);
  return { exhaustedRepeatMs: durationMs(exhaustedRepeat) };
}
