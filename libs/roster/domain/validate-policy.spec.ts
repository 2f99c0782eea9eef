import type { Target } from './escalation-policy.js';
import { policyFaults, type PolicyDefinition } from './validate-policy.js';

const good: PolicyDefinition = {
  name: 'Ransomware',
  appliesTo: { severity: ['SEV1'], countries: ['RO'], classification: ['information-content-security'] },
  steps: [
    {
      targets: [{ schedule: 's' }, { responder: 'r' }, { team: 't' }, { bestFit: 2 }, { role: 'coordinator' }],
      roundRobin: false,
      thenWait: 'PT5M',
    },
  ],
  repeat: 0,
};

function targetPointers(target: unknown): string[] {
  const steps = [{ ...good.steps[0]!, targets: [target as Target] }];
  return policyFaults({ ...good, steps }).map(({ pointer }) => pointer);
}

describe('policyFaults', () => {
  it('finds none in a good policy', () => expect(policyFaults(good)).toEqual([]));

  it.each(['', '5 minutes', '-PT5M', 'P1M', 'P1W', 'P1Y', 'PT'])('does not take %p for a wait', (thenWait) => {
    const faults = policyFaults({ ...good, steps: [{ ...good.steps[0]!, thenWait }] });
    expect(faults.map(({ pointer }) => pointer)).toEqual(['/steps/0/thenWait']);
  });

  it('wants exactly one kind of target, and that well formed', () => {
    const at = '/steps/0/targets/0';
    expect(targetPointers({})).toEqual([at]);
    expect(targetPointers({ schedule: 's', team: 't' })).toEqual([at]);
    expect(targetPointers({ everybody: true })).toEqual([at]);
    expect(targetPointers({ schedule: '' })).toEqual([`${at}/schedule`]);
    expect(targetPointers({ bestFit: 0 })).toEqual([`${at}/bestFit`]);
    expect(targetPointers({ bestFit: 1.5 })).toEqual([`${at}/bestFit`]);
    expect(targetPointers({ role: 'auditor' })).toEqual([`${at}/role`]);
  });

  it('tells every fault at once', () => {
    const faults = policyFaults({
      name: ' ',
      appliesTo: { severity: [''], countries: ['Romania', 'ro'], classification: [''] },
      steps: [{ targets: [], roundRobin: true, thenWait: 'soon' }],
      repeat: -1,
    });
    expect(faults.map(({ pointer }) => pointer)).toEqual([
      '/name',
      '/appliesTo/severity/0',
      '/appliesTo/countries/0',
      '/appliesTo/countries/1',
      '/appliesTo/classification/0',
      '/steps/0/targets',
      '/steps/0/thenWait',
      '/repeat',
    ]);
    expect(policyFaults({ ...good, steps: [], repeat: 0.5 }).map(({ pointer }) => pointer)).toEqual([
      '/steps',
      '/repeat',
    ]);
  });
});
