import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { parse } from 'yaml';
import {
  PATIENT_SAFETY,
  PERSONAL_DATA,
  SERVICE_STATUSES,
  SEVERITY_CONDITION_NAMES,
  type SeverityFacts,
} from './severity-conditions.js';
import { rateSeverity, SEVERITY_LEVELS, type SeverityTable } from './severity.js';

const table = parse(readFileSync('config/severity.yaml', 'utf8')) as SeverityTable;
const rate = (facts: SeverityFacts) => rateSeverity(facts, table);
const down = (...services: string[]) => services.map((service) => ({ service, status: 'down' as const }));
const degraded = (...services: string[]) => services.map((service) => ({ service, status: 'degraded' as const }));
const ok = (...services: string[]) => services.map((service) => ({ service, status: 'ok' as const }));

describe('the shipped severity table', () => {
  const sev1: SeverityFacts[] = [
    { patientSafety: 'harm-confirmed' },
    { patientSafety: 'harm-suspected' },
    { patientSafety: 'care-diverted' },
    ...['intensive-care', 'emergency', 'surgery', 'dispatch'].map((service) => ({ services: down(service) })),
    { severalProviders: true },
    { patientSafety: 'none', services: [...ok('ehr'), ...down('dispatch')], personalData: 'not-affected' },
  ];
  const sev2: SeverityFacts[] = [
    ...['ehr', 'laboratory', 'imaging', 'pharmacy'].map((service) => ({ services: down(service) })),
    ...['blood-bank', 'dialysis', 'oncology', 'medical-devices'].map((service) => ({ services: down(service) })),
    { patientSafety: 'care-delayed' },
    { spreading: true },
    { noteFound: true },
    { ransomware: true },
    { patientSafety: 'none', services: ok('ehr'), noteFound: true },
  ];
  const sev3: SeverityFacts[] = [
    { services: degraded('ehr') },
    { services: degraded('emergency'), patientSafety: 'none' },
    { services: down('e-mail') },
    { services: down('car-park-barrier') },
    { personalData: 'suspected', services: ok('ehr') },
    { personalData: 'confirmed' },
    { attacker: 'contained' },
    { attacker: 'active' },
    { classification: 'intrusions/privileged-account-compromise', patientSafety: 'none' },
    { classification: 'information-content-security/unauthorised-modification' },
    { classification: 'fraud/unauthorised-use-of-resources' },
  ];
  const sev4: SeverityFacts[] = [
    { patientSafety: 'none' },
    { services: ok('ehr', 'emergency') },
    { classification: 'fraud/phishing' },
    { classification: 'vulnerable/vulnerable-system' },
    { classification: 'vulnerable' },
    { classification: 'abusive-content/spam' },
    { classification: 'intrusion-attempts/brute-force' },
    { classification: 'other/other' },
    { classification: 'fraud/phishing', spreading: false, noteFound: false, personalData: 'unknown' },
  ];

  it.each(sev1)('rates %j as SEV1', (facts) => expect(rate(facts).level).toBe('SEV1'));
  it.each(sev2)('rates %j as SEV2', (facts) => expect(rate(facts).level).toBe('SEV2'));
  it.each(sev3)('rates %j as SEV3', (facts) => expect(rate(facts).level).toBe('SEV3'));
  it.each(sev4)('rates %j as SEV4', (facts) => expect(rate(facts).level).toBe('SEV4'));

  const nothingKnown: SeverityFacts[] = [
    {},
    { services: [] },
    { personalData: 'unknown' },
    { personalData: 'not-affected' },
    { spreading: false, noteFound: false, ransomware: false },
    { classification: 'other/undetermined' },
  ];
  it.each(nothingKnown)('handles %j, which says nothing of the impact, as an emergency', (facts) => {
    expect(rate(facts)).toEqual({
      level: 'SEV3',
      reasons: ['Nothing is known yet about the impact: rated as degraded until somebody has spoken to the caller.'],
    });
  });

  it('has the levels in order and the rules by distinct ids, with known conditions and reasons', () => {
    expect(table.levels.map(({ level }) => level)).toEqual(SEVERITY_LEVELS);
    const rules = table.levels.flatMap(({ anyOf }) => anyOf);
    expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
    for (const { when, reason } of rules) {
      expect(Object.keys(when).length).toBeGreaterThan(0);
      expect(SEVERITY_CONDITION_NAMES).toEqual(expect.arrayContaining(Object.keys(when)));
      expect(reason).toMatch(/^[A-Z].*\.$/);
      expect(reason.includes('{services}')).toBe('serviceDown' in when || 'serviceDegraded' in when);
    }
  });
});

describe('the reasons', () => {
  it('are all those that apply at the level, and none of a lower one', () => {
    const facts: SeverityFacts = {
      patientSafety: 'care-diverted',
      services: [...down('surgery', 'ehr', 'emergency'), ...degraded('imaging')],
      noteFound: true,
    };
    expect(rate(facts).reasons).toEqual([
      'Emergency care is diverted to other hospitals.',
      'A service that patients in danger of life depend on is down: surgery, emergency.',
    ]);
  });

  it('name each service once', () => {
    expect(rate({ services: down('e-mail', 'e-mail', '$&') }).reasons).toEqual(['A service is down: e-mail, $&.']);
  });
});

describe('a rule', () => {
  const withRule = (when: object): SeverityTable => ({
    ...table,
    levels: [{ level: 'SEV1', anyOf: [{ id: 'own', reason: 'Own.', when }] }],
  });

  it('applies only when all its conditions hold', () => {
    const both = withRule({ noteFound: true, serviceDown: ['directory'] });
    expect(rateSeverity({ noteFound: true, services: down('directory') }, both).level).toBe('SEV1');
    expect(rateSeverity({ noteFound: true }, both).level).toBe('SEV3');
    expect(rateSeverity({ services: down('directory') }, both).level).toBe('SEV3');
  });

  it('never applies without conditions, or with one that nobody knows', () => {
    expect(rateSeverity({ noteFound: true }, withRule({})).level).toBe('SEV3');
    expect(rateSeverity({ noteFound: true }, withRule({ noteFound: true, notesFound: true })).level).toBe('SEV3');
    expect(rateSeverity({ noteFound: true }, withRule({ toString: true })).level).toBe('SEV3');
  });

  it('takes a classification by whole codes', () => {
    expect(rate({ classification: 'vulnerable-looking/thing' }).level).toBe('SEV3');
    expect(rate({ classification: 'fraud/phishing-kit' }).reasons).toEqual([table.unspecified.reason]);
  });
});

const CLASSIFICATIONS = ['fraud/phishing', 'vulnerable/weak-crypto', 'intrusions/burglary', 'other/undetermined'];
const service = fc.record({
  service: fc.constantFrom('ehr', 'emergency', 'imaging', 'e-mail', 'dialysis', 'car-park-barrier'),
  status: fc.constantFrom(...SERVICE_STATUSES),
});
const anyFacts: fc.Arbitrary<SeverityFacts> = fc.record(
  {
    patientSafety: fc.constantFrom(...PATIENT_SAFETY),
    services: fc.array(service, { maxLength: 5 }),
    personalData: fc.constantFrom(...PERSONAL_DATA),
    spreading: fc.boolean(),
    severalProviders: fc.boolean(),
    attacker: fc.constantFrom('active' as const, 'contained' as const),
    noteFound: fc.boolean(),
    ransomware: fc.boolean(),
    classification: fc.constantFrom(...CLASSIFICATIONS),
  },
  { requiredKeys: [] },
);

const next = <Value>(ladder: readonly Value[], value: Value): Value | undefined => ladder[ladder.indexOf(value) + 1];

/** The facts with one of them worse, in every way in which one can be. */
function worsened(facts: SeverityFacts): SeverityFacts[] {
  const services = facts.services ?? [];
  const worsePatients = facts.patientSafety && next(PATIENT_SAFETY, facts.patientSafety);
  return [
    { ...facts, spreading: true },
    { ...facts, severalProviders: true },
    { ...facts, noteFound: true },
    { ...facts, ransomware: true },
    { ...facts, attacker: 'active' },
    { ...facts, patientSafety: worsePatients ?? 'harm-confirmed' },
    {
      ...facts,
      personalData: ['suspected', 'confirmed'].includes(facts.personalData ?? '') ? 'confirmed' : 'suspected',
    },
    { ...facts, services: [...services, { service: 'pharmacy', status: 'down' }] },
    { ...facts, services: [...services, { service: 'network', status: 'degraded' }] },
    ...services.map((worse, index) => ({
      ...facts,
      services: services.with(index, { ...worse, status: next(SERVICE_STATUSES, worse.status) ?? worse.status }),
    })),
  ];
}

const urgency = (facts: SeverityFacts): number => -SEVERITY_LEVELS.indexOf(rate(facts).level);

describe('rating', () => {
  it('is never lowered by a worse fact', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        for (const worse of worsened(facts)) {
          expect(urgency(worse)).toBeGreaterThanOrEqual(urgency(facts));
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('always has reasons, the same for the same facts, and leaves the facts alone', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const before = structuredClone(facts);
        const rating = rate(facts);
        expect(rating.reasons.length).toBeGreaterThan(0);
        expect(rating.reasons.join()).not.toContain('{');
        expect(rate(structuredClone(facts))).toEqual(rating);
        expect(facts).toEqual(before);
      }),
    );
  });

  it('does not depend on the order in which services are named', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const reversed = { ...facts, ...(facts.services && { services: facts.services.toReversed() }) };
        expect(rate(reversed).level).toBe(rate(facts).level);
      }),
    );
  });
});
