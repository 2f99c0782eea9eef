export const pageStates = ['owed', 'sent', 'delivered', 'failed', 'acknowledged', 'withdrawn'] as const;
export const pagePurposes = ['claim', 'reinforce', 'notice', 'lease'] as const;

export type PageState = (typeof pageStates)[number];

/** Why somebody is reached: to claim the ticket, to help its holder, only to be told, or (its holder) to say whether they are still on it. */
export type PagePurpose = (typeof pagePurposes)[number];

/** What the channels can say of a page. `returned`: each of them that had taken it over has failed after all (a bounce). */
export type PageReceipt = 'sent' | 'delivered' | 'failed' | 'returned';

/** From the least that is known of a page to the most. A page that failed can still be sent by a method that works again. */
const progress: readonly PageState[] = ['owed', 'failed', 'sent', 'delivered'];

/** The state that a receipt says. */
export function stateSaidBy(receipt: PageReceipt): PageState {
  return receipt === 'returned' ? 'failed' : receipt;
}

/** The states that a receipt is news to. */
export function statesBefore(receipt: PageReceipt): PageState[] {
  return pageStates.filter((state) => stateAfter(state, receipt) !== state);
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
  if (receipt === 'returned') return present === 'delivered' ? present : 'failed';
  return progress.indexOf(receipt) > progress.indexOf(present) ? receipt : present;
}
