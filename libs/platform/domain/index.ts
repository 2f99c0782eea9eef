export { durationMs, isoDuration } from './duration.js';
export { wallTime } from './wall-time.js';
