import type { EscalationPosition } from '../../roster/domain/index.js';
import type { PagePurpose } from './page-state.js';
import { nextBestFit, type PageToOwe, type PagingFacts } from './paging.js';

/** Where the paging of a ticket stands. */
export interface PagingStanding {
  position: EscalationPosition;
  exhausted: boolean;
  /** When the paging began, for the first time or anew. */
  startedAt: Date;
  /** Where the pages that may still be answered belong. */
  live: readonly EscalationPosition[];
}

/** A page by which nobody will come: its reader has declined, or cannot be reached. */
export interface LostPage extends EscalationPosition {
  because: 'declined' | 'unreachable';
  purpose: PagePurpose;
  createdAt: Date;
}

/** What follows at once when somebody will not come. */
export type Replacement = { kind: 'nothing' } | { kind: 'next-step' } | { kind: 'beside'; page: PageToOwe };

/**
 * Whom to turn to when somebody who was asked will not come. Where they were the last of the present step, the next step is
 * taken at once; while others of it are still being asked, the best fit who has not been asked yet is asked beside them.
 * Once everybody has been asked, asking them all again waits for its time.
 */
export function decideReplacement(facts: PagingFacts, standing: PagingStanding, lost: LostPage): Replacement {
  if (standing.exhausted || isPast(standing, lost)) return { kind: 'nothing' };
  if (!standing.live.some((page) => isSame(page, standing.position))) return { kind: 'next-step' };
  // Who was only to be told is not replaced: nobody was waiting for them to come.
  const page = lost.purpose === 'claim' ? nextBestFit(facts) : null;
  return page ? { kind: 'beside', page } : { kind: 'nothing' };
}

/**
 * Whether the desk has gone on since. Several pages of one step can fail at once, and only the first of them may move the
 * ticket on; whereas who declines late has been counted on until now.
 */
function isPast(standing: PagingStanding, lost: LostPage): boolean {
  if (lost.createdAt < standing.startedAt) return true;
  return lost.because === 'unreachable' && !isSame(lost, standing.position);
}

function isSame(one: EscalationPosition, other: EscalationPosition): boolean {
  return one.step === other.step && one.round === other.round;
}
