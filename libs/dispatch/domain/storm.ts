/** What the tickets of a storm have in common, the most telling first. A source is a system that reports. */
export const stormCauses = ['ransom-family', 'provider', 'source', 'product', 'classification'] as const;

export type StormCause = (typeof stormCauses)[number];

/** From how many tickets on one cause is a storm. */
export interface StormThresholds {
  /** Of one provider. */
  sameProvider: number;
  /** Of whatever else they have in common. */
  sameCause: number;
}

/** Something that a ticket has in common with recent ones, and with how many, itself included. */
export interface SharedCause {
  cause: StormCause;
  value: string;
  tickets: number;
}

/** A storm that is not over, and is about something that the ticket has too. */
export interface LiveStorm {
  id: string;
  cause: StormCause;
}

/** What a new ticket means: it stands alone, belongs to a storm that is known, or shows that there is one. */
export type StormDecision =
  { kind: 'none' } | { kind: 'join'; stormId: string } | { kind: 'begin'; cause: StormCause; value: string };

/**
 * Whether a ticket is part of a storm. A storm that is known comes first, since its tickets are being handled together already; then
 * the most telling cause that enough tickets share. Among equals the value decides, so that every process decides alike.
 */
export function decideStorm(
  shared: readonly SharedCause[],
  live: readonly LiveStorm[],
  thresholds: StormThresholds,
): StormDecision {
  const [known] = [...live].sort((a, b) => rank(a.cause) - rank(b.cause) || inOrder(a.id, b.id));
  if (known) return { kind: 'join', stormId: known.id };
  const [found] = shared
    .filter(({ cause, tickets }) => tickets >= thresholdOf(cause, thresholds))
    .sort((a, b) => rank(a.cause) - rank(b.cause) || inOrder(a.value, b.value));
  return found ? { kind: 'begin', cause: found.cause, value: found.value } : { kind: 'none' };
}

/** Whether a storm is worth telling of again: it has doubled since it was last told of. */
export function hasGrown(tickets: number, toldTickets: number): boolean {
  return tickets >= 2 * toldTickets;
}

function thresholdOf(cause: StormCause, { sameProvider, sameCause }: StormThresholds): number {
  return cause === 'provider' ? sameProvider : sameCause;
}

function rank(cause: StormCause): number {
  return stormCauses.indexOf(cause);
}

function inOrder(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
