/** The people and hospitals of the demo desk. They are roles, not persons. */
export const demoProviders = [
  {
    name: 'Demo County Hospital',
    country: 'RO',
    region: 'RO32',
    timeZone: 'Europe/Bucharest',
    kind: 'hospital',
    languages: ['ro'],
  },
  {
    name: 'Demo University Clinic',
    country: 'DE',
    region: 'DEA2',
    timeZone: 'Europe/Berlin',
    kind: 'hospital',
    languages: ['de'],
  },
  {
    name: 'Demo Regional Laboratory',
    country: 'FR',
    region: 'FR10',
    timeZone: 'Europe/Paris',
    kind: 'laboratory',
    languages: ['fr'],
  },
];

const responder = (name: string, skills: string[], languages: string[], countries: string[], timeZone: string) => ({
  name,
  deskRole: 'responder',
  skills,
  languages,
  countries,
  maxOpenTickets: 50,
  timeZone,
});

/** The first is on call; the second is reached next. */
export const demoResponders = [
  responder(
    'Responder 1, incident response',
    ['incident-responder', 'active-directory-recovery'],
    ['en', 'ro'],
    [],
    'Europe/Bucharest',
  ),
  responder(
    'Responder 2, backup recovery',
    ['backup-recovery', 'incident-responder'],
    ['en', 'ro', 'de'],
    [],
    'Europe/Berlin',
  ),
  responder('Responder 3, health records', ['ehr-vendor', 'dicom-hl7'], ['en', 'fr'], [], 'Europe/Paris'),
  responder(
    'Responder 4, digital forensics',
    ['digital-forensics', 'malware-analysis'],
    ['en', 'de'],
    ['DE', 'AT', 'NL'],
    'Europe/Berlin',
  ),
  responder(
    'Responder 5, directory recovery',
    ['active-directory-recovery'],
    ['en', 'pl'],
    ['PL', 'CZ', 'SK', 'RO'],
    'Europe/Warsaw',
  ),
  responder(
    'Responder 6, medical devices',
    ['medical-devices', 'dicom-hl7'],
    ['en', 'it'],
    ['IT', 'SI', 'MT'],
    'Europe/Rome',
  ),
  responder(
    'Responder 7, building technology',
    ['operational-technology'],
    ['en', 'es'],
    ['ES', 'PT'],
    'Europe/Madrid',
  ),
  responder(
    'Responder 8, malware analysis',
    ['malware-analysis', 'incident-responder'],
    ['en', 'sv', 'fi'],
    ['SE', 'FI', 'EE'],
    'Europe/Helsinki',
  ),
  responder(
    'Responder 9, data protection law',
    ['data-protection-law'],
    ['en', 'fr', 'nl'],
    ['BE', 'FR', 'LU', 'NL'],
    'Europe/Brussels',
  ),
  responder(
    'Responder 10, crisis communication',
    ['crisis-communication', 'negotiation'],
    ['en', 'de', 'fr'],
    [],
    'Europe/Vienna',
  ),
  responder(
    'Responder 11, backup recovery',
    ['backup-recovery'],
    ['en', 'el', 'bg'],
    ['GR', 'CY', 'BG', 'RO'],
    'Europe/Athens',
  ),
  responder(
    'Responder 12, health records',
    ['ehr-vendor', 'backup-recovery'],
    ['en', 'ro', 'hu'],
    ['RO', 'HU'],
    'Europe/Budapest',
  ),
  { ...responder('Duty coordinator', [], ['en'], [], 'Europe/Brussels'), deskRole: 'coordinator' },
];
