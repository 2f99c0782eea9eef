import { Platform1000000000000 } from './1000-platform.js';
import { JournalFilters1010000000000 } from './1010-journal-filters.js';

export const platformMigrations = [Platform1000000000000, JournalFilters1010000000000];
