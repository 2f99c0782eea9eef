export { durationMs, isoDuration } from './duration.js';
export { escapeHtml, smallPage } from './html.js';
