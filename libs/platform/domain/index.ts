export { durationMs, isoDuration } from './duration.js';
export { escapeHtml, smallPage } from './html.js';
export { wallTime } from './wall-time.js';
