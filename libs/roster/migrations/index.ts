import { Roster1400000000000 } from './1400-roster.js';
import { PersonalNotices1405000000000 } from './1405-personal-notices.js';
import { RosterWatch1420000000000 } from './1420-roster-watch.js';
import { Roster1410000000000 } from './1410-schedule-fallbacks.js';
import { Roster1411000000000 } from './1411-schedule-history.js';
import { Roster1412000000000 } from './1412-schedule-changes.js';
import { Absences1430000000000 } from './1430-absences.js';
import { ShiftRequests1431000000000 } from './1431-shift-requests.js';
import { CalendarFeeds1432000000000 } from './1432-calendar-feeds.js';
import { Matching1440000000000 } from './1440-matching.js';
import { PolicyStandings1450000000000 } from './1450-policy-standings.js';

export const rosterMigrations = [
  Roster1400000000000,
  PersonalNotices1405000000000,
  RosterWatch1420000000000,
  Roster1410000000000,
  Roster1411000000000,
  Roster1412000000000,
  Absences1430000000000,
  ShiftRequests1431000000000,
  CalendarFeeds1432000000000,
  Matching1440000000000,
  PolicyStandings1450000000000,
];
