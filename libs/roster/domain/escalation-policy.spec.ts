import fc from 'fast-check';
import {
  beforeFirstStep,
  choosePolicy,
  type EscalationPolicy,
  type EscalationPosition,
  nextStep,
  type PolicyScope,
} from './escalation-policy.js';

const unauthorised = 'information-content-security/unauthorised-modification';
const ticket = { severity: 'SEV1', country: 'RO', classification: unauthorised };

function policy(id: string, scope: Partial<PolicyScope> = {}, waits = ['PT5M'], repeat = 0): EscalationPolicy {
  return {
    id,
    name: `policy ${id}`,
    version: 1,
    appliesTo: { severity: [], countries: [], classification: [], ...scope },
    steps: waits.map((thenWait) => ({ targets: [{ bestFit: 1 }], roundRobin: false, thenWait })),
    repeat,
  };
}

describe('choosePolicy', () => {
  const any = policy('any');
  const severe = policy('severe', { severity: ['SEV1', 'SEV2'] });
  const romanian = policy('ro', { countries: ['RO'] });
  const both = policy('both', { severity: ['SEV1'], countries: ['RO', 'BG'] });

  it('takes the one that names the most of what the ticket is', () => {
    expect(choosePolicy([any, severe, both, romanian], ticket)?.id).toBe('both');
    expect(choosePolicy([any, severe, both, romanian], { ...ticket, country: 'DE' })?.id).toBe('severe');
    expect(choosePolicy([any, severe, both], { ...ticket, severity: 'SEV4' })?.id).toBe('any');
  });

  it('never takes one that names something else, or something that is not known', () => {
    expect(choosePolicy([both], { ...ticket, severity: 'SEV2' })).toBeNull();
    expect(choosePolicy([romanian], { ...ticket, country: null })).toBeNull();
    expect(
      choosePolicy([policy('class', { classification: [unauthorised] })], { ...ticket, classification: null }),
    ).toBeNull();
    expect(choosePolicy([], ticket)).toBeNull();
  });

  it('takes a class of classification for all its types, and the type before the class', () => {
    const ofClass = policy('a-class', { classification: ['information-content-security'] });
    const ofType = policy('type', { classification: [unauthorised] });
    expect(choosePolicy([any, ofClass], ticket)?.id).toBe('a-class');
    expect(choosePolicy([ofClass, ofType], ticket)?.id).toBe('type');
    expect(choosePolicy([ofClass], { ...ticket, classification: 'information-content-security-other/x' })).toBeNull();
  });

  it('breaks ties by name, then by id', () => {
    const named = (id: string, name: string): EscalationPolicy => ({ ...policy(id), name });
    expect(choosePolicy([named('1', 'b'), named('3', 'a'), named('2', 'a')], ticket)?.id).toBe('2');
  });
});

describe('nextStep', () => {
  function walk(of: EscalationPolicy): string[] {
    const steps: string[] = [];
    let position: EscalationPosition = beforeFirstStep;
    for (;;) {
      const next = nextStep(of, position);
      if (next === 'exhausted') return steps;
      steps.push(`${next.round}.${next.step} ${next.waitMs}`);
      position = next;
    }
  }

  it('goes through the steps once, and again as often as repeat says', () => {
    expect(walk(policy('once', {}, ['PT5M', 'P1DT1S']))).toEqual(['1.1 300000', '1.2 86401000']);
    expect(walk(policy('thrice', {}, ['PT1M', 'PT0S'], 2))).toEqual([
      '1.1 60000',
      '1.2 0',
      '2.1 60000',
      '2.2 0',
      '3.1 60000',
      '3.2 0',
    ]);
  });

  it('always comes to an end, after each step of each round', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 0, max: 8 }), (steps, repeat) => {
        expect(walk(policy('any', {}, Array<string>(steps).fill('PT1M'), repeat))).toHaveLength(steps * (repeat + 1));
      }),
    );
  });

  it('is exhausted from a position that the policy no longer has', () => {
    expect(nextStep(policy('short'), { step: 7, round: 1 })).toBe('exhausted');
    expect(nextStep(policy('empty', {}, [], 5), beforeFirstStep)).toBe('exhausted');
  });
});
