import type { TicketFacts } from './ticket.js';

/**
 * Why one ticket cannot be merged into another; null when it can. A merge is a link that can be undone; each report stays
 * whole. Both must be of one provider: what several have in common is a campaign, and one provider must not see another's.
 */
export function mergeFault(from: TicketFacts, into: TicketFacts): string | null {
  if (from.id === into.id) return 'A ticket cannot be merged into itself.';
  if (into.state === 'merged') return 'The other ticket is merged itself: name the one that it was merged into.';
  if (into.state !== 'open' && into.state !== 'claimed') return `The other ticket is ${into.state}: reopen it first.`;
  if (from.providerId !== into.providerId) return 'The tickets are of different providers.';
  if (from.exercise !== into.exercise) return 'One of them is an exercise and the other is not.';
  return null;
}
