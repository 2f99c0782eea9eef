/** Why a hospital calls: its data were encrypted, or it was taken off the network before that could happen. */
export type HospitalRole = 'hit' | 'precaution';

/** A hospital of the replay. The first is known by its town; the others are numbered. */
export interface Hospital {
  name: string;
  role: HospitalRole;
  /** Its place among those of its role, from 0. */
  index: number;
}

/** Hospitals that report at about the same time. */
export interface Wave {
  /** Wall time in Romania, with its offset. */
  at: string;
  title: string;
  role: HospitalRole;
  /** How many hospitals of that role have reported once this wave has, as a share of all of them. */
  reportedBy: number;
  /** How long the desk is watched afterwards, before the time until the next wave is passed over. */
  watchedMinutes: number;
}

/**
 * What is publicly known, and by whom it was published. The days, the counts, the ransom and the order are theirs.
 * Nobody published the minute at which each hospital called: hours inside a day, and how the calls of the night are
 * spread over it, are assumptions, and so is which of the hospitals the eleven were.
 */
export const sources = [
  {
    says: 'A children’s hospital was encrypted on Saturday 10 February, the others between 11 and 12 February; about 75 more were cut off from the internet; 3.5 BTC demanded; one backup was 12 days old.',
    publisher: 'SecurityWeek, citing the National Cyber Security Directorate of Romania (DNSC)',
    url: 'https://www.securityweek.com/ransomware-attack-knocks-100-romanian-hospitals-offline/',
  },
  {
    says: '25 hospitals were encrypted and 75 others disconnected as a precaution; most backups were one to three days old.',
    publisher: 'Cybersecurity Help, citing DNSC',
    url: 'https://www.cybersecurity-help.cz/blog/3798.html',
  },
  {
    says: 'The night of 11 to 12 February; the Hipocrate platform of the supplier RSC; Backmydata, of the Phobos family, which spreads by Remote Desktop; notes info.hta and info.txt; 3.5 BTC (about 157,000 EUR).',
    publisher: '247newsreel, citing DNSC',
    url: 'https://247newsreel.com/economy/512513.html',
  },
  {
    says: 'The supplier told DNSC before any hospital did; one hospital was found encrypted two days late, since a power cut had hidden it.',
    publisher: '247newsreel, citing DNSC',
    url: 'https://247newsreel.com/economy/512433.html',
  },
  {
    says: 'Do not contact the attackers, do not pay; keep the notes; leave systems on; clean before restoring.',
    publisher: 'Protos, citing DNSC',
    url: 'https://protos.com/more-than-100-romanian-hospitals-offline-after-bitcoin-ransom-demand/',
  },
  {
    says: '18, then 21, then 25 hospitals were counted as encrypted; 11 were connected again by 14 February.',
    publisher: 'DNSC, as reported by the Romanian press from 12 to 14 February 2024',
    url: 'https://dnsc.ro/',
  },
] as const;

/** The reports, in order. The shares are the published counts: 1, 18, 21 and 25 of 25. */
export const waves: readonly Wave[] = [
  {
    at: '2024-02-10T20:00:00+02:00',
    title: 'a children’s hospital in Pitesti reports encrypted files',
    role: 'hit',
    reportedBy: 1 / 25,
    watchedMinutes: 15,
  },
  {
    at: '2024-02-12T00:40:00+02:00',
    title: 'the Hipocrate platform is encrypted, the first hospitals call',
    role: 'hit',
    reportedBy: 6 / 25,
    watchedMinutes: 20,
  },
  {
    at: '2024-02-12T01:00:00+02:00',
    title: 'more hospitals of the same supplier',
    role: 'hit',
    reportedBy: 12 / 25,
    watchedMinutes: 25,
  },
  {
    at: '2024-02-12T01:25:00+02:00',
    title: 'and more: 18 are known to be hit by the morning',
    role: 'hit',
    reportedBy: 18 / 25,
    watchedMinutes: 25,
  },
  {
    at: '2024-02-12T08:30:00+02:00',
    title: 'the supplier warns its customers, who disconnect as a precaution',
    role: 'precaution',
    reportedBy: 1,
    watchedMinutes: 30,
  },
  {
    at: '2024-02-12T19:00:00+02:00',
    title: 'found on closer look: 21 are known to be hit by the evening',
    role: 'hit',
    reportedBy: 21 / 25,
    watchedMinutes: 20,
  },
  {
    at: '2024-02-13T12:00:00+02:00',
    title: 'the last are found: 25 are known to be hit',
    role: 'hit',
    reportedBy: 1,
    watchedMinutes: 20,
  },
];

/** The end of the replay: a part of the hospitals hit is connected again. */
export const reconnection = {
  at: '2024-02-14T12:00:00+02:00',
  title: 'hospitals restored from their backups are connected again',
  share: 11 / 25,
} as const;

/** The hospitals of a replay of this size, those hit first. */
export function hospitals(hit: number, precaution: number): Hospital[] {
  const named = (role: HospitalRole, count: number, words: string): Hospital[] =>
    Array.from({ length: count }, (_, index) => ({ name: `Hospital ${index + 1} (${words})`, role, index }));
  const first: Hospital = { name: 'Children’s hospital in Pitesti (hit)', role: 'hit', index: 0 };
  return [
    first,
    ...named('hit', hit, 'hit').slice(1),
    ...named('precaution', precaution, 'disconnected as a precaution'),
  ];
}

/** The hospital, as `POST /v1/providers` takes it. */
export function providerOf({ name }: Hospital): object {
  return {
    name,
    country: 'RO',
    timeZone: 'Europe/Bucharest',
    kind: 'hospital',
    languages: ['ro'],
    products: ['Hipocrate'],
  };
}

/** The call of a hospital, as `POST /v1/tickets` takes it: a coordinator writes it down on the hospital's behalf. */
export function ticketOf(hospital: Hospital, providerId: string): object {
  const contact = { name: 'Head of IT on duty', language: 'ro' };
  if (hospital.role === 'precaution')
    return {
      providerId,
      summary: 'Hospital information system disconnected as a precaution, wards on paper',
      description:
        'The supplier of the Hipocrate platform reports ransomware at other hospitals. This hospital has cut its connection before anything was encrypted: no ransom note, no encrypted file found so far.',
      classification: 'availability/outage',
      impact: { services: [{ service: 'ehr', status: 'down' }], personalData: 'unknown' },
      needs: { skills: ['ehr-vendor'] },
      contact,
    };
  return {
    providerId,
    summary: 'Hipocrate servers encrypted, ransom note found, EHR unreachable',
    description:
      'Files end in .backmydata; notes info.hta and info.txt. The entry point is not known; Remote Desktop is suspected. Wards work on paper.',
    classification: 'information-content-security/unauthorised-modification',
    impact: {
      patientSafety: 'care-delayed',
      services: [{ service: 'ehr', status: 'down' }],
      personalData: 'unknown',
      spreading: false,
    },
    ransom: { noteFound: true, family: 'Backmydata', demand: { amount: '3.5', currency: 'BTC' } },
    needs: { skills: ['ehr-vendor', 'backup-recovery'] },
    contact,
  };
}

/** What a responder writes to a hospital first, after the advice that DNSC gave to all of them. */
export const advice: Record<HospitalRole, string> = {
  hit: 'Isolate what is encrypted and leave it switched on. Keep the ransom notes and the logs. Do not contact the attackers and do not pay. We look for the entry point before anything is restored.',
  precaution:
    'Stay disconnected. Check every server for files that end in .backmydata and for notes named info.hta or info.txt, close Remote Desktop to the outside, and verify a backup that is offline.',
};
