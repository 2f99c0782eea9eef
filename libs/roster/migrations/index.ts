import { Roster1400000000000 } from './1400-roster.js';
import { PersonalNotices1405000000000 } from './1405-personal-notices.js';
import { Absences1430000000000 } from './1430-absences.js';
import { Matching1440000000000 } from './1440-matching.js';
import { PolicyStandings1450000000000 } from './1450-policy-standings.js';

export const rosterMigrations = [
  Roster1400000000000,
  PersonalNotices1405000000000,
  Absences1430000000000,
  Matching1440000000000,
  PolicyStandings1450000000000,
];
