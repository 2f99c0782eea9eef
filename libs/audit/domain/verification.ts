import type { Anchor } from './anchor-sample.js';
import { genesis, sealOf, type ChainedEntry } from './chain.js';

/** One seal as it is stored, with the entry that it seals; null where that entry is gone. */
export interface SealedEntry {
  number: number;
  xid: string;
  sequence: string;
  entryId: string;
  hash: Buffer;
  entry: ChainedEntry | null;
}

/** What was done to the record. */
export type FaultKind = 'altered' | 'missing-entry' | 'missing-seal' | 'broken-link' | 'truncated';

/** The first place where the record is not what was sealed. */
export interface ChainFault {
  number: number;
  entryId: string | null;
  kind: FaultKind;
  /** A sentence for the auditor. */
  detail: string;
}

/** A seal that does not fit its entry, until the next seal shows which of the two was altered. */
interface Suspect {
  seal: SealedEntry;
  recomputed: Buffer | undefined;
}

/**
 * Follows the chain from its first seal, in constant memory, and remembers the first fault only: what comes after it
 * proves nothing. Seals are given in the order of their numbers.
 */
export class ChainVerification {
  private previous: Buffer = genesis;
  private readonly anchors: Map<number, string>;
  private readonly lastAnchored: Anchor | undefined;
  private suspect: Suspect | undefined;
  private found: ChainFault | null = null;
  private last: SealedEntry | null = null;
  private count = 0;

  /** `anchors` in the order in which they were written down. */
  constructor(anchors: readonly Anchor[]) {
    // The first word on a number counts: otherwise a chain that was made anew would vouch for itself with its next anchor.
    this.anchors = new Map([...anchors].reverse().map((anchor) => [anchor.number, anchor.hash]));
    this.lastAnchored = anchors.reduce<Anchor | undefined>(
      (latest, anchor) => (latest && latest.number > anchor.number ? latest : anchor),
      undefined,
    );
  }

  /** How many seals there are. */
  get sealed(): number {
    return this.count;
  }

  /** The last seal, as it is stored. */
  get head(): SealedEntry | null {
    return this.last;
  }

  /** Takes the next seal. */
  next(seal: SealedEntry): void {
    if (this.suspect) this.settleSuspect(seal);
    if (!this.found) this.check(seal);
    this.previous = seal.hash;
    this.last = seal;
    this.count += 1;
  }

  /** Takes an entry that no seal was made for, although later ones have one. `number` is the next seal after it. */
  unsealed(number: number, entryId: string): void {
    // An earlier fault is about to be told.
    if (this.suspect) return;
    this.report({ number, entryId, kind: 'missing-seal', detail: 'An entry that lies among sealed ones has no seal.' });
  }

  /** The first fault, once all seals were given; null when there is none. */
  finish(): ChainFault | null {
    if (this.suspect) this.settleSuspect(null);
    const headNumber = this.last?.number ?? 0;
    if (!this.found && this.lastAnchored && this.lastAnchored.number > headNumber) {
      const { number } = this.lastAnchored;
      this.report({
        number,
        entryId: null,
        kind: 'truncated',
        detail: `The chain once reached seal ${number} and ends at ${headNumber}.`,
      });
    }
    return this.found;
  }

  private check(seal: SealedEntry): void {
    const { number, entryId, entry } = seal;
    const expected = (this.last?.number ?? 0) + 1;
    if (number !== expected) {
      this.report({
        number: expected,
        entryId: null,
        kind: 'missing-seal',
        detail: `Seal ${expected} is gone; the next one is ${number}.`,
      });
    } else if (!entry) {
      this.report({ number, entryId, kind: 'missing-entry', detail: 'The entry that was sealed is gone.' });
    } else if (this.last && !isAfter(seal, this.last)) {
      this.report({ number, entryId, kind: 'broken-link', detail: 'The seal stands before the one that precedes it.' });
    } else if (entry.id !== entryId) {
      this.report({ number, entryId, kind: 'altered', detail: 'Another entry stands where the sealed one was.' });
    } else {
      this.checkHash(seal, entry);
    }
  }

  private checkHash(seal: SealedEntry, entry: ChainedEntry): void {
    const { number, entryId } = seal;
    const recomputed = recompute(this.previous, entry);
    const anchored = this.anchors.get(number);
    if (!recomputed?.equals(seal.hash)) {
      this.suspect = { seal, recomputed };
    } else if (anchored !== undefined && anchored !== seal.hash.toString('hex')) {
      const detail = 'The chain is not the one whose head was written down outside the database: it was made anew.';
      this.report({ number, entryId, kind: 'broken-link', detail });
    }
  }

  /** Whether the entry or its seal was altered shows in the next seal: it was made from the true one. */
  private settleSuspect(following: SealedEntry | null): void {
    const { seal, recomputed } = this.suspect as Suspect;
    this.suspect = undefined;
    const sealWasAltered =
      recomputed !== undefined &&
      following?.entry != null &&
      following.number === seal.number + 1 &&
      recompute(recomputed, following.entry)?.equals(following.hash) === true;
    const { number, entryId } = seal;
    this.report(
      sealWasAltered
        ? { number, entryId, kind: 'broken-link', detail: 'The seal was altered: the next one was made from another.' }
        : { number, entryId, kind: 'altered', detail: 'The entry is not the one that was sealed.' },
    );
  }

  private report(fault: ChainFault): void {
    this.found ??= fault;
  }
}

/** Undefined for an entry that can never have been sealed: it holds a number that JSON does not have (`1e400`). */
function recompute(previous: Buffer, entry: ChainedEntry): Buffer | undefined {
  try {
    return sealOf(previous, entry);
  } catch {
    return undefined;
  }
}

function isAfter(one: SealedEntry, other: SealedEntry): boolean {
  const [xid, otherXid] = [BigInt(one.xid), BigInt(other.xid)];
  return xid > otherXid || (xid === otherXid && BigInt(one.sequence) > BigInt(other.sequence));
}
