import { rankCandidates, Roster } from '../../libs/roster/index.js';
import { Clock } from '../../libs/platform/index.js';
import { describe } from './statistics.js';

const responders = 5_000;
const runs = 200;
const skills = ['active-directory-recovery', 'backup-recovery', 'dicom', 'negotiation', 'ehr-vendor', 'forensics'];
const languages = ['ro', 'en', 'de', 'fr', 'bg', 'hu', 'el', 'pt'];
const countries = ['RO', 'DE', 'FR', 'BG', 'HU', 'GR', 'PT', 'AT'];
const zones = ['Europe/Bucharest', 'Europe/Berlin', 'Europe/Lisbon', 'Europe/Dublin', 'Atlantic/Azores'];

/** Ranking 5,000 responders for a ticket that can wait, so that everybody's quiet hours are looked at too. Aim: under 20 ms. */
export function measureMatching(): Promise<void> {
  const { matching } = new Roster(new Clock());
  const at = new Date('2026-02-11T02:00:00Z');
  const ids = Array.from({ length: responders }, (_, index) => `responder-${index}`);
  const some = <Item>(items: readonly Item[], index: number, count: number): Item[] =>
    Array.from({ length: count }, (_, place) => items[(index * 7 + place * 3) % items.length] as Item);
  const roster = ids.map((id, index) => ({
    id,
    name: id,
    skills: some(skills, index, 3),
    skillLevels: Object.fromEntries(some(skills, index, 2).map((skill, place) => [skill, 1 + ((index + place) % 5)])),
    languages: some(languages, index, 2),
    countries: some(countries, index, index % 4),
    mandates: some(countries, index, index % 3),
    conflictsWith: index % 50 === 0 ? ['hospital'] : [],
    maxOpenTickets: 3,
    timeZone: zones[index % zones.length],
    quietHours: index % 2 === 0 ? [{ from: '22:00', to: '07:00' }] : [],
    standby: index % 20 === 0 ? { status: 'driving' as const, until: new Date('2026-02-11T03:00:00Z') } : null,
  }));
  const known = (every: number) => ids.filter((_, index) => index % every === 0);
  const facts = {
    at,
    openTickets: new Map(known(3).map((id, index) => [id, index % 4])),
    onCall: new Set(known(40)),
    declined: new Set(known(500)),
    alreadyPaged: new Set(known(100)),
    lastPagedAt: new Map(known(2).map((id, index) => [id, new Date(index * 1_000)])),
    recentNights: new Map(known(10).map((id, index) => [id, 1 + (index % 7)])),
    knowProvider: new Set(known(200)),
  };
  const need = {
    providerId: 'hospital',
    country: 'RO',
    skills: ['active-directory-recovery', 'dicom'],
    skillLevels: { dicom: 4 },
    languages: ['ro', 'en'],
    severity: 'SEV3',
  };
  const durations = Array.from({ length: runs }, () => {
    const begin = performance.now();
    rankCandidates(need, roster, facts, matching);
    return performance.now() - begin;
  });
  console.log(`matching ${responders} responders (aim under 20 ms): ${describe(durations)}`);
  return Promise.resolve();
}
