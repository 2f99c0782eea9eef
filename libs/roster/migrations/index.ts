import { Roster1400000000000 } from './1400-roster.js';

export const rosterMigrations = [Roster1400000000000];
