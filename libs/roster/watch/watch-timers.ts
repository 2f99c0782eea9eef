/** Looks for gaps and thin spots ahead. There is one for the whole desk. */
export const watchTimer = 'roster-watch';

/**
 * Has the watch look soon after a change. It is a timer of its own, so that a change never waits for a look that is
 * going on and holds the other one.
 */
export const rosterChangedTimer = 'roster-changed';

/** What both timers are about: the roster as a whole. */
export const wholeRoster = '00000000-0000-7000-8000-000000001420';

const slotMs = 2_000;

/**
 * When the watch looks after a change at this moment: at the end of its two seconds, so that many changes at once are
 * looked at once, and changes that never cease do not put it off for ever.
 */
export function lookAfterChangeAt(changedAt: Date): Date {
  return new Date((Math.floor(changedAt.getTime() / slotMs) + 1) * slotMs);
}
