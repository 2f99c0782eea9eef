import fc from 'fast-check';
import { decideStorm, hasGrown, stormCauses, type SharedCause } from './storm.js';

const thresholds = { sameProvider: 5, sameCause: 20 };
const shared = (cause: SharedCause['cause'], tickets: number, value = 'x'): SharedCause => ({ cause, value, tickets });

describe('decideStorm', () => {
  it('needs as many tickets as the desk says: fewer of one provider than of anything else', () => {
    expect(decideStorm([shared('provider', 4)], [], thresholds)).toEqual({ kind: 'none' });
    expect(decideStorm([shared('provider', 5)], [], thresholds)).toEqual({
      kind: 'begin',
      cause: 'provider',
      value: 'x',
    });
    expect(decideStorm([shared('classification', 19)], [], thresholds)).toEqual({ kind: 'none' });
    expect(decideStorm([shared('classification', 20)], [], thresholds)).toMatchObject({ kind: 'begin' });
  });

  it('takes the most telling cause', () => {
    const all = stormCauses.map((cause) => shared(cause, 20)).reverse();
    expect(decideStorm(all, [], thresholds)).toMatchObject({ cause: 'ransom-family' });
  });

  it('joins the storm that is known, even when the tickets in sight would not make one', () => {
    const live = [
      { id: 'b', cause: 'classification' as const },
      { id: 'a', cause: 'provider' as const },
    ];
    expect(decideStorm([shared('ransom-family', 50)], live, thresholds)).toEqual({ kind: 'join', stormId: 'a' });
    expect(decideStorm([], [], thresholds)).toEqual({ kind: 'none' });
  });

  it('decides the same whatever the order of what it is told', () => {
    const anyShared = fc.record({
      cause: fc.constantFrom(...stormCauses),
      value: fc.constantFrom('x', 'y', 'z'),
      tickets: fc.nat(30),
    });
    const anyLive = fc.record({ id: fc.constantFrom('a', 'b', 'c'), cause: fc.constantFrom(...stormCauses) });
    fc.assert(
      fc.property(fc.array(anyShared), fc.array(anyLive), (causes, live) => {
        const decision = decideStorm(causes, live, thresholds);
        expect(decideStorm([...causes].reverse(), [...live].reverse(), thresholds)).toEqual(decision);
        if (decision.kind === 'begin') {
          const found = causes.filter(({ cause, value }) => cause === decision.cause && value === decision.value);
          expect(Math.max(...found.map(({ tickets }) => tickets))).toBeGreaterThanOrEqual(
            decision.cause === 'provider' ? 5 : 20,
          );
        }
      }),
    );
  });
});

describe('hasGrown', () => {
  it('is so when it has doubled', () => {
    expect(hasGrown(9, 5)).toBe(false);
    expect(hasGrown(10, 5)).toBe(true);
  });
});
