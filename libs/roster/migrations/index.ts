import { Roster1400000000000 } from './1400-roster.js';
import { PersonalNotices1405000000000 } from './1405-personal-notices.js';
import { Roster1410000000000 } from './1410-schedule-fallbacks.js';
import { Roster1411000000000 } from './1411-schedule-history.js';
import { Roster1412000000000 } from './1412-schedule-changes.js';
import { Absences1430000000000 } from './1430-absences.js';
import { PolicyStandings1450000000000 } from './1450-policy-standings.js';

export const rosterMigrations = [
  Roster1400000000000,
  PersonalNotices1405000000000,
  Roster1410000000000,
  Roster1411000000000,
  Roster1412000000000,
  Absences1430000000000,
  PolicyStandings1450000000000,
];
