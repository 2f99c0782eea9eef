export const pageStates = ['owed', 'sent', 'delivered', 'failed', 'acknowledged', 'withdrawn'] as const;
export const pagePurposes = ['claim', 'reinforce', 'notice', 'lease'] as const;

export type PageState = (typeof pageStates)[number];

/** Why somebody is reached: to claim the ticket, to help its holder, only to be told, or (its holder) to say whether they are still on it. */
export type PagePurpose = (typeof pagePurposes)[number];

/** What a channel can say of a page. */
export type PageReceipt = 'sent' | 'delivered' | 'failed';

/** From the least that is known of a page to the most. A page that failed can still be sent by a method that works again. */
const progress: readonly PageState[] = ['owed', 'failed', 'sent', 'delivered'];

/** The states that say less of a page than this one. */
export function statesBefore(receipt: PageReceipt): PageState[] {
  return progress.slice(0, progress.indexOf(receipt));
}

/** Whether somebody is still to be reached by it. */
export function isLive({ state }: { state: PageState }): boolean {
  return state === 'owed' || state === 'sent' || state === 'delivered';
}

/**
 * The state of a page after a receipt. Receipts may come twice and in any order, so the one that says the most stands;
 * a page that was answered or withdrawn stays so.
 */
export function stateAfter(present: PageState, receipt: PageReceipt): PageState {
  if (present === 'acknowledged' || present === 'withdrawn') return present;
  return progress.indexOf(receipt) > progress.indexOf(present) ? receipt : present;
}
