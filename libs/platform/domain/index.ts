export { durationMs, isoDuration } from './duration.js';
