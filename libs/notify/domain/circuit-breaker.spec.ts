import fc from 'fast-check';
import { begun, closedBreaker, ended, failuresToOpen, isTrusted, trialOrder, type Breaker } from './circuit-breaker.js';

const start = new Date('2026-02-11T02:00:00Z');
const after = (ms: number) => new Date(start.getTime() + ms);
const failing = (times: number, breaker: Breaker = closedBreaker): Breaker =>
  times === 0 ? breaker : failing(times - 1, ended(breaker, false, start));

describe('a circuit breaker', () => {
  it('opens after three failures in a row, and not before', () => {
    expect(isTrusted(failing(2), start)).toBe(true);
    expect(isTrusted(failing(3), start)).toBe(false);
    expect(isTrusted(ended(ended(failing(2), true, start), false, start), start)).toBe(true);
  });

  it('lets one attempt through after its pause, and only one', () => {
    const open = failing(failuresToOpen);
    expect(isTrusted(open, after(14_999))).toBe(false);
    expect(isTrusted(open, after(15_000))).toBe(true);
    expect(isTrusted(begun(open, after(15_000)), after(15_000))).toBe(false);
  });

  it('closes when that attempt works, and pauses twice as long when it does not', () => {
    const probe = begun(failing(failuresToOpen), after(15_000));
    expect(ended(probe, true, after(15_000))).toEqual(closedBreaker);
    const again = ended(probe, false, after(15_000));
    expect(isTrusted(again, after(44_999))).toBe(false);
    expect(isTrusted(again, after(45_000))).toBe(true);
  });

  it('is not held open by an attempt that was under way when it opened', () => {
    const open = failing(failuresToOpen);
    expect(ended(open, false, after(10_000))).toEqual(open);
    expect(ended(open, true, after(10_000))).toEqual(closedBreaker);
  });

  const steps = fc.array(fc.record({ worked: fc.boolean(), pauseMs: fc.nat(600_000) }), { maxLength: 60 });

  it('always lets a provider back within five minutes of its last failure', () => {
    fc.assert(
      fc.property(steps, (list) => {
        let breaker: Breaker = closedBreaker;
        let now = start;
        for (const { worked, pauseMs } of list) {
          now = new Date(now.getTime() + pauseMs);
          breaker = ended(begun(breaker, now), worked, now);
        }
        expect(isTrusted(breaker, new Date(now.getTime() + 300_000))).toBe(true);
      }),
    );
  });

  it('changes the order of the providers and leaves none out', () => {
    const names = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'));
    fc.assert(
      fc.property(names, fc.func(fc.boolean()), (providers, isOpen) => {
        const order = trialOrder(providers, (name) => (isOpen(name) ? failing(3) : closedBreaker), start);
        expect([...order].sort()).toEqual([...providers].sort());
        const trusted = providers.filter((name) => !isOpen(name));
        expect(order.slice(0, trusted.length)).toEqual(trusted);
      }),
    );
  });
});
