import { Roster1400000000000 } from './1400-roster.js';
import { Absences1430000000000 } from './1430-absences.js';

export const rosterMigrations = [Roster1400000000000, Absences1430000000000];
