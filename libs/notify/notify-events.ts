import { bundleDue } from '../dispatch/index.js';
import { noticeOwed } from '../roster/index.js';

/** The queue of this context. */
export const notifyQueue = 'notify';

/** A page is to be looked at again: the next method's turn, or a second attempt. */
export const pageFollowUpDue = 'page.follow-up-due';

/** An update to the provider is to be looked at again. */
export const updateFollowUpDue = 'provider-update.follow-up-due';

/** A personal notice is to be looked at again. */
export const noticeFollowUpDue = 'notice.follow-up-due';

/** The events about pages that this context acts on. */
export const pageEvents: readonly string[] = ['page.owed', bundleDue, pageFollowUpDue];

/** The events about updates to the provider that this context acts on. */
export const updateEvents: readonly string[] = ['ticket.update-posted', updateFollowUpDue];

/** The events about personal notices that this context acts on. */
export const noticeEvents: readonly string[] = [noticeOwed, noticeFollowUpDue];

/** Everything that this context hears of. */
export const notifyEvents: readonly string[] = [...pageEvents, ...updateEvents, ...noticeEvents];
