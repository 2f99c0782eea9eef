import { chooseHelpers } from './reinforcing.js';

const candidate = (responderId: string, fits = true) => ({
  responderId,
  fits,
  score: 1,
  reasons: ['on call now'],
  ruledOutBecause: fits ? [] : ['has declined this ticket'],
});
const candidates = [candidate('a'), candidate('b'), candidate('c', false), candidate('d')];
const skills = new Map([
  ['a', ['negotiation']],
  ['b', ['backup-recovery']],
  ['c', ['backup-recovery']],
  ['d', ['backup-recovery', 'ehr-vendor']],
]);
const chosen = (engaged: string[], wanted: string[], count: number) =>
  chooseHelpers(candidates, skills, new Set(engaged), { skills: wanted, count }).map(({ responderId }) => responderId);

describe('chooseHelpers', () => {
  it('takes the best fits, as many as are asked for', () => {
    expect(chosen([], [], 2)).toEqual(['a', 'b']);
    expect(chosen([], [], 10)).toEqual(['a', 'b', 'd']);
  });

  it('takes those with any of the skills', () => {
    expect(chosen([], ['backup-recovery'], 10)).toEqual(['b', 'd']);
    expect(chosen([], ['ehr-vendor', 'negotiation'], 10)).toEqual(['a', 'd']);
    expect(chosen([], ['crisis-communication'], 10)).toEqual([]);
  });

  it('takes nobody who works on the ticket, or is being asked', () => {
    expect(chosen(['a', 'd'], [], 10)).toEqual(['b']);
  });

  it('says why', () => {
    expect(chooseHelpers(candidates, skills, new Set(), { skills: [], count: 1 })).toEqual([
      { responderId: 'a', reasons: ['asked to help the holder', 'on call now'] },
    ]);
  });
});
