/** What is known of the harm to patients, the least first. */
export const PATIENT_SAFETY = ['none', 'care-delayed', 'care-diverted', 'harm-suspected', 'harm-confirmed'] as const;

/** Whether a service of the provider works, the best first. */
export const SERVICE_STATUSES = ['ok', 'degraded', 'down'] as const;

/** Whether personal data were taken. */
export const PERSONAL_DATA = ['unknown', 'not-affected', 'suspected', 'confirmed'] as const;

/**
 * What a ticket says that its severity is rated from. Everything may be missing: a shaken caller gives what they have.
 */
export interface SeverityFacts {
  /** `impact.patientSafety` */
  patientSafety?: (typeof PATIENT_SAFETY)[number];
  /** `impact.services`; codes of `config/taxonomy.yaml`, or words of the provider's own */
  services?: { service: string; status: (typeof SERVICE_STATUSES)[number] }[];
  /** `impact.personalData` */
  personalData?: (typeof PERSONAL_DATA)[number];
  /** `impact.spreading`: inside this provider */
  spreading?: boolean;
  /** The same attack spreads at other providers too: known to the desk, from a campaign. */
  severalProviders?: boolean;
  /** Where the responders stand with the attacker, once somebody has looked. */
  attacker?: 'active' | 'contained';
  /** `ransom.noteFound` */
  noteFound?: boolean;
  /** Somebody has called it ransomware. */
  ransomware?: boolean;
  /** RSIT `class/type`, such as `information-content-security/unauthorised-modification` */
  classification?: string;
}

/** The conditions that a severity rule may set; see `config/severity.yaml` for what each means. */
export interface SeverityConditions {
  patientSafety?: NonNullable<SeverityFacts['patientSafety']>[];
  serviceDown?: string[] | 'any';
  serviceDegraded?: string[] | 'any';
  allServicesOk?: true;
  spreading?: true;
  severalProviders?: true;
  attacker?: NonNullable<SeverityFacts['attacker']>[];
  noteFound?: true;
  ransomware?: true;
  personalData?: NonNullable<SeverityFacts['personalData']>[];
  classification?: string[];
}

/** Whether a condition, or all those of a rule, hold; and the services by which they do. */
export interface ConditionAnswer {
  holds: boolean;
  services: string[];
}

type ConditionName = keyof SeverityConditions;
type Condition = (facts: SeverityFacts, when: SeverityConditions) => ConditionAnswer;

const CONDITIONS: Record<ConditionName, Condition> = {
  patientSafety: (facts, { patientSafety }) => oneOf(facts.patientSafety, patientSafety),
  serviceDown: (facts, { serviceDown }) => servicesThatAre('down', facts, serviceDown),
  serviceDegraded: (facts, { serviceDegraded }) => servicesThatAre('degraded', facts, serviceDegraded),
  allServicesOk: ({ services = [] }) => answer(services.length > 0 && services.every(({ status }) => status === 'ok')),
  spreading: (facts) => answer(facts.spreading === true),
  severalProviders: (facts) => answer(facts.severalProviders === true),
  attacker: (facts, { attacker }) => oneOf(facts.attacker, attacker),
  noteFound: (facts) => answer(facts.noteFound === true),
  ransomware: (facts) => answer(facts.ransomware === true),
  personalData: (facts, { personalData }) => oneOf(facts.personalData, personalData),
  classification: ({ classification = '' }, { classification: codes = [] }) =>
    answer(codes.some((code) => `${classification}/`.startsWith(`${code}/`))),
};

/** The names of all conditions, against which a table is to be checked when it is read. */
export const SEVERITY_CONDITION_NAMES: readonly string[] = Object.keys(CONDITIONS);

/**
 * Whether all the conditions of a rule hold for the facts. A fact that was not given fulfils none; no conditions, or
 * one of an unknown name, never hold: a mistyped rule must not stand in the way of a request for help.
 */
export function conditionsHold(when: SeverityConditions, facts: SeverityFacts): ConditionAnswer {
  const names = Object.keys(when);
  const answers = names.filter(isConditionName).map((name) => CONDITIONS[name](facts, when));
  return {
    holds: names.length > 0 && answers.length === names.length && answers.every(({ holds }) => holds),
    services: [...new Set(answers.flatMap(({ services }) => services))],
  };
}

function isConditionName(name: string): name is ConditionName {
  return Object.hasOwn(CONDITIONS, name);
}

function servicesThatAre(
  status: (typeof SERVICE_STATUSES)[number],
  { services = [] }: SeverityFacts,
  wanted: string[] | 'any' = [],
): ConditionAnswer {
  const matching = services
    .filter((service) => service.status === status && (wanted === 'any' || wanted.includes(service.service)))
    .map(({ service }) => service);
  return { holds: matching.length > 0, services: matching };
}

function oneOf<Value>(given: Value | undefined, wanted: Value[] = []): ConditionAnswer {
  return answer(given !== undefined && wanted.includes(given));
}

function answer(holds: boolean): ConditionAnswer {
  return { holds, services: [] };
}
