import { shiftTakenOver } from '../roster/index.js';

/** The queue by which dispatch hears of what happened. */
export const dispatchQueue = 'dispatch';

/** What dispatch hears of. */
export const dispatchEvents = [
  'ticket.opened',
  'ticket.released',
  'ticket.reopened',
  'ticket.unmerged',
  'ticket.severity-changed',
  'ticket.resolved',
  'ticket.rejected',
  'ticket.merged',
  'page.failed',
  'ticket.responded',
  'ticket.update-posted',
  'clock.warning',
  'clock.breached',
  shiftTakenOver,
];
