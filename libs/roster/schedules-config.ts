import { durationMs, InvalidDeskConfig, loadDeskConfig } from '../platform/index.js';

/** What a desk may set about editing schedules. */
export interface SchedulesConfig {
  /** How far ahead people are told that their shifts have moved. */
  tellAheadMs: number;
  /** How soon a shift must begin for whoever gains it to be asked. */
  askWithinMs: number;
}

interface SchedulesFile {
  edited: { tellAhead: string; askWithin: string };
}

const furthestMs = 90 * 86_400_000;

const schema = {
  type: 'object',
  additionalProperties: false,
  required: ['edited'],
  properties: {
    edited: {
      type: 'object',
      additionalProperties: false,
      required: ['tellAhead', 'askWithin'],
      properties: { tellAhead: { type: 'string' }, askWithin: { type: 'string' } },
    },
  },
};

/** Reads `config/schedules.yaml`. Throws `InvalidDeskConfig` when it cannot be used. */
export function loadSchedulesConfig(folder?: string): SchedulesConfig {
  const { edited } = loadDeskConfig<SchedulesFile>('schedules', schema, folder);
  const tellAheadMs = between0And(furthestMs, 'tellAhead', edited.tellAhead);
  return { tellAheadMs, askWithinMs: between0And(tellAheadMs, 'askWithin', edited.askWithin) };
}

function between0And(mostMs: number, name: string, duration: string): number {
  const ms = lengthOf(name, duration);
  if (ms < 0 || ms > mostMs)
    throw new InvalidDeskConfig(`schedules.yaml: /edited/${name} must be from 0 to ${mostMs / 3_600_000} h`);
  return ms;
}

function lengthOf(name: string, duration: string): number {
  try {
    return durationMs(duration);
  } catch {
    throw new InvalidDeskConfig(`schedules.yaml: /edited/${name} is no ISO 8601 duration of fixed length: ${duration}`);
  }
}
