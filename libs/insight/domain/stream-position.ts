/** Where a listener stands in the journal: the transaction and the entry that it has seen last. */
export interface StreamPosition {
  /** The 64-bit transaction id by which settled entries are ordered. */
  xid: bigint;
  sequence: bigint;
}

const lastSequence = 9_223_372_036_854_775_807n;

/** The position by which everything of transactions before `horizon` has been seen, and nothing after. */
export function justBefore(horizon: bigint): StreamPosition {
  return { xid: horizon - 1n, sequence: lastSequence };
}

/** Whether it lies between transactions, where no entry is. */
export function isBetweenTransactions(position: StreamPosition): boolean {
  return position.sequence === lastSequence;
}

/** Whether the first position lies beyond the second. */
export function isBeyond(one: StreamPosition, other: StreamPosition): boolean {
  return one.xid > other.xid || (one.xid === other.xid && one.sequence > other.sequence);
}

/** The position as an event's id. */
export function formatPosition({ xid, sequence }: StreamPosition): string {
  return `${xid}-${sequence}`;
}

/** Reads an event's id; null when it is none of ours. */
export function parsePosition(text: string): StreamPosition | null {
  const match = /^(\d{1,19})-(\d{1,19})$/.exec(text);
  if (!match?.[1] || !match[2]) return null;
  const position = { xid: BigInt(match[1]), sequence: BigInt(match[2]) };
  return position.sequence <= lastSequence ? position : null;
}
