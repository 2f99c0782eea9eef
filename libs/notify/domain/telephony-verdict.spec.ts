import { telephonyVerdict } from './telephony-verdict.js';

describe('the verdict on a telephony provider’s answer', () => {
  it.each([200, 201, 202])('takes %s for taken', (status) =>
    expect(telephonyVerdict(status, undefined).is).toBe('taken'),
  );

  it.each([
    ['no number', 400, 21211],
    ['a landline that takes no SMS', 400, 21614],
    ['a number that cannot be called', 400, 13224],
  ])('blames the recipient for %s', (_name, status, code) =>
    expect(telephonyVerdict(status, code)).toEqual({ is: 'recipient', error: `answered ${status} (error ${code})` }),
  );

  it.each<[string, number, number | undefined, boolean]>([
    ['wrong credentials', 401, 20003, true],
    ['a country that the account may not reach', 400, 21408, true],
    ['a recipient who has unsubscribed from this sender', 400, 21610, true],
    ['a redirect', 302, undefined, true],
    ['too many requests', 429, 20429, false],
    ['trouble of its own', 503, undefined, false],
    ['trouble of its own, whatever the code', 500, 21211, false],
  ])('blames the provider for %s', (_name, status, code, lasting) =>
    expect(telephonyVerdict(status, code)).toMatchObject({ is: 'provider', lasting }),
  );
});
