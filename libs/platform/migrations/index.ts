import { Platform1000000000000 } from './1000-platform.js';
import { JournalFilters1010000000000 } from './1010-journal-filters.js';
import { OutboxOrder1020000000000 } from './1020-outbox-order.js';

export const platformMigrations = [Platform1000000000000, JournalFilters1010000000000, OutboxOrder1020000000000];
