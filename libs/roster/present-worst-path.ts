import { isoDuration } from '../platform/index.js';
import type { WorstPath } from './domain/worst-path.js';
import type { WorstPathDto } from './worst-path.dto.js';

const mostPeopleShown = 50;

/** A worst path as the API shows it. */
export function presentWorstPath({ steps, lastResort, silences }: WorstPath): WorstPathDto {
  return {
    steps: steps.map(({ step, afterMs, reached, weaknesses }) => ({
      step,
      after: isoDuration(afterMs),
      reached,
      weaknesses: weaknesses.map(({ detail }) => detail),
    })),
    lastResort: lastResort && {
      kind: lastResort.kind,
      responderIds: lastResort.responderIds.slice(0, mostPeopleShown),
      after: isoDuration(lastResort.afterMs),
    },
    silences,
  };
}
