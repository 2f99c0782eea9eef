import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { SERVICE_CLOCK_NAMES, targetMs, type ServiceClockPolicy } from './service-clock-policy.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const policy = parse(readFileSync('config/service-clocks.yaml', 'utf8')) as ServiceClockPolicy;

describe('the default service clock policy', () => {
  it.each([
    ['claim', 5 * MINUTE, 10 * MINUTE, 30 * MINUTE, 4 * HOUR],
    ['first-response', 15 * MINUTE, 30 * MINUTE, 2 * HOUR, DAY],
    ['next-update', 2 * HOUR, 4 * HOUR, DAY, 3 * DAY],
    ['containment', 8 * HOUR, DAY, 3 * DAY, null],
    ['clinical-restoration', DAY, 3 * DAY, 7 * DAY, null],
    ['review', 14 * DAY, 14 * DAY, 30 * DAY, null],
  ] as const)('has the targets of %s', (name, sev1, sev2, sev3, sev4) => {
    expect(targetMs(policy, name, 'SEV1')).toBe(sev1);
    expect(targetMs(policy, name, 'SEV2')).toBe(sev2);
    expect(targetMs(policy, name, 'SEV3')).toBe(sev3);
    expect(targetMs(policy, name, 'SEV4')).toBe(sev4);
  });

  it('has every clock and no other', () => {
    expect(Object.keys(policy.clocks).sort()).toEqual([...SERVICE_CLOCK_NAMES].sort());
  });

  it('warns at a half, three quarters and nine tenths', () => {
    expect(policy).toMatchObject({ id: 'default', version: 1, warnAt: [0.5, 0.75, 0.9] });
  });

  it('never lets the claim be paused: reaching somebody is the duty of the desk alone', () => {
    const pausable = SERVICE_CLOCK_NAMES.filter((name) => policy.clocks[name].pausable);
    expect(pausable).toEqual(SERVICE_CLOCK_NAMES.filter((name) => name !== 'claim'));
    expect(policy.pauseReasons).toEqual(['waiting-for-provider', 'waiting-for-law-enforcement']);
  });

  it('repeats only the updates, whose start is also their end', () => {
    const repeating = SERVICE_CLOCK_NAMES.filter((name) => policy.clocks[name].repeats);
    expect(repeating).toEqual(['next-update']);
    expect(policy.clocks['next-update'].startedBy).toEqual(policy.clocks['next-update'].stoppedBy);
  });
});

describe('targetMs', () => {
  it('refuses a target that is no elapsed time', () => {
    const broken = structuredClone(policy);
    broken.clocks.review.targets.SEV1 = 'P1M';
    expect(() => targetMs(broken, 'review', 'SEV1')).toThrow(RangeError);
  });
});
