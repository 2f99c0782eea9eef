import { readNotificationRules } from './notification-rules.js';

const known = new Set(['phone', 'mail']);
const read = (input: unknown) => readNotificationRules(input, known);
const pointers = (input: unknown) => {
  const result = read(input);
  return 'faults' in result ? result.faults.map(({ pointer }) => pointer) : [];
};

describe('readNotificationRules', () => {
  it('reads rules in their order, with milliseconds for durations', () => {
    const input = [
      { severity: ['SEV1', 'SEV2'], contactMethodId: 'phone', after: 'PT0S' },
      { severity: ['SEV1'], contactMethodId: 'mail', after: 'PT2M30S' },
      { severity: ['SEV3'], contactMethodId: 'mail' },
    ];
    expect(read(input)).toEqual({
      rules: [
        { severities: ['SEV1', 'SEV2'], contactMethodId: 'phone', afterMs: 0 },
        { severities: ['SEV1'], contactMethodId: 'mail', afterMs: 150_000 },
        { severities: ['SEV3'], contactMethodId: 'mail', afterMs: 0 },
      ],
    });
    expect(read([])).toEqual({ rules: [] });
  });

  it.each([{}, null, 'rules', undefined])('refuses %j, which is no list', (input) => {
    expect(pointers(input)).toEqual(['']);
  });

  it('names every fault at once', () => {
    const input = [
      { severity: [], contactMethodId: 'pager', after: 'P1M', 'a/b': 1 },
      'rule',
      { severity: ['SEV5'], contactMethodId: 'mail', after: '-PT1S' },
    ];
    expect(pointers(input)).toEqual([
      '/0/a~1b',
      '/0/severity',
      '/0/contactMethodId',
      '/0/after',
      '/1',
      '/2/severity',
      '/2/after',
    ]);
  });

  it.each(['PT1H0.001S', 'PT61M', 'soon', 5, 'PT0.0001S'])('refuses the delay %j', (after) => {
    expect(pointers([{ severity: ['SEV1'], contactMethodId: 'mail', after }])).toEqual(['/0/after']);
  });

  it('refuses a method that is named twice for one severity', () => {
    const input = [
      { severity: ['SEV1', 'SEV2'], contactMethodId: 'mail' },
      { severity: ['SEV3', 'SEV2'], contactMethodId: 'mail', after: 'PT5M' },
    ];
    expect(read(input)).toEqual({ faults: [{ pointer: '/1/contactMethodId', detail: 'is named twice for SEV2' }] });
  });

  it('refuses more than fifty rules', () => {
    expect(pointers(Array.from({ length: 51 }, () => ({})))).toEqual(['']);
  });
});
