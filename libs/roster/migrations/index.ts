import { Roster1400000000000 } from './1400-roster.js';
import { PersonalNotices1405000000000 } from './1405-personal-notices.js';

export const rosterMigrations = [Roster1400000000000, PersonalNotices1405000000000];
