import { measureBoard } from './board.js';
import { measureClaims } from './claims.js';
import { measureIntake } from './intake.js';
import { measureMatching } from './matching.js';
import { measurePaging } from './paging.js';
import { measureStart } from './start.js';
import { measureStreams } from './streams.js';
import { measureTimers } from './timers.js';

const measurements: Record<string, () => Promise<void>> = {
  start: measureStart,
  intake: measureIntake,
  matching: measureMatching,
  'paging-postgres': () => measurePaging(false),
  'paging-redis': () => measurePaging(true),
  claims: measureClaims,
  timers: measureTimers,
  streams: measureStreams,
  board: measureBoard,
};

/** Measures the hot paths: all, or those named on the command line. Figures of one machine say little; the ratios do. */
const chosen = process.argv.slice(2);
for (const name of chosen.length > 0 ? chosen : Object.keys(measurements)) {
  const measure = measurements[name];
  if (!measure) {
    console.error(`There is no measurement ${name}; there are ${Object.keys(measurements).join(', ')}.`);
    process.exit(1);
  }
  await measure();
}
process.exit(0);
