import { nightOf } from './nights.js';
import { dayOf, parseWallTime } from './wall-clock.js';

const at = (wall: string) => parseWallTime(wall)!;
const dayBefore = (wall: string) => dayOf(at(wall)) - 1;

describe('nightOf', () => {
  const night = { from: '22:00', to: '06:00' };

  it('is one night before and after midnight', () => {
    expect(nightOf(night, at('2026-02-10T23:00'))).toBe(dayOf(at('2026-02-10T23:00')));
    expect(nightOf(night, at('2026-02-11T03:00'))).toBe(dayBefore('2026-02-11T03:00'));
    expect(nightOf(night, at('2026-02-11T03:00'))).toBe(nightOf(night, at('2026-02-10T22:00')));
  });

  it('is none by day', () => {
    expect(nightOf(night, at('2026-02-11T06:00'))).toBeNull();
    expect(nightOf(night, at('2026-02-11T21:59'))).toBeNull();
  });

  it('may begin after midnight', () => {
    const late = { from: '00:00', to: '05:00' };
    expect(nightOf(late, at('2026-02-11T00:00'))).toBe(dayOf(at('2026-02-11T00:00')));
    expect(nightOf(late, at('2026-02-11T05:00'))).toBeNull();
  });

  it('refuses hours that cannot be read', () => {
    expect(() => nightOf({ from: '22', to: '06:00' }, 0)).toThrow(RangeError);
  });
});
