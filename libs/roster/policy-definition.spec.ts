import { plainToInstance } from 'class-transformer';
import { EscalationPolicyInputDto } from './escalation-policy.dto.js';
import { policyDefinition } from './policy-definition.js';

const schedule = '01890000-0000-7000-8000-000000000001';

function read(changes: object = {}, step: object = {}): ReturnType<typeof policyDefinition> {
  const steps = [{ targets: [{ schedule }], thenWait: 'PT5M', ...step }];
  return policyDefinition(plainToInstance(EscalationPolicyInputDto, { name: 'Nights', steps, ...changes }));
}

function faults(changes: object = {}, step: object = {}): string[] {
  return read(changes, step).faults.map(({ pointer }) => pointer);
}

describe('an escalation policy as it is kept', () => {
  it('is for any ticket, pages all targets at once and does not repeat, when nothing else is said', () => {
    const kept = {
      appliesTo: { severity: [], countries: [], classification: [] },
      steps: [{ targets: [{ schedule }], roundRobin: false, thenWait: 'PT5M' }],
      repeat: 0,
    };
    expect(read()).toEqual({ definition: kept, faults: [] });
    const nothing = { severity: null, countries: null, classification: null };
    expect(read({ appliesTo: null, repeat: null }, { roundRobin: null })).toEqual({ definition: kept, faults: [] });
    expect(read({ appliesTo: nothing })).toEqual({ definition: kept, faults: [] });
  });

  it('keeps country codes in capitals', () => {
    expect(read({ appliesTo: { countries: ['ro'] } }).definition.appliesTo.countries).toEqual(['RO']);
  });

  it.each([[{}], [{ schedule: null }], [{ schedule, bestFit: 2 }]])('refuses the target %j', (target) => {
    expect(faults({}, { targets: [{ bestFit: 1 }, target] })).toEqual(['/steps/0/targets/1']);
  });

  it.each(['PT9S', 'PT24H0.001S', 'P2D', 'P1W', 'P1M', '-PT5M', '5 minutes'])('refuses to wait %s', (thenWait) => {
    expect(new Set(faults({}, { thenWait }))).toEqual(new Set(['/steps/0/thenWait']));
  });

  it.each(['PT10S', 'PT24H', 'P1D'])('waits %s', (thenWait) => {
    expect(faults({}, { thenWait })).toEqual([]);
  });

  it('names faults of targets and of waits at once', () => {
    expect(faults({}, { targets: [{}], thenWait: 'PT1S' })).toEqual(['/steps/0/targets/0', '/steps/0/thenWait']);
  });
});
